import { fail, ok, type Result } from '../../shared/errors.ts';
import { fold } from '../../shared/text.ts';
import { reviewOf } from '../core/review/acting.ts';
import { type Acted, act, appendMade, type Made, type ReviewAct } from '../core/review/acts.ts';
import { type Reviews, readReviews } from '../core/review/read-reviews.ts';
import { ReviewBook } from '../core/review/review-book.ts';
import { type CommonOptions, clockOf, zoneOf } from './common-options.ts';
import { openForReading } from './open-archive.ts';
import type { Terminal } from './terminal.ts';
import { type WritingSession, withWriter } from './writing-session.ts';

/** An archive open for a command about reviews that only reads. `now` is milliseconds UTC. */
export type ReviewReading = { readonly reviews: Reviews; readonly now: number; readonly zone: string };

/** One open for a command that writes. */
export type ReviewWriting = ReviewReading &
  WritingSession & {
    readonly book: ReviewBook;
    act(what: ReviewAct): Result<Acted>;
    /** Writes a line that was made from what is known now. */
    append(line: Result<Made>, review: string | null): Result<number>;
    /** The id of an identity that is given by its id or its e-mail address. */
    identity(given: string): Result<string>;
  };

/** Reads an archive for the length of a command. */
export async function readingReviews<T>(
  options: CommonOptions,
  terminal: Terminal,
  work: (
    reading: ReviewReading & { readonly reader: Parameters<typeof readReviews>[0] },
  ) => Result<T> | Promise<Result<T>>,
): Promise<Result<T>> {
  const clock = clockOf(options);
  if (!clock.ok) return clock;
  const opened = await openForReading(options, terminal);
  if (!opened.ok) return opened;
  const { reader, release } = opened.value;
  try {
    const zone = zoneOf(options, reader.info().zone);
    if (!zone.ok) return zone;
    return await work({ reader, reviews: readReviews(reader), now: clock.value.now(), zone: zone.value });
  } finally {
    release();
  }
}

/** Writes to an archive for the length of a command. */
export function writingReviews<T>(
  options: CommonOptions,
  terminal: Terminal,
  work: (writing: ReviewWriting) => Result<T> | Promise<Result<T>>,
): Promise<Result<T>> {
  return withWriter(options, terminal, (session) => {
    const { writer, now } = session;
    const book = new ReviewBook().refresh(writer);
    return work({
      ...{ ...session, book, reviews: readReviews(writer) },
      act: (what) => act(writer, book, what, now),
      append(line, id) {
        if (!line.ok) return line;
        const review = id === null ? null : reviewOf(book, id);
        if (review !== null && !review.ok) return review;
        const after = review === null ? null : { review: review.value.id, seq: review.value.seq };
        return appendMade(writer, book, line.value, after);
      },
      identity: (given) => identityOf(book, given),
    });
  });
}

function identityOf(book: ReviewBook, given: string): Result<string> {
  if (book.identities.has(given)) return ok(given);
  const found = [...book.identities.values()].find(
    (one) => one.retiredAt === null && fold(one.email) === fold(given.trim()),
  );
  return found
    ? ok(found.id)
    : fail(
        'not_found',
        `“${given}” is no identity of this archive.`,
        'logbook review identity lists and creates them.',
      );
}
