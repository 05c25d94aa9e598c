import { Button, SegmentedControl } from '@mantine/core';
import { IconCalendar, IconTable } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useMemo, useState } from 'react';
import type { Output } from '../../../shared/contract.ts';
import type { DayCoverage, DayState } from '../../../shared/coverage.ts';
import { dayOf } from '../../../shared/instant.ts';
import { useArchive } from '../../lib/app-state.ts';
import { grouped } from '../../lib/number.ts';
import { ledgerOptions } from '../../lib/queries.ts';
import { FailureNote, Panel } from '../../ui/notes.tsx';
import { Calendar } from './calendar.tsx';
import { edgePath, fitsRecent, spansOf, stripOf, type View, yearsOf } from './calendar-layout.ts';
import s from './coverage.module.css';
import { DayDetail } from './day-detail.tsx';
import { DayTable } from './day-table.tsx';
import { isStillThere, runsOfDays, STATE_WORDS, spanWords } from './day-words.ts';
import { StateMark } from './state-mark.tsx';

type Retention = Output<'coverage.retention'>;

/** Every day the archive knows of by how whole it is, and what a day's state means. Days are UTC days. */
export function CoveragePanel({ retention }: { retention: Retention }) {
  const archive = useArchive();
  const { data: days, error } = useQuery(ledgerOptions(archive));
  const [view, setView] = useState<View>('recent');
  const [asTable, setAsTable] = useState(false);
  const [chosen, setChosen] = useState<string | null>(null);
  const today = dayOf(retention.now, 'UTC');
  const whole = useMemo(() => {
    const first = days?.[0]?.day ?? today;
    return { first: first < today ? first : today, last: today };
  }, [days, today]);
  const years = useMemo(() => yearsOf(days ?? [], today), [days, today]);
  const choice = fitsRecent(whole) && years.every((year) => year <= today.slice(0, 4)) ? 'recent' : view;
  const spans = useMemo(() => spansOf(choice, whole, years), [choice, whole, years]);
  const strips = useMemo(() => spans.map((span) => stripOf(span.first, span.last, days ?? [])), [spans, days]);
  const shown = useMemo(
    () => (days ?? []).filter((one) => spans.some((span) => span.first <= one.day && one.day <= span.last)),
    [days, spans],
  );
  const explained = chosen ?? today;
  return (
    <Panel
      title="Coverage"
      note={`${spanWords(spans.at(-1)?.first ?? today, spans[0]?.last ?? today)}, days in UTC`}
      action={
        <>
          {!(fitsRecent(whole) && choice === 'recent') && (
            <SegmentedControl
              size="xs"
              aria-label="Years"
              value={choice}
              onChange={(next) => setView(next as View)}
              data={[
                ...(years.length > 1 ? [{ value: 'all', label: 'All years' }] : []),
                ...years
                  .slice(0, 6)
                  .reverse()
                  .map((year) => ({ value: year, label: year })),
                { value: 'recent', label: '14 months' },
              ]}
            />
          )}
          <Button
            size="xs"
            variant="default"
            aria-pressed={asTable}
            onClick={() => setAsTable(!asTable)}
            leftSection={
              asTable ? (
                <IconCalendar size={13} stroke={1.6} aria-hidden />
              ) : (
                <IconTable size={13} stroke={1.6} aria-hidden />
              )
            }
          >
            {asTable ? 'As a calendar' : 'As a table'}
          </Button>
        </>
      }
    >
      {error && <FailureNote error={error} />}
      {days && (
        <div className={s.coverage}>
          <div className={s.overview}>
            {!asTable && (
              <Calendar
                strips={strips}
                spans={spans}
                today={today}
                edge={retention.byPlan ? retention.edge : null}
                keeping={retention}
                chosen={explained}
                onChoose={setChosen}
              />
            )}
            <DayTable runs={runsOfDays(shown)} visible={asTable} />
            <Legend
              days={shown}
              retention={retention}
              today={today}
              hasEdge={!asTable && strips.some((strip) => edgePath(strip, retention.edge) !== null)}
            />
          </div>
          <DayDetail
            day={explained}
            known={days.find((one) => one.day === explained) ?? null}
            today={today}
            retention={retention}
          />
        </div>
      )}
    </Panel>
  );
}

const LISTED_RUNS = 2;
const ORDER: readonly DayState[] = ['complete', 'imported', 'partial', 'lost', 'pending'];

type LegendProps = {
  readonly days: readonly DayCoverage[];
  readonly retention: Retention;
  readonly today: string;
  /** Whether the line of the retention edge is to be seen. */
  readonly hasEdge: boolean;
};

/** How many days are in each state, with the mark each has in the calendar. */
export function Legend({ days, retention, today, hasEdge }: LegendProps) {
  const paler = retention.byPlan && days.some((one) => one.state === 'complete' && isStillThere(one.day, retention));
  return (
    <div className={s.legend}>
      <ul aria-label="Days by state">
        {ORDER.map((state) => {
          const those = days.filter((one) => one.state === state);
          return those.length === 0 ? null : (
            <li key={state}>
              <StateMark state={state} />
              <b>{grouped(those.length)}</b> {STATE_WORDS[state]}
              {extraOf(state, those, today)}
            </li>
          );
        })}
      </ul>
      {paler && (
        <span>
          {hasEdge ? (
            <>
              <i className={s.edgeMark} aria-hidden /> retention edge, paler days are still in Jetty
            </>
          ) : (
            <>
              <StateMark state="complete" paler /> paler days are still in Jetty
            </>
          )}
        </span>
      )}
    </div>
  );
}

function extraOf(state: DayState, days: readonly DayCoverage[], today: string): ReactNode {
  if (state === 'partial' && days.some((one) => one.day === today)) return ', with today';
  if (state !== 'lost') return null;
  const runs = runsOfDays(days.map((one) => ({ ...one, note: null })));
  return runs.length > LISTED_RUNS ? null : `, ${runs.map((run) => spanWords(run.first, run.last)).join(', ')}`;
}
