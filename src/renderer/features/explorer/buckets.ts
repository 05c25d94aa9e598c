import { Temporal } from 'temporal-polyfill';
import { CATEGORIES, type Category } from '../../../shared/action.ts';
import { addDays, dayOf, daysFromTo, startOfDay } from '../../../shared/instant.ts';
import type { HistogramUnit } from '../../lib/queries.ts';

/** One bar's width: `count` of what the archive counts by. */
export type Step = { readonly unit: HistogramUnit; readonly count: number; readonly words: string };

export type Counts = Readonly<Partial<Record<Category, number>>>;
export type Bucket = { readonly start: number; readonly count: number; readonly byCategory: Counts };
/** A bar covers `start` up to, not including, `end`; milliseconds UTC. */
export type Bar = { readonly start: number; readonly end: number; readonly count: number; readonly byCategory: Counts };

export const MOST_BARS = 100;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const STEPS: readonly (Step & { readonly ms: number })[] = [
  { unit: 'minute', count: 1, ms: MINUTE, words: '1 min per bar' },
  { unit: 'minute', count: 5, ms: 5 * MINUTE, words: '5 min per bar' },
  { unit: 'minute', count: 10, ms: 10 * MINUTE, words: '10 min per bar' },
  { unit: 'minute', count: 15, ms: 15 * MINUTE, words: '15 min per bar' },
  { unit: 'minute', count: 30, ms: 30 * MINUTE, words: '30 min per bar' },
  { unit: 'hour', count: 1, ms: HOUR, words: '1 h per bar' },
  { unit: 'hour', count: 2, ms: 2 * HOUR, words: '2 h per bar' },
  { unit: 'hour', count: 4, ms: 4 * HOUR, words: '4 h per bar' },
  { unit: 'hour', count: 6, ms: 6 * HOUR, words: '6 h per bar' },
  { unit: 'hour', count: 12, ms: 12 * HOUR, words: '12 h per bar' },
  { unit: 'day', count: 1, ms: DAY, words: '1 day per bar' },
  { unit: 'day', count: 2, ms: 2 * DAY, words: '2 days per bar' },
  { unit: 'week', count: 1, ms: 7 * DAY, words: '1 week per bar' },
  { unit: 'month', count: 1, ms: 28 * DAY, words: '1 month per bar' },
  { unit: 'month', count: 3, ms: 89 * DAY, words: '3 months per bar' },
  { unit: 'month', count: 12, ms: 365 * DAY, words: '1 year per bar' },
];

/** The finest step that cuts the range into at most `MOST_BARS`, one spare for a ragged end. */
export function stepFor(fromMs: number, toMs: number): Step {
  const range = Math.max(0, toMs - fromMs);
  const found = STEPS.find((step) => range / step.ms <= MOST_BARS - 2) ?? STEPS[STEPS.length - 1];
  return found as Step;
}

/** First instants of the bars that cover the range, in the zone: days begin at local midnight whatever the clocks do. */
export function barStarts(fromMs: number, toMs: number, step: Step, zone: string): number[] {
  const first = dayOf(fromMs, zone);
  const last = dayOf(toMs, zone);
  if (step.unit === 'minute' || step.unit === 'hour') {
    const width = step.count * (step.unit === 'minute' ? MINUTE : HOUR);
    return daysFromTo(first, last)
      .flatMap((day) => range(startOfDay(day, zone), startOfDay(addDays(day, 1), zone), width))
      .filter((start) => start + width > fromMs && start <= toMs);
  }
  const starts: number[] = [];
  let day = Temporal.PlainDate.from(first);
  if (step.unit === 'week') day = day.subtract({ days: day.dayOfWeek - 1 });
  if (step.unit === 'month') day = day.with({ month: day.month - ((day.month - 1) % step.count), day: 1 });
  for (; day.toString() <= last; day = day.add({ [`${step.unit}s`]: step.count })) {
    starts.push(startOfDay(day.toString(), zone));
  }
  return starts;
}

function range(from: number, to: number, width: number): number[] {
  const found: number[] = [];
  for (let at = from; at < to; at += width) found.push(at);
  return found;
}

/** Sorts the archive's buckets (empty ones are left out there) into bars without gaps. */
export function barsOf(buckets: readonly Bucket[], fromMs: number, toMs: number, step: Step, zone: string): Bar[] {
  const starts = barStarts(fromMs, toMs, step, zone);
  const sums = starts.map(() => new Map<Category, number>());
  const counts = starts.map(() => 0);
  for (const bucket of buckets) {
    const index = lastAtOrBefore(starts, bucket.start);
    const sum = sums[index];
    if (!sum) continue;
    counts[index] = (counts[index] ?? 0) + bucket.count;
    for (const category of CATEGORIES) {
      const more = bucket.byCategory[category] ?? 0;
      if (more > 0) sum.set(category, (sum.get(category) ?? 0) + more);
    }
  }
  return starts.map((start, i) => ({
    start,
    end: starts[i + 1] ?? Math.max(toMs + 1, endOf(start, step, zone)),
    count: counts[i] ?? 0,
    byCategory: Object.fromEntries(sums[i] ?? []),
  }));
}

function endOf(start: number, step: Step, zone: string): number {
  if (step.unit === 'minute') return start + step.count * MINUTE;
  if (step.unit === 'hour') return start + step.count * HOUR;
  const day = Temporal.PlainDate.from(dayOf(start, zone)).add({ [`${step.unit}s`]: step.count });
  return startOfDay(day.toString(), zone);
}

function lastAtOrBefore(starts: readonly number[], ms: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= ms) low = middle;
    else high = middle - 1;
  }
  return low;
}
