import { createHash } from 'node:crypto';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import type { RetestResult } from '../../../shared/review.ts';
import type { Chosen } from '../../../shared/review-contract.ts';
import type { ExceptionFields, LeaverComparison } from '../../../shared/review-schema.ts';
import type { NewJournalLine } from '../archive/journal.ts';
import type { ArchiveWriter } from '../archive/writer.ts';
import { type Acting, actorOf, openReview } from './acting.ts';
import { abandonLine, decisionLine, gapsLine, reasonLine, type Saying, undoLine } from './decide.ts';
import { closeLine, raiseLine, reopenLine, retestLine, updateLine } from './exception-acts.ts';
import type { KeyLine } from './identity-acts.ts';
import { planLine } from './plan-acts.ts';
import type { ReviewBook } from './review-book.ts';
import { REVIEW_LINES, type ReviewBody, reviewLine } from './review-lines.ts';
import { giveBackLine } from './sign.ts';

type Reasoned = { readonly id: string; readonly by: string; readonly reason: string };
type Some = ReviewBody<typeof REVIEW_LINES.updated>['fields'];

/** What somebody does in a moment: everything but freezing, drawing, signing and what takes a PIN. */
export type ReviewAct =
  | ({ readonly kind: 'decide'; readonly chosen: Chosen } & Saying)
  | { readonly kind: 'undo'; readonly id: string; readonly by: string; readonly line: number }
  | ({ readonly kind: 'gaps' | 'giveBack' | 'abandon' | 'close' | 'reopen' | 'retire' } & Reasoned)
  | {
      readonly kind: 'raise';
      readonly id: string;
      readonly by: string;
      readonly items: readonly number[];
      readonly fields: ExceptionFields;
    }
  | { readonly kind: 'update'; readonly id: string; readonly by: string; readonly fields: Some }
  | {
      readonly kind: 'retest';
      readonly id: string;
      readonly by: string;
      readonly result: RetestResult;
      readonly note: string;
    }
  | {
      readonly kind: 'plan';
      readonly id: string | null;
      readonly by: string;
      readonly plan: ReviewBody<typeof REVIEW_LINES.plan>;
    }
  | {
      readonly kind: 'leavers';
      readonly id: string;
      readonly by: string;
      readonly comparison: LeaverComparison;
    };

/** What an act did: the number of its line, how many items it changed, and the id of the plan it was about. */
export type Acted = { readonly line: number; readonly changed: number; readonly plan: string | null };

type Writing = Pick<ArchiveWriter, 'appendJournal' | 'freezePart' | 'journal' | 'frozenPart' | 'info'>;

/** A line that was made elsewhere, and the sealed key that is to be kept with it. */
export type Made = NewJournalLine | KeyLine;

/** Does it: one line of the journal. Fails as the act does, with nothing written. */
export function act(writer: Writing, book: ReviewBook, what: ReviewAct, now: number): Result<Acted> {
  const acting = { reader: writer, book: book.refresh(writer), now };
  const made = lineOf(acting, what);
  if (!made.ok) return made;
  // Taking a decision back changes as many items as it still stood for.
  const before = what.kind === 'undo' ? (book.reviews.get(what.id)?.decisions.standingFor(what.line).length ?? 0) : 0;
  const written = writer.appendJournal([made.value.line]);
  if (!written.ok) return written;
  book.refresh(writer);
  const line = written.value[0] ?? 0;
  return ok({ line, changed: made.value.changed ?? before, plan: made.value.plan ?? null });
}

/**
 * Writes a line that was made elsewhere (a frozen population, a sample, a signature, a key): `in_use` where what it was made
 * from has changed since, that is where `seq` is not the last line about `subject` any more.
 */
export function appendMade(
  writer: Writing,
  book: ReviewBook,
  made: Made,
  after: { readonly review: string; readonly seq: number } | null,
): Result<number> {
  book.refresh(writer);
  const line = 'line' in made ? made.line : made;
  const isTaken = line.kind === REVIEW_LINES.identity && book.identities.has(line.subject);
  if (isTaken || (after !== null && book.reviews.get(after.review)?.seq !== after.seq))
    return fail('in_use', 'Something was written meanwhile.', 'Look at it again, and do it once more.');
  if ('sealed' in made) {
    const kept = writer.freezePart(createHash('sha256').update(made.sealed).digest('hex'), 0, made.sealed);
    if (!kept.ok) return kept;
  }
  const written = writer.appendJournal([line]);
  if (!written.ok) return written;
  book.refresh(writer);
  return ok(written.value[0] ?? 0);
}

function lineOf(
  acting: Acting,
  what: ReviewAct,
): Result<{ readonly line: NewJournalLine; readonly changed?: number; readonly plan?: string }> {
  switch (what.kind) {
    case 'decide':
      return decisionLine(acting, what.chosen, what);
    case 'undo':
      return alone(undoLine(acting, what.id, what.by, what.line));
    case 'gaps':
      return alone(gapsLine(acting, what.id, what.by, what.reason));
    case 'giveBack':
      return alone(giveBackLine(acting, what.id, what.by, what.reason));
    case 'abandon':
      return alone(abandonLine(acting, what.id, what.by, what.reason));
    case 'raise':
      return alone(raiseLine(acting, what.id, what.by, what.items, what.fields));
    case 'update':
      return alone(updateLine(acting, what.id, what.by, what.fields));
    case 'retest':
      return alone(retestLine(acting, what.id, what.by, what.result, what.note));
    case 'close':
      return alone(closeLine(acting, what.id, what.by, what.reason));
    case 'reopen':
      return alone(reopenLine(acting, what.id, what.by, what.reason));
    case 'retire': {
      const there = actorOf(acting, what.id);
      return there.ok ? alone(reasonLine(acting, REVIEW_LINES.retired, what.id, what.by, what.reason)) : there;
    }
    case 'plan': {
      const made = planLine(acting, what.id, what.plan, what.by);
      return made.ok ? ok({ line: made.value.line, plan: made.value.id }) : made;
    }
    case 'leavers':
      return alone(leaversLine(acting, what));
  }
}

function leaversLine(
  acting: Acting,
  { id, by, comparison }: Extract<ReviewAct, { kind: 'leavers' }>,
): Result<NewJournalLine> {
  const review = openReview(acting.book, id);
  if (!review.ok) return review;
  const actor = actorOf(acting, by);
  return actor.ok ? ok(reviewLine(REVIEW_LINES.leavers, id, actor.value, { identity: by, comparison })) : actor;
}

function alone(line: Result<NewJournalLine>): Result<{ readonly line: NewJournalLine }> {
  return line.ok ? ok({ line: line.value }) : line;
}
