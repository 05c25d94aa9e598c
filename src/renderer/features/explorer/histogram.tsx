import { memo, type PointerEvent, useMemo, useState } from 'react';
import { BarChart, Bar as BarMark, CartesianGrid, XAxis, YAxis } from 'recharts';
import { CATEGORIES, type Category } from '../../../shared/action.ts';
import { grouped } from '../../lib/number.ts';
import { useSize } from '../../lib/use-size.ts';
import { CATEGORY_COLOURS } from '../../ui/category-icon.tsx';
import { COUNT_AXIS, GRID, TIME_AXIS } from '../../ui/chart-axes.ts';
import type { Bar, Step } from './buckets.ts';
import s from './histogram.module.css';
import { spanWords, ticksOf } from './histogram-words.ts';
import type { Band } from './office-band.ts';

const HEIGHT = 106;
const AXIS_WIDTH = 38;
const AXIS_HEIGHT = 18;
const MARGIN = { top: 8, right: 1, bottom: 0, left: 0 };

type Props = {
  /** What matches. */
  readonly bars: readonly Bar[];
  /** Everything in the same time, conditions aside; the same bars where there are none. */
  readonly whole: readonly Bar[];
  readonly step: Step;
  readonly zone: string;
  /** Instants worth a mark above the bars. */
  readonly marks: readonly number[];
  readonly onSelect: (fromMs: number, toMs: number) => void;
  /** Where some office is at work. */
  readonly bands: readonly Band[];
};

/** Entries over time by category; what does not match stays, paler. Dragging selects a span. */
export const Histogram = memo(function Histogram({ bars, whole, step, zone, marks, bands, onSelect }: Props) {
  const { ref, width } = useSize<HTMLDivElement>();
  const [hovered, setHovered] = useState<number | null>(null);
  const [drag, setDrag] = useState<readonly [number, number] | null>(null);
  const plot = Math.max(1, width - AXIS_WIDTH - MARGIN.right);
  const barWidth = plot / Math.max(1, bars.length);

  const indexAt = (event: PointerEvent<HTMLElement>): number => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left;
    return Math.min(bars.length - 1, Math.max(0, Math.floor(x / barWidth)));
  };
  const selected = drag ? ([Math.min(...drag), Math.max(...drag)] as const) : null;
  const shown = selected ?? (hovered === null ? null : ([hovered, hovered] as const));
  const label = shown && labelFor(bars, shown, zone, step);
  const left = shown ? shown[0] * barWidth : 0;
  const right = shown ? (shown[1] + 1) * barWidth : 0;

  return (
    <div className={s.plot} ref={ref} style={{ height: HEIGHT }}>
      <div
        className={s.bands}
        style={{ left: AXIS_WIDTH, right: MARGIN.right, top: MARGIN.top, height: HEIGHT - AXIS_HEIGHT - MARGIN.top }}
        aria-hidden
      >
        {bands.map(({ from, to }) => (
          <i key={from} style={{ left: `${from * 100}%`, width: `${(to - from) * 100}%` }} />
        ))}
      </div>
      {width > 0 && <Chart bars={bars} whole={whole} step={step} zone={zone} width={width} />}
      <div
        className={s.overlay}
        style={{ left: AXIS_WIDTH, right: MARGIN.right, height: HEIGHT - AXIS_HEIGHT }}
        data-testid="histogram-overlay"
        aria-hidden
        onPointerDown={(event) => {
          if (event.button !== 0 || bars.length === 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          setDrag([indexAt(event), indexAt(event)]);
        }}
        onPointerMove={(event) => {
          const index = indexAt(event);
          setHovered(index);
          if (drag && drag[1] !== index) setDrag([drag[0], index]);
        }}
        onPointerLeave={() => setHovered(null)}
        onPointerCancel={() => setDrag(null)}
        onPointerUp={() => {
          setDrag(null);
          const first = selected && bars[selected[0]];
          const last = selected && bars[selected[1]];
          if (first && last) onSelect(first.start, last.end - 1);
        }}
      >
        {marks.map((ms) => {
          const index = bars.findIndex((bar) => ms >= bar.start && ms < bar.end);
          return index < 0 ? null : (
            <svg
              key={ms}
              className={s.caret}
              style={{ left: (index + 0.5) * barWidth }}
              viewBox="0 0 8 6"
              aria-hidden="true"
            >
              <path d="M0 0h8L4 6Z" fill="currentColor" />
            </svg>
          );
        })}
        {shown && (
          <div
            className={s.selection}
            data-drag={selected !== null || undefined}
            style={{ left, width: right - left }}
          />
        )}
        {label && (
          <div className={s.label} style={left > plot / 2 ? { right: plot - left + 8 } : { left: right + 8 }}>
            {label}
          </div>
        )}
      </div>
      <Table bars={bars} zone={zone} step={step} />
    </div>
  );
});

