import { REVIEW_VERDICTS } from '../../../shared/review.ts';
import type { ReviewSummary } from '../../../shared/review-schema.ts';
import s from './reviews.module.css';
import { TONES } from './verdicts.tsx';

/** Decided items by what was decided, as parts of all that is to decide. Its numbers stand beside it. */
export function ProgressBar({ review }: { review: Pick<ReviewSummary, 'scope' | 'tally'> }) {
  return (
    <span className={s.bar} aria-hidden data-colours>
      {REVIEW_VERDICTS.map((verdict) => {
        const share = review.scope === 0 ? 0 : ((review.tally[verdict] ?? 0) / review.scope) * 100;
        return share === 0 ? null : (
          <span key={verdict} className={s.part} data-tone={TONES[verdict]} style={{ width: `${share}%` }} />
        );
      })}
    </span>
  );
}
