import type { ExceptionStatus } from '../../../shared/review.ts';
import type { KeptException, ReviewBook } from './review-book.ts';
import type { Runs } from './review-lines.ts';
import { runsOf } from './runs.ts';

/**
 * Where an exception stands, and the items it is about: one that came from a decision is about those for which the decision
 * still stands, and withdrawn where there are none.
 */
export function exceptionState(
  book: ReviewBook,
  { review, decision, items, closed }: KeptException,
): { readonly status: ExceptionStatus; readonly items: Runs } {
  const decisions = book.reviews.get(review)?.decisions;
  const left = decision === null || decisions === undefined ? items : runsOf(decisions.standingFor(decision));
  if (decision !== null && left.length === 0) return { status: 'withdrawn', items: left };
  return { status: closed === null ? 'open' : 'closed', items: left };
}
