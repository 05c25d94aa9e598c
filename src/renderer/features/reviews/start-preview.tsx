import type { Output } from '../../../shared/contract.ts';
import type { ReviewKind } from '../../../shared/review.ts';
import { counted } from '../../lib/number.ts';
import { Banner } from '../../ui/notes.tsx';
import { SafeText } from '../../ui/safe-text.tsx';
import s from './reviews.module.css';

/** What would be frozen, how whole its days are, and what comes with it. */
export function StartPreview({ preview, kind }: { preview: Output<'reviews.preview'>; kind: ReviewKind }) {
  const { count, coverage, findings, carried, words } = preview;
  const days = coverage.days.length;
  return (
    <div className={s.preview} role="status">
      <p className={s.basis}>
        <b data-testid="preview-count" data-count={count}>
          {kind === 'events'
            ? counted(count, 'entry', 'entries')
            : counted(count, 'place in a team', 'places in teams')}
        </b>
        {coverage.gaps === 0 && `, ${days === 1 ? 'its day' : `all ${days} days`} complete`}
        {findings.length > 0 && `, ${counted(findings.length, 'finding', 'findings')}`}
        {carried.length > 0 && `, ${counted(carried.length, 'open exception', 'open exceptions')} of earlier reviews`}
      </p>
      <p className={s.note}>
        <SafeText text={words} max={300} sentence />
      </p>
      {coverage.gaps > 0 && (
        <Banner severity="medium">
          <b>{counted(coverage.gaps, 'day is', 'days are')} not provably whole.</b> The preparer will have to
          acknowledge that before signing.
        </Banner>
      )}
    </div>
  );
}
