import { useMemo } from 'react';
import { PHASE_NAMES } from '../../../shared/case.ts';
import type { CaseDetail, CaseEvent } from '../../../shared/case-schema.ts';
import { useZone } from '../../lib/app-state.ts';
import { clock, clockMinutes, date, longDate, shortDate, zoneLabel } from '../../lib/time.ts';
import { useSize } from '../../lib/use-size.ts';
import { visible } from '../../lib/visible-text.ts';
import { offsetOf } from './offset.ts';
import s from './phase-bar.module.css';
import { type Span, segmentsOf, ticksOf, unnoticed } from './phase-layout.ts';
import type { LaneGroup } from './timeline-rows.ts';
import { lengthWords, NO_PHASE_COLOUR, PHASE_COLOURS } from './words.ts';

/** Lanes that are drawn; the list below has all of them. */
const MOST_LANES = 6;
const BAR = 12;
const LANE = 15;
const LABEL = 150;
const LONGEST_LABEL = 18;
/** Pixels of the axis for each of its marks, and of a run or an event at least. */
const PER_TICK = 92;
const LEAST = 6;
/** What the words of a mark take at most, pixels. */
const TICK_WORDS = 46;

type Props = {
  readonly detail: CaseDetail;
  readonly events: readonly CaseEvent[];
  readonly span: Span;
  /** The lanes where they are not the phases. */
  readonly lanes: readonly LaneGroup[] | null;
  readonly onZoom: (times: number, at: number) => void;
};

/** The phases of an incident to scale, the time nobody noticed, and the deadlines that fall into it. */
export function PhaseBar({ detail, events, span, lanes, onZoom }: Props) {
  const zone = useZone();
  const { ref, width } = useSize<HTMLDivElement>();
  const segments = useMemo(() => segmentsOf(events), [events]);
  const gap = useMemo(() => unnoticed(events, detail.aware), [events, detail.aware]);
  const left = lanes === null ? 0 : LABEL;
  const wide = Math.max(1, width - left);
  const x = (ts: number): number => left + ((ts - span.from) / (span.to - span.from)) * wide;
  const clipped = (from: number, to: number): readonly [number, number] => [
    Math.max(left, x(from)),
    Math.min(width, Math.max(x(to), x(from) + LEAST)),
  ];
  const inside = (from: number, to: number): boolean => to >= span.from && from <= span.to;
  const { at: ticks, step } = ticksOf(span, Math.max(2, Math.floor(wide / PER_TICK)), (ms) => offsetOf(ms, zone));
  const shown = lanes?.slice(0, MOST_LANES) ?? [];
  const top = 16;
  const body = lanes === null ? BAR : shown.length * LANE;
  const height = top + body + 18;
  const deadlines = detail.clocks.filter(
    (one) => one.dueAt !== null && one.met === null && inside(one.dueAt, one.dueAt),
  );
  const words = segments
    .map((one) => `${one.phase === null ? '' : PHASE_NAMES[one.phase]}, ${one.events} events`)
    .join('; ');

  return (
    <div className={s.bar}>
      <div
        ref={ref}
        className={s.canvas}
        style={{ height }}
        role="img"
        aria-label={`From ${longDate(span.from, zone)} to ${longDate(span.to, zone)}: ${words}${gap === null ? '' : `; ${lengthWords(gap.to - gap.from)} unnoticed`}`}
        data-testid="phase-bar"
        onWheel={(event) => {
          if (!event.ctrlKey) return;
          const box = event.currentTarget.getBoundingClientRect();
          const at = span.from + ((event.clientX - box.left - left) / wide) * (span.to - span.from);
          onZoom(event.deltaY < 0 ? 0.8 : 1.25, at);
        }}
      >
        {width > 0 && (
          <svg width={width} height={height} aria-hidden focusable={false}>
            {ticks.map((ts) => (
              <g key={ts}>
                <path d={`M${x(ts)} 4V${height}`} stroke="var(--chart-grid)" />
                <text x={x(ts) + 4} y={height - 4} className={s.tick}>
                  {x(ts) + TICK_WORDS <= width && tickWords(ts, step, zone)}
                </text>
              </g>
            ))}
            {gap !== null && lanes === null && inside(gap.from, gap.to) && (
              <GapLine
                from={clipped(gap.from, gap.to)[0]}
                to={clipped(gap.from, gap.to)[1]}
                y={top + BAR / 2}
                words={`${lengthWords(gap.to - gap.from)} unnoticed`}
              />
            )}
            {lanes === null &&
              placed(
                segments.filter((one) => inside(one.from, one.to)),
                (one) => clipped(one.from, one.to),
              ).map(({ one, from, to, label }) => (
                <g key={one.number}>
                  <rect
                    x={from}
                    y={top}
                    width={Math.max(LEAST, to - from)}
                    height={BAR}
                    rx={2.5}
                    fill={one.phase === null ? NO_PHASE_COLOUR : PHASE_COLOURS[one.phase]}
                    stroke="var(--bg-surface)"
                  >
                    <title>
                      {`${one.number} ${one.phase === null ? '' : PHASE_NAMES[one.phase]}, ${one.events} events, ${lengthWords(one.to - one.from)}`}
                    </title>
                  </rect>
                  <text x={label} y={top - 4} className={s.number}>
                    {one.number}
                  </text>
                </g>
              ))}
            {shown.map((lane, row) => (
              <g key={lane.id}>
                <text x={0} y={top + row * LANE + 10} className={s.lane}>
                  {short(lane.name)}
                </text>
                <path d={`M${left} ${top + row * LANE + 6}H${width}`} stroke="var(--line)" />
                {dotsOf(lane.events, span, x).map(({ at, event }) => (
                  <rect
                    key={at}
                    x={at - 2}
                    y={top + row * LANE + 1}
                    width={4}
                    height={10}
                    rx={1.5}
                    fill={event.phase === null ? NO_PHASE_COLOUR : PHASE_COLOURS[event.phase]}
                  />
                ))}
              </g>
            ))}
            {deadlines.map((one) => (
              <g key={one.id}>
                <path
                  d={`M${x(one.dueAt ?? 0)} 2V${top + body + 2}`}
                  stroke="var(--sev-medium)"
                  strokeDasharray="3 2"
                />
                <text x={x(one.dueAt ?? 0) - 4} y={10} textAnchor="end" className={s.deadline}>
                  due: {visible(one.name).slice(0, 40)}
                </text>
              </g>
            ))}
          </svg>
        )}
      </div>
      <p className={s.caption}>
        <span>
          {date(span.from, zone) === date(span.to, zone)
            ? longDate(span.from, zone)
            : `${date(span.from, zone)} to ${date(span.to, zone)}`}
          , {zoneLabel(zone, span.from)}
        </span>
        {lanes !== null && lanes.length > MOST_LANES && <span>{lanes.length - MOST_LANES} more lanes in the list</span>}
      </p>
    </div>
  );
}

