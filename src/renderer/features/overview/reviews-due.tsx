import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { DueReview, ReviewSummary } from '../../../shared/review-schema.ts';
import { useArchive, useZone } from '../../lib/app-state.ts';
import { grouped } from '../../lib/number.ts';
import { reviewsOptions } from '../../lib/reviews.ts';
import { dateTime } from '../../lib/time.ts';
import { FailureNote, Panel } from '../../ui/notes.tsx';
import { SafeText } from '../../ui/safe-text.tsx';
import tag from '../../ui/state-tag.module.css';
import s from './overview.module.css';

const MOST = 5;
const DAY = 86_400_000;

type Line = { readonly at: number; readonly review: ReviewSummary } | { readonly at: number; readonly due: DueReview };

/** Reviews that are under way or asked for by a plan, the most urgent first. */
export function ReviewsDue() {
  const archive = useArchive();
  const zone = useZone();
  const { data, error } = useQuery(reviewsOptions(archive, zone));
  const now = data?.now ?? 0;
  const going = data?.reviews.filter(({ status }) => status === 'open' || status === 'prepared') ?? [];
  const lines: Line[] = [
    ...going.map((review) => ({ at: review.dueAt ?? Number.POSITIVE_INFINITY, review })),
    ...(data?.due ?? []).filter(({ state }) => state !== 'upcoming').map((due) => ({ at: due.dueAt, due })),
  ].sort((a, b) => a.at - b.at);
  return (
    <Panel
      title="Reviews due"
      action={
        data && (
          <Link to="/reviews" search={{}}>
            {grouped(lines.length)} to do
          </Link>
        )
      }
    >
      {error && <FailureNote error={error} />}
      <ul className={s.lines}>
        {lines.slice(0, MOST).map((line) =>
          'review' in line ? (
            <li key={line.review.id} className={s.review}>
              <Link to="/reviews" search={{ r: line.review.id }} className={s.reviewName ?? ''}>
                <SafeText text={line.review.title} max={100} />
              </Link>
              <span className={s.track} aria-hidden data-colours>
                <span style={{ width: `${share(line.review)}%` }} />
              </span>
              <span className={s.reviewCount}>
                {grouped(line.review.decided)} of {grouped(line.review.scope)} decided
              </span>
              <When at={line.at} now={now} zone={zone} word={line.review.status === 'prepared' ? 'sign-off' : null} />
            </li>
          ) : (
            <li key={line.due.plan.id} className={s.review}>
              <Link to="/reviews" search={{ start: line.due.plan.id }} className={s.reviewName ?? ''}>
                <SafeText text={line.due.plan.name} max={100} />
              </Link>
              <span className={s.reviewCount}>not begun</span>
              <When at={line.at} now={now} zone={zone} word={null} />
            </li>
          ),
        )}
        {data && lines.length === 0 && <li className={s.none}>Nothing is due.</li>}
      </ul>
    </Panel>
  );
}

function share({ decided, scope }: ReviewSummary): number {
  return scope === 0 ? 0 : (decided / scope) * 100;
}

function When({ at, now, zone, word }: { at: number; now: number; zone: string; word: string | null }) {
  const known = Number.isFinite(at);
  const away = Math.abs(at - now);
  const long = away >= DAY ? `${Math.round(away / DAY)} d` : `${Math.max(1, Math.round(away / 3_600_000))} h`;
  const late = known && at < now;
  return (
    <span
      className={tag.tag}
      data-tone={late ? 'critical' : word !== null ? 'accent' : known && at - now < 7 * DAY ? 'medium' : undefined}
      title={known ? `due ${dateTime(at, zone)}` : undefined}
    >
      {late ? `overdue ${long}` : (word ?? (known ? `in ${long}` : 'no date'))}
    </span>
  );
}
