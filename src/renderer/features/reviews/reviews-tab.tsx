import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Output } from '../../../shared/contract.ts';
import { CADENCE_WORDS } from '../../../shared/review.ts';
import type { DueReview, ReviewSummary } from '../../../shared/review-schema.ts';
import { useArchive, useZone } from '../../lib/app-state.ts';
import { counted, grouped } from '../../lib/number.ts';
import { date, dateTime } from '../../lib/time.ts';
import { EmptyState, Panel } from '../../ui/notes.tsx';
import { SafeText } from '../../ui/safe-text.tsx';
import tag from '../../ui/state-tag.module.css';
import { DueCalendar } from './due-calendar.tsx';
import { DueTag } from './due-tag.tsx';
import { periodDays, periodName } from './periods.ts';
import { ProgressBar } from './progress-bar.tsx';
import s from './reviews.module.css';

type Props = Output<'reviews.list'> & { readonly writable: boolean; readonly onStart: (plan: string) => void };

export function ReviewsTab({ now, due, reviews, writable, onStart }: Props) {
  const archive = useArchive();
  const going = reviews.filter(({ status }) => status === 'open' || status === 'prepared');
  const done = reviews.filter(({ status }) => status === 'signed' || status === 'abandoned');
  const soonest = [...due].sort((a, b) => a.dueAt - b.dueAt);
  return (
    <div className={s.columns}>
      <div className={s.column}>
        <Panel title="In progress" note={going.length > 0 ? counted(going.length, 'review', 'reviews') : null}>
          {going.length === 0 ? (
            <p className={s.none}>No review is under way.</p>
          ) : (
            <ul className={s.rows}>
              {going.map((one) => (
                <Going key={one.id} review={one} now={now} />
              ))}
            </ul>
          )}
        </Panel>
        <Panel title="Due" note="what the plans ask for next">
          {soonest.length === 0 ? (
            <p className={s.none}>No plan is on.</p>
          ) : (
            <ul className={s.rows}>
              {soonest.map((one) => (
                <Due key={one.plan.id} due={one} now={now} onStart={writable ? onStart : null} />
              ))}
            </ul>
          )}
        </Panel>
        <Panel title="History" note={done.length > 0 ? counted(done.length, 'review', 'reviews') : null}>
          {done.length === 0 ? (
            archive.entries === 0 ? (
              <EmptyState title="The archive holds no entries yet">Fetch or import some, then review them.</EmptyState>
            ) : (
              <p className={s.none}>Nothing was signed yet.</p>
            )
          ) : (
            <ul className={s.rows}>
              {done.map((one) => (
                <Past key={one.id} review={one} />
              ))}
            </ul>
          )}
        </Panel>
      </div>
      <DueCalendar now={now} due={due} reviews={going} />
    </div>
  );
}

function Going({ review, now }: { review: ReviewSummary; now: number }) {
  return (
    <li className={s.row}>
      <Link to="/reviews" search={{ r: review.id }} className={s.name ?? ''} data-row>
        <SafeText text={review.title} max={120} />
      </Link>
      <span className={s.aside}>{periodDays(review.period)}</span>
      <ProgressBar review={review} />
      <span className={s.count}>
        {grouped(review.decided)} of {grouped(review.scope)} decided
      </span>
      {review.status === 'prepared' ? (
        <span className={tag.tag} data-tone="accent">
          sign-off
        </span>
      ) : (
        <DueTag at={review.dueAt} now={now} overdue={review.overdue} />
      )}
    </li>
  );
}

function Due({ due, now, onStart }: { due: DueReview; now: number; onStart: ((plan: string) => void) | null }) {
  const zone = useZone();
  const { plan, period, units, openExceptions } = due;
  return (
    <li className={s.row}>
      <span className={s.name}>
        <SafeText text={plan.name} max={120} />
      </span>
      <span className={s.aside}>
        {CADENCE_WORDS[plan.cadence]}, {periodDays(period)}
        {units > 1 && `, ${units} at once`}
        {openExceptions > 0 && `, ${counted(openExceptions, 'open exception', 'open exceptions')}`}
      </span>
      <span className={s.owner}>
        {plan.owner === null ? 'nobody owns it' : <SafeText text={plan.owner} max={60} />}
      </span>
      <span title={`due ${dateTime(due.dueAt, zone)}`}>
        <DueTag at={due.dueAt} now={now} overdue={due.state === 'overdue'} upcoming={due.state === 'upcoming'} />
      </span>
      {onStart && (
        <Button
          size="xs"
          variant="default"
          data-row
          disabled={due.state === 'upcoming'}
          aria-label={`Start: ${plan.name}`}
          onClick={() => onStart(plan.id)}
        >
          Start
        </Button>
      )}
    </li>
  );
}

function Past({ review }: { review: ReviewSummary }) {
  return (
    <li className={s.row}>
      <Link to="/reviews" search={{ r: review.id }} className={s.name ?? ''} data-row>
        <SafeText text={review.title} max={120} />
      </Link>
      <span className={s.aside}>
        {periodName(review.period)}, {counted(review.scope, 'item', 'items')}
        {review.exceptions.total > 0 && `, ${counted(review.exceptions.total, 'exception', 'exceptions')}`}
        {review.exceptions.open > 0 && ` (${grouped(review.exceptions.open)} open)`}
      </span>
      {review.manifest !== null && (
        <span className={s.hash} title={`Hash of the signed manifest: ${review.manifest}`}>
          {review.manifest.slice(0, 4)} {review.manifest.slice(4, 8)} … {review.manifest.slice(-4)}
        </span>
      )}
      <span className={tag.tag} data-tone={review.status === 'signed' ? 'ok' : 'info'}>
        {review.signedAt === null ? 'given up' : `signed ${date(review.signedAt, review.zone)}`}
      </span>
    </li>
  );
}
