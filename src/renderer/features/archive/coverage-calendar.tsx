import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { DAY_STATES, type DayCoverage, type DayState } from '../../../shared/coverage.ts';
import { addDays, dayOf } from '../../../shared/instant.ts';
import { useArchive } from '../../lib/app-state.ts';
import { counted, grouped } from '../../lib/number.ts';
import { coverageOptions } from '../../lib/queries.ts';
import { date, longDate, shortDate } from '../../lib/time.ts';
import { FailureNote, Panel } from '../../ui/notes.tsx';
import s from './archive.module.css';

const WORDS: Readonly<Record<DayState, string>> = {
  complete: 'complete',
  imported: 'imported from a file',
  partial: 'partial, with today',
  pending: 'not fetched yet',
  lost: 'lost',
};
/** Weeks shown; more is history that an export of the coverage will hold. */
const MOST_DAYS = 53 * 7;

/** Every day since the archive began (at most a year of them) by how whole it is. Days are UTC days. */
export function CoverageCalendar() {
  const archive = useArchive();
  const to = dayOf(Math.max(Date.now(), archive.newest ?? 0), 'UTC');
  const oldest = dayOf(archive.oldest ?? Date.now(), 'UTC');
  const yearAgo = addDays(to, 1 - MOST_DAYS);
  const from = [oldest, yearAgo].sort().at(-1) ?? yearAgo;
  const { data: days, error } = useQuery(coverageOptions(archive, from, to));
  return (
    <Panel
      title="Coverage"
      note={`${date(Date.parse(from), 'UTC')} – ${date(Date.parse(to), 'UTC')}, days in UTC`}
      className={s.coverage}
    >
      {error && <FailureNote error={error} />}
      {days && (
        <>
          <Calendar days={days} />
          <ul className={s.key}>
            {DAY_STATES.map((state) => {
              const n = days.filter((one) => one.state === state).length;
              return n === 0 ? null : (
                <li key={state}>
                  <i className={s.day} data-state={state} />
                  <b>{grouped(n)}</b> {WORDS[state]}
                </li>
              );
            })}
          </ul>
        </>
      )}
    </Panel>
  );
}

const NAMES = ['Mon', '', 'Wed', '', 'Fri', '', ''] as const;

function weekdayOf(day: string): number {
  return (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
}

function Calendar({ days }: { days: readonly DayCoverage[] }) {
  const first = days[0];
  const today = dayOf(Date.now(), 'UTC');
  if (!first) return null;
  const offset = weekdayOf(first.day);
  return (
    <div className={s.calendar}>
      <div className={s.weekdays} aria-hidden>
        {NAMES.map((name, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: seven fixed places
          <span key={i}>{name}</span>
        ))}
      </div>
      <div className={s.months} aria-hidden>
        {days.map(
          (one, i) =>
            one.day.endsWith('-01') && (
              <span key={one.day} style={{ gridColumn: Math.floor((i + offset) / 7) + 1 }}>
                {shortDate(Date.parse(one.day), 'UTC').split(' ')[1]}
              </span>
            ),
        )}
      </div>
      <ol className={s.days} aria-label="Days">
        {days.map((one, i) => (
          <li key={one.day} style={{ gridRow: weekdayOf(one.day) + 1, gridColumn: Math.floor((i + offset) / 7) + 1 }}>
            <Link
              to="/"
              search={(before) => ({ ...before, q: `from:${one.day} to:${one.day}`, tz: 'UTC' })}
              className={s.day ?? ''}
              data-state={one.state}
              data-today={one.day === today || undefined}
              tabIndex={i === days.length - 1 ? 0 : -1}
              title={`${longDate(Date.parse(one.day), 'UTC')}: ${WORDS[one.state].replace(', with today', '')}, ${counted(one.stored, 'entry', 'entries')}${one.note ? `. ${one.note}` : ''}`}
              aria-label={`${longDate(Date.parse(one.day), 'UTC')}, ${WORDS[one.state].replace(', with today', '')}, ${counted(one.stored, 'entry', 'entries')}`}
            />
          </li>
        ))}
      </ol>
    </div>
  );
}
