import { ok, type Result } from '../../../shared/errors.ts';
import type { ArchiveWriter } from '../archive/writer.ts';
import { actorOf } from './acting.ts';
import type { FrozenCampaign } from './freeze.ts';
import type { ReviewBook } from './review-book.ts';
import { REVIEW_LINES, reviewLine } from './review-lines.ts';

/**
 * Begins a review: keeps the parts of its population, each in a transaction of its own so that nobody waits long, then the
 * line that names them. Cut off before that line, nothing has begun. Its id.
 */
export function beginReview(
  writer: Pick<ArchiveWriter, 'appendJournal' | 'freezePart' | 'journal'>,
  book: ReviewBook,
  { body, packed }: FrozenCampaign,
  by: string,
  now: number,
): Result<string> {
  const actor = actorOf({ book: book.refresh(writer), now }, by);
  if (!actor.ok) return actor;
  for (const [part, content] of packed.parts.entries()) {
    const kept = writer.freezePart(packed.list, part, content);
    if (!kept.ok) return kept;
  }
  const line = reviewLine(REVIEW_LINES.started, '', actor.value, { identity: by, ...body });
  const written = writer.appendJournal([line]);
  if (!written.ok) return written;
  book.refresh(writer);
  return ok(`R-${written.value[0]}`);
}
