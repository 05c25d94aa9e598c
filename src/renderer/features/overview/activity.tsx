import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { Bar, CartesianGrid, ComposedChart, Line, XAxis, YAxis } from 'recharts';
import { addDays, dayOf, daysFromTo } from '../../../shared/instant.ts';
import { useArchive, useZone } from '../../lib/app-state.ts';
import { grouped } from '../../lib/number.ts';
import { histogramOptions } from '../../lib/queries.ts';
import { date, shortDate, zoneName } from '../../lib/time.ts';
import { useSize } from '../../lib/use-size.ts';
import { COUNT_AXIS, GRID, TIME_AXIS } from '../../ui/chart-axes.ts';
import { FailureNote, Panel } from '../../ui/notes.tsx';
import s from './overview.module.css';

const DAYS = 30;
const HEIGHT = 190;
// Room for half of the last day's name.
const MARGIN = { top: 8, right: 16, bottom: 0, left: 0 };

type Day = { readonly day: string; readonly count: number; readonly before: number };

/** Entries a day of the last thirty days, over those of the thirty before them. */
export function Activity({ now }: { now: number }) {
  const archive = useArchive();
  const zone = useZone();
  const today = dayOf(now, zone);
  const from = addDays(today, 1 - DAYS);
  const before = addDays(from, -DAYS);
  const question = useMemo(() => ({ filter: { terms: [], from: before, to: today }, zone }), [before, today, zone]);
  const { data, error } = useQuery(histogramOptions(archive, question, 'day'));
  const days = useMemo((): readonly Day[] => {
    const counts = new Map(data?.map((one) => [dayOf(one.start, zone), one.count]));
    return daysFromTo(from, today).map((day) => ({
      day,
      count: counts.get(day) ?? 0,
      before: counts.get(addDays(day, -DAYS)) ?? 0,
    }));
  }, [data, from, today, zone]);
  const total = days.reduce((sum, one) => sum + one.count, 0);
  const totalBefore = days.reduce((sum, one) => sum + one.before, 0);
  const change = totalBefore === 0 ? null : Math.round((100 * (total - totalBefore)) / totalBefore);
  return (
    <Panel
      title={`Activity, last ${DAYS} days`}
      note={`entries a day, ${zoneName(now, zone)}`}
      action={data && change !== null && <b>{change > 0 ? `+${change}` : change < 0 ? `\u2212${-change}` : '0'} %</b>}
    >
      {error && <FailureNote error={error} />}
      <Chart days={data ? days : []} zone={zone} />
      {data && (
        <p className={s.legend}>
          <i className={s.barKey} aria-hidden />
          <Link to="/" search={{ q: `from:${from} to:${today}` }}>
            {grouped(total)} entries
          </Link>
          <i className={s.lineKey} aria-hidden />
          <Link to="/" search={{ q: `from:${before} to:${addDays(from, -1)}` }}>
            {grouped(totalBefore)} the {DAYS} days before
          </Link>
        </p>
      )}
    </Panel>
  );
}

function Chart({ days, zone }: { days: readonly Day[]; zone: string }) {
  const { ref, width } = useSize<HTMLDivElement>();
  const ticks = days.filter((_one, i) => i % 7 === (days.length - 1) % 7).map((one) => one.day);
  const name = (day: string): string => shortDate(Date.parse(`${day}T12:00:00Z`), 'UTC');
  return (
    <div ref={ref} className={s.chart} style={{ height: HEIGHT }}>
      {width > 0 && days.length > 0 && (
        <div aria-hidden>
          <ComposedChart
            width={width}
            height={HEIGHT}
            data={[...days]}
            margin={MARGIN}
            barCategoryGap={2}
            accessibilityLayer={false}
          >
            <CartesianGrid {...GRID} />
            <XAxis dataKey="day" ticks={ticks} tickFormatter={name} {...TIME_AXIS} height={18} />
            <YAxis width={38} {...COUNT_AXIS} tickFormatter={grouped} />
            <Bar dataKey="count" fill="var(--cov-complete)" isAnimationActive={false} radius={[1.5, 1.5, 0, 0]} />
            <Line
              type="step"
              dataKey="before"
              stroke="var(--text-2)"
              strokeDasharray="3 2"
              strokeWidth={1.2}
              dot={false}
              activeDot={false}
              isAnimationActive={false}
            />
          </ComposedChart>
        </div>
      )}
      <table className={s.unseen}>
        <caption>Entries a day in {zone}, and as many days before</caption>
        <thead>
          <tr>
            <th scope="col">Day</th>
            <th scope="col">Entries</th>
            <th scope="col">{DAYS} days before</th>
          </tr>
        </thead>
        <tbody>
          {days.map((one) => (
            <tr key={one.day}>
              <th scope="row">{date(Date.parse(one.day), 'UTC')}</th>
              <td>{one.count}</td>
              <td>{one.before}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
