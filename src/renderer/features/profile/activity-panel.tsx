import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { Bar, BarChart, CartesianGrid, XAxis, YAxis } from 'recharts';
import { CATEGORIES } from '../../../shared/action.ts';
import { printQuery } from '../../../shared/filter/print.ts';
import type { ProfileSide } from '../../../shared/profile-contract.ts';
import { useArchive, useZone } from '../../lib/app-state.ts';
import { grouped } from '../../lib/number.ts';
import { histogramOptions } from '../../lib/queries.ts';
import { boundText, zoneName } from '../../lib/time.ts';
import { useSize } from '../../lib/use-size.ts';
import { CATEGORY_COLOURS } from '../../ui/category-icon.tsx';
import { COUNT_AXIS, GRID, TIME_AXIS } from '../../ui/chart-axes.ts';
import { FailureNote, Panel } from '../../ui/notes.tsx';
import { type ActivityBar, barName, barsFrom, tickName, UNIT_NAMES, unitFor } from './activity-bars.ts';
import s from './profile.module.css';

const HEIGHT = 118;
const MARGIN = { top: 8, right: 14, bottom: 0, left: 0 };

/** Entries of a side over its time, by category; a bar leads to its entries. */
export function ActivityPanel({ side }: { side: ProfileSide }) {
  const archive = useArchive();
  const zone = useZone();
  const [first, last] = [side.first ?? 0, side.last ?? 0];
  const unit = unitFor(first, last);
  const question = useMemo(() => ({ filter: { terms: side.terms }, zone }), [side.terms, zone]);
  const { data, error } = useQuery(histogramOptions(archive, question, unit));
  const bars = useMemo(() => (data ? barsFrom(data, unit, zone) : []), [data, unit, zone]);
  const categories = side.slices.find((one) => one.by === 'category')?.items ?? [];
  return (
    <Panel title="Over time" note={`entries ${UNIT_NAMES[unit]}, ${zoneName(last, zone)}`}>
      {error && <FailureNote error={error} />}
      <Chart bars={bars} unit={unit} zone={zone} side={side} />
      <p className={s.legend}>
        {categories.map((one) => (
          <span key={one.value}>
            <i
              style={{ background: CATEGORY_COLOURS[(one.value ?? 'other') as keyof typeof CATEGORY_COLOURS] }}
              aria-hidden
            />
            <Link to="/" search={{ q: printQuery({ terms: [...side.terms, ...(one.terms ?? [])] }) }}>
              {grouped(one.count)} {one.label}
            </Link>
          </span>
        ))}
      </p>
    </Panel>
  );
}

type ChartProps = {
  readonly bars: readonly ActivityBar[];
  readonly unit: ReturnType<typeof unitFor>;
  readonly zone: string;
  readonly side: ProfileSide;
};

function Chart({ bars, unit, zone, side }: ChartProps) {
  const { ref, width } = useSize<HTMLDivElement>();
  const navigate = useNavigate();
  const present = CATEGORIES.filter((category) => bars.some((bar) => (bar.byCategory[category] ?? 0) > 0));
  const every = Math.max(1, Math.ceil(bars.length / 6));
  const ticks = bars.filter((_bar, i) => i % every === 0).map((bar) => bar.start);
  const open = ({ start, end }: ActivityBar): void => {
    const q = printQuery({ terms: side.terms, from: boundText(start, zone), to: boundText(end - 1, zone) });
    void navigate({ to: '/', search: { q } });
  };
  return (
    <div ref={ref} className={s.chart} style={{ height: HEIGHT }}>
      {width > 0 && bars.length > 0 && (
        <div aria-hidden>
          <BarChart
            width={width}
            height={HEIGHT}
            data={[...bars]}
            margin={MARGIN}
            barCategoryGap={bars.length > 60 ? 1 : 2}
            maxBarSize={28}
            accessibilityLayer={false}
          >
            <CartesianGrid {...GRID} />
            <XAxis
              dataKey="start"
              ticks={ticks}
              tickFormatter={(start: number) => tickName(start, unit, zone)}
              {...TIME_AXIS}
              height={18}
            />
            <YAxis width={38} {...COUNT_AXIS} tickFormatter={grouped} />
            {present.map((category) => (
              <Bar
                key={category}
                stackId="all"
                dataKey={`byCategory.${category}`}
                fill={CATEGORY_COLOURS[category]}
                stroke="var(--bg-surface)"
                strokeWidth={0.5}
                isAnimationActive={false}
                cursor="pointer"
                onClick={(_bar, index) => {
                  const bar = bars[index];
                  if (bar) open(bar);
                }}
              />
            ))}
          </BarChart>
        </div>
      )}
      <table className={s.unseen}>
        <caption>
          Entries {UNIT_NAMES[unit]} in {zone}, by category
        </caption>
        <thead>
          <tr>
            <th scope="col">From</th>
            <th scope="col">Entries</th>
            {present.map((category) => (
              <th key={category} scope="col">
                {category}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {bars.map((bar) => (
            <tr key={bar.start}>
              <th scope="row">{barName(bar.start, unit, zone)}</th>
              <td>{bar.count}</td>
              {present.map((category) => (
                <td key={category}>{bar.byCategory[category] ?? 0}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
