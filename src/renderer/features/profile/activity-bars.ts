import { Temporal } from 'temporal-polyfill';
import type { Category } from '../../../shared/action.ts';
import type { Output } from '../../../shared/contract.ts';
import type { HistogramUnit } from '../../lib/queries.ts';
import { clockMinutes, date, dateTime, shortDate } from '../../lib/time.ts';

/** A bar of the chart; milliseconds UTC, `end` exclusive. */
export type ActivityBar = {
  readonly start: number;
  readonly end: number;
  readonly count: number;
  readonly byCategory: Readonly<Partial<Record<Category, number>>>;
};

type Unit = Exclude<HistogramUnit, 'minute'>;

const DAY = 86_400_000;
/** More bars than these are no help, and the last is always drawn. */
const MOST_BARS = 1_500;

export const UNIT_NAMES: Readonly<Record<Unit, string>> = {
  hour: 'an hour',
  day: 'a day',
  week: 'a week',
  month: 'a month',
};

/** The unit in which a span of time makes a chart that can be read. */
export function unitFor(first: number, last: number): Unit {
  const days = (last - first) / DAY;
  return days <= 2 ? 'hour' : days <= 70 ? 'day' : days <= 700 ? 'week' : 'month';
}

/** The bars from the first to the last with entries, those without any among them. */
export function barsFrom(buckets: Output<'entries.histogram'>, unit: Unit, zone: string): readonly ActivityBar[] {
  const [first, last] = [buckets[0], buckets.at(-1)];
  if (first === undefined || last === undefined) return [];
  const counted = new Map(buckets.map((one) => [one.start, one]));
  const bars: ActivityBar[] = [];
  let at = Temporal.Instant.fromEpochMilliseconds(first.start).toZonedDateTimeISO(zone);
  while (at.epochMilliseconds <= last.start && bars.length < MOST_BARS) {
    const start = at.epochMilliseconds;
    const next = at.add({ [`${unit}s`]: 1 });
    const { count = 0, byCategory = {} } = counted.get(start) ?? {};
    bars.push({ start, end: next.epochMilliseconds, count, byCategory });
    at = next;
  }
  return bars;
}

/** What stands under the axis: `14 Oct`, `09:00`, `Oct 2026`. */
export function tickName(start: number, unit: Unit, zone: string): string {
  if (unit === 'hour') return clockMinutes(start, zone);
  return unit === 'month' ? date(start, zone).replace(/^\d+ /, '') : shortDate(start, zone);
}

export function barName(start: number, unit: Unit, zone: string): string {
  return unit === 'hour' ? dateTime(start, zone) : date(start, zone);
}
