import type { ReviewStatus } from '../../../shared/review.ts';
import type { ReviewSummary } from '../../../shared/review-schema.ts';
import type { KeptReview } from './review-book.ts';
import type { Runs } from './review-lines.ts';
import { countIn, itemsIn } from './runs.ts';

/** Where a review stands. */
export function statusOf({ abandoned, signatures }: KeptReview): ReviewStatus {
  if (abandoned !== null) return 'abandoned';
  if (signatures.some(({ role }) => role === 'reviewer')) return 'signed';
  return signatures.length > 0 ? 'prepared' : 'open';
}

type Progress = Pick<ReviewSummary, 'scope' | 'decided' | 'tally'>;
const progressKept = new WeakMap<KeptReview, { readonly seq: number; readonly progress: Progress }>();

/** How far a review is: items in scope, decided, and by decision. */
export function progressOf(review: KeptReview): Progress {
  const kept = progressKept.get(review);
  if (kept?.seq === review.seq) return kept.progress;
  const { started, decisions, chosen } = review;
  const scope = chosen ?? wholeOf(started.population.count);
  const tally: { -readonly [K in keyof ReviewSummary['tally']]: ReviewSummary['tally'][K] } = {};
  let decided = 0;
  for (const n of itemsIn(scope)) {
    const verdict = decisions.of(n)?.verdict;
    if (verdict === undefined) continue;
    decided++;
    tally[verdict] = (tally[verdict] ?? 0) + 1;
  }
  const progress = { scope: countIn(scope), decided, tally };
  progressKept.set(review, { seq: review.seq, progress });
  return progress;
}

/** All items of a population. */
export function wholeOf(count: number): Runs {
  return count === 0 ? [] : [[0, count - 1]];
}