function GapLine({ from, to, y, words }: { from: number; to: number; y: number; words: string }) {
  const roomy = to - from > 96;
  return (
    <g>
      <path d={`M${from} ${y}H${to}`} stroke="var(--text-3)" strokeDasharray="2 3" />
      {roomy && (
        <text x={(from + to) / 2} y={y - 4} textAnchor="middle" className={s.gap}>
          {words}
        </text>
      )}
    </g>
  );
}

// Short runs one after the other: their numbers stand beside each other.
function placed<T>(all: readonly T[], at: (one: T) => readonly [number, number]) {
  let free = 0;
  return all
    .map((one) => ({ one, from: at(one)[0], to: at(one)[1] }))
    .sort((a, b) => a.from - b.from)
    .map((each) => {
      const label = Math.max(each.from, free);
      free = label + 9;
      return { ...each, label };
    });
}

// What is longer than its place would run into the axis; the list has it whole.
function short(name: string): string {
  const text = visible(name);
  return text.length <= LONGEST_LABEL ? text : `${text.slice(0, LONGEST_LABEL - 1)}…`;
}

// Thousands of events fall on few pixels: one mark for each.
function dotsOf(events: readonly CaseEvent[], { from, to }: Span, x: (ts: number) => number) {
  const found = new Map<number, CaseEvent>();
  for (const event of events) {
    if (event.ts < from || event.ts > to) continue;
    const at = Math.round(x(event.ts) / 3) * 3;
    if (!found.has(at)) found.set(at, event);
  }
  return [...found].map(([at, event]) => ({ at, event }));
}

function tickWords(ts: number, step: number, zone: string): string {
  if (step >= 30 * 86_400_000) return date(ts, zone).replace(/^\d+ /, '');
  if (step >= 86_400_000) return shortDate(ts, zone);
  const time = step < 60_000 ? clock(ts, zone) : clockMinutes(ts, zone);
  return time === '00:00' ? shortDate(ts, zone) : time;
}
