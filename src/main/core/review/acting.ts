import { fail, ok, type Result } from '../../../shared/errors.ts';
import type { ArchiveReader } from '../archive/reader.ts';
import { statusOf } from './progress.ts';
import type { KeptException, KeptIdentity, KeptReview, ReviewBook } from './review-book.ts';
import type { Said } from './review-lines.ts';

/** What somebody acts upon: the archive, what was said of reviews so far, and the instant (milliseconds UTC). */
export type Acting = {
  readonly reader: Pick<ArchiveReader, 'frozenPart' | 'info'>;
  readonly book: ReviewBook;
  readonly now: number;
};

/** Who acts: their identity, and how the journal names them. */
export type Actor = Said & { readonly identity: KeptIdentity };

/** The identity that acts. `not_found` where there is none, `forbidden` where it was retired. */
export function actorOf({ book, now }: Pick<Acting, 'book' | 'now'>, id: string): Result<Actor> {
  const identity = book.identities.get(id);
  if (identity === undefined)
    return fail('not_found', `There is no identity ${id}.`, 'Create one, or choose one of the list.');
  if (identity.retiredAt !== null)
    return fail('forbidden', `${identity.name} (${id}) was retired.`, 'Let another identity do it.');
  return ok({ identity, by: identity.name, at: now });
}

export function reviewOf(book: ReviewBook, id: string): Result<KeptReview> {
  const review = book.reviews.get(id);
  return review === undefined ? fail('not_found', `There is no review ${id}.`, 'Look at the list again.') : ok(review);
}

/** A review that can still be worked on; otherwise `forbidden`, with what to do instead. */
export function openReview(book: ReviewBook, id: string): Result<KeptReview> {
  const review = reviewOf(book, id);
  if (!review.ok) return review;
  switch (statusOf(review.value)) {
    case 'open':
      return review;
    case 'prepared':
      return fail(
        'forbidden',
        `${id} was signed by its preparer: nothing in it changes any more.`,
        'The reviewer signs it, or gives it back.',
      );
    case 'signed':
      return fail('forbidden', `${id} is signed and frozen.`, 'Entries that came late are taken in by an addendum.');
    case 'abandoned':
      return fail('forbidden', `${id} was abandoned.`, 'Start another review.');
  }
}

/** An exception, with its review. One of a prepared review waits until that is signed or given back. */
export function exceptionToChange(
  book: ReviewBook,
  id: string,
): Result<{ readonly exception: KeptException; readonly review: KeptReview }> {
  const exception = book.exceptions.get(id);
  const review = exception && book.reviews.get(exception.review);
  if (exception === undefined || review === undefined)
    return fail('not_found', `There is no exception ${id}.`, 'Look at the list again.');
  if (statusOf(review) === 'prepared') {
    const open = openReview(book, review.id);
    if (!open.ok) return open;
  }
  return ok({ exception, review });
}