function labelFor(bars: readonly Bar[], [a, b]: readonly [number, number], zone: string, step: Step): string | null {
  const first = bars[a];
  const last = bars[b];
  if (!first || !last) return null;
  let count = 0;
  for (let i = a; i <= b; i++) count += bars[i]?.count ?? 0;
  return `${spanWords(first.start, last.end, step, zone)}, ${grouped(count)} match`;
}

type ChartProps = Pick<Props, 'bars' | 'whole' | 'step' | 'zone'> & { readonly width: number };

const Chart = memo(function Chart({ bars, whole, step, zone, width }: ChartProps) {
  const data = useMemo(() => bars.map((bar, i) => dataOf(bar, whole[i], i)), [bars, whole]);
  const present = CATEGORIES.filter((one) => whole.some((bar) => (bar.byCategory[one] ?? 0) > 0));
  const ticks = useMemo(() => ticksOf(bars, step, zone, width), [bars, step, zone, width]);
  return (
    <div aria-hidden>
      <BarChart width={width} height={HEIGHT} data={data} margin={MARGIN} barCategoryGap={1} accessibilityLayer={false}>
        <CartesianGrid {...GRID} />
        <XAxis
          dataKey="index"
          height={AXIS_HEIGHT}
          ticks={ticks.map((tick) => tick.index)}
          tickFormatter={(index: number) => ticks.find((tick) => tick.index === index)?.text ?? ''}
          {...TIME_AXIS}
          tickMargin={2}
        />
        <YAxis width={AXIS_WIDTH} {...COUNT_AXIS} tickFormatter={short} />
        {present.flatMap((category) => [
          <BarMark
            key={category}
            dataKey={category}
            stackId="entries"
            fill={CATEGORY_COLOURS[category]}
            stroke="var(--bg-surface)"
            strokeWidth={0.5}
            isAnimationActive={false}
            minPointSize={(_value, index) => (bars[index]?.byCategory[category] ? 2 : 0)}
          />,
          <BarMark
            key={`other ${category}`}
            dataKey={`rest.${category}`}
            stackId="entries"
            fill={CATEGORY_COLOURS[category]}
            fillOpacity={0.42}
            isAnimationActive={false}
          />,
        ])}
      </BarChart>
    </div>
  );
});

function dataOf(bar: Bar, whole: Bar | undefined, index: number) {
  const rest: Partial<Record<Category, number>> = {};
  for (const category of CATEGORIES) {
    const more = (whole?.byCategory[category] ?? 0) - (bar.byCategory[category] ?? 0);
    if (more > 0) rest[category] = more;
  }
  return { index, ...bar.byCategory, rest };
}

function short(n: number): string {
  if (n >= 1_000_000) return `${grouped(n / 1_000_000)} M`;
  return n >= 10_000 ? `${grouped(n / 1000)} k` : grouped(n);
}

/** The same for those who do not see bars. */
function Table({ bars, zone, step }: Pick<Props, 'bars' | 'zone' | 'step'>) {
  return (
    <table className={s.hiddenTable}>
      <caption>Matching entries over time, {step.words}</caption>
      <thead>
        <tr>
          <th scope="col">Time</th>
          <th scope="col">Entries</th>
          {CATEGORIES.map((category) => (
            <th key={category} scope="col">
              {category}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {bars.map((bar) => (
          <tr key={bar.start}>
            <th scope="row">{spanWords(bar.start, bar.end, step, zone)}</th>
            <td>{bar.count}</td>
            {CATEGORIES.map((category) => (
              <td key={category}>{bar.byCategory[category] ?? 0}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
