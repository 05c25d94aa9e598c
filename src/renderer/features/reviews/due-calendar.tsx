import { Link } from '@tanstack/react-router';
import { addDays, dayOf } from '../../../shared/instant.ts';
import type { DueReview, ReviewSummary } from '../../../shared/review-schema.ts';
import { useZone } from '../../lib/app-state.ts';
import { Panel } from '../../ui/notes.tsx';
import { SafeText } from '../../ui/safe-text.tsx';
import { dayText } from './periods.ts';
import s from './reviews.module.css';

const WEEKS = 5;
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

type Mark = { readonly key: string; readonly name: string; readonly review: string | null; readonly late: boolean };

/** What falls due on which day of this week and the next four, in the zone that is shown. */
export function DueCalendar(props: { now: number; due: readonly DueReview[]; reviews: readonly ReviewSummary[] }) {
  const zone = useZone();
  const today = dayOf(props.now, zone);
  const monday = addDays(today, -((new Date(`${today}T12:00:00Z`).getUTCDay() + 6) % 7));
  const marks = new Map<string, Mark[]>();
  const put = (at: number | null, mark: Mark): void => {
    if (at === null) return;
    const day = dayOf(at, zone);
    marks.set(day, [...(marks.get(day) ?? []), mark]);
  };
  for (const one of props.reviews) put(one.dueAt, { key: one.id, name: one.title, review: one.id, late: one.overdue });
  for (const one of props.due)
    put(one.dueAt, { key: one.plan.id, name: one.plan.name, review: null, late: one.state === 'overdue' });
  return (
    <Panel title="Coming weeks" note="by due date" className={s.calendarPanel}>
      <table className={s.calendar}>
        <thead>
          <tr>
            {WEEKDAYS.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: WEEKS }, (_, week) => (
            <tr key={addDays(monday, week * 7)}>
              {WEEKDAYS.map((name, i) => {
                const day = addDays(monday, week * 7 + i);
                return (
                  <td key={name} data-today={day === today || undefined} data-past={day < today || undefined}>
                    <span className={s.dayNumber} title={dayText(day)}>
                      {Number(day.slice(8))}
                    </span>
                    {(marks.get(day) ?? []).map((mark) =>
                      mark.review === null ? (
                        <span key={mark.key} className={s.mark} data-late={mark.late || undefined}>
                          <SafeText text={mark.name} max={60} />
                        </span>
                      ) : (
                        <Link
                          key={mark.key}
                          to="/reviews"
                          search={{ r: mark.review }}
                          className={s.mark ?? ''}
                          data-going
                          data-late={mark.late || undefined}
                        >
                          <SafeText text={mark.name} max={60} />
                        </Link>
                      ),
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}
