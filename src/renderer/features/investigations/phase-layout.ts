import { PHASES, type Phase } from '../../../shared/case.ts';
import type { CaseEvent } from '../../../shared/case-schema.ts';

export type Span = { readonly from: number; readonly to: number };

/** A run of events of one phase on the bar, instants in milliseconds UTC. */
export type Segment = Span & { readonly phase: Phase | null; readonly number: number | null; readonly events: number };

/** Phases that answer the intruder; everything before them is what was or was not noticed. */
const ANSWERS: ReadonlySet<Phase> = new Set(['containment', 'recovery']);

/** Numbers of the phases that occur, in the order of a story. */
export function phaseNumbers(events: readonly CaseEvent[]): ReadonlyMap<Phase, number> {
  const used = new Set(events.map(({ phase }) => phase));
  return new Map(PHASES.filter((phase) => used.has(phase)).map((phase, i) => [phase, i + 1]));
}

/** One run for each phase from its first event to its last, in the order of a story; what has no phase is left out. */
export function segmentsOf(events: readonly CaseEvent[]): readonly Segment[] {
  return [...phaseNumbers(events)].map(([phase, number]) => {
    const own = events.filter((one) => one.phase === phase).map(({ ts }) => ts);
    return { phase, number, events: own.length, from: Math.min(...own), to: Math.max(...own) };
  });
}

/**
 * How long nobody noticed: from the last thing that was done until somebody became aware, or until the first answer where
 * that is not known or came first. Null where an answer came before the last of it, or nothing was done or answered.
 */
export function unnoticed(events: readonly CaseEvent[], aware: number | null): Span | null {
  const done = events.filter(({ phase }) => phase !== null && !ANSWERS.has(phase)).map(({ ts }) => ts);
  const answered = events.filter(({ phase }) => phase !== null && ANSWERS.has(phase)).map(({ ts }) => ts);
  if (done.length === 0) return null;
  const from = Math.max(...done);
  const ends = [...answered, ...(aware === null ? [] : [aware])].filter((ts) => ts > from);
  if (ends.length === 0) return null;
  return { from, to: Math.min(...ends) };
}

/** Longest and shortest stretch that can be looked at: some ten years, and ten seconds. */
const LONGEST = 3_700 * 86_400_000;
const SHORTEST = 10_000;

/** The whole of a timeline with a margin of one part in forty on each side; an hour around a single instant. */
export function wholeSpan(instants: readonly number[]): Span | null {
  if (instants.length === 0) return null;
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const ts of instants) {
    if (ts < from) from = ts;
    if (ts > to) to = ts;
  }
  const margin = from === to ? 1_800_000 : Math.max(1, Math.ceil((to - from) / 40));
  return { from: from - margin, to: to + margin };
}

/** The stretch around its middle (or the given instant), `times` as long. */
export function zoomedAround({ from, to }: Span, times: number, at = (from + to) / 2): Span {
  const length = Math.min(LONGEST, Math.max(SHORTEST, (to - from) * times));
  const before = to === from ? 0.5 : (at - from) / (to - from);
  const start = Math.round(at - length * before);
  return { from: start, to: start + Math.round(length) };
}

/** The stretch half of its length earlier (−1) or later (1). */
export function moved({ from, to }: Span, direction: 1 | -1): Span {
  const by = Math.round(((to - from) / 2) * direction);
  return { from: from + by, to: to + by };
}

const S = 1000;
const MIN = 60 * S;
const H = 60 * MIN;
const D = 24 * H;
const STEPS = [
  S,
  5 * S,
  15 * S,
  30 * S,
  MIN,
  5 * MIN,
  15 * MIN,
  30 * MIN,
  H,
  3 * H,
  6 * H,
  12 * H,
  D,
  2 * D,
  7 * D,
  14 * D,
  30 * D,
  90 * D,
  365 * D,
];

export type Ticks = { readonly at: readonly number[]; readonly step: number };

/** Instants of the axis, at most `most`, on round local times as long as the step is no longer than a day. */
export function ticksOf({ from, to }: Span, most: number, offset: (ms: number) => number): Ticks {
  const step = STEPS.find((one) => (to - from) / one <= most) ?? 365 * D;
  const local = from + offset(from);
  const at: number[] = [];
  for (let one = Math.ceil(local / step) * step; ; one += step) {
    const ts = one - offset(one - offset(one));
    if (ts > to || at.length > most + 1) break;
    if (ts >= from) at.push(ts);
  }
  return { at, step };
}
