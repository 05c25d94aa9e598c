import { Temporal } from 'temporal-polyfill';
import type { Filter } from '../../../shared/filter/filter.ts';
import { isDay } from '../../../shared/instant.ts';
import type { TimeRange } from '../../lib/filter-edit.ts';
import { boundText } from '../../lib/time.ts';
import type { Span } from './answer.ts';

/** The shortest span that zooming makes: a minute. */
const SHORTEST = 60_000;
const LONGEST = 50 * 366 * 86_400_000;

type Days = { readonly first: Temporal.PlainDate; readonly last: Temporal.PlainDate };

/**
 * The range just before (-1) or just after (1) a filter's own, which spans `span`. Whole months and quarters are followed
 * by whole ones, whatever their length, and whole days by as many; other spans by one of the same length.
 */
export function rangeBeside(filter: Filter, span: Span, direction: 1 | -1, zone: string): TimeRange {
  const days = daysOf(filter);
  if (days === null) {
    const length = direction * (span.toMs - span.fromMs + 1);
    return { from: boundText(span.fromMs + length, zone), to: boundText(span.toMs + length, zone) };
  }
  const { first, last } = days;
  const after = last.add({ days: 1 });
  const whole = first.day === 1 && after.day === 1;
  const length = first.until(after, { largestUnit: whole ? 'months' : 'days' });
  const from = direction === 1 ? after : first.subtract(length);
  const to = from.add(length).subtract({ days: 1 });
  return { from: from.toString(), to: to.toString() };
}

/** The whole days of a range; a quarter that was only begun counts as a whole one. */
function daysOf({ from, to }: Filter): Days | null {
  if (from === undefined || !isDay(from) || (to !== undefined && !isDay(to))) return null;
  const first = Temporal.PlainDate.from(from);
  if (to !== undefined) return { first, last: Temporal.PlainDate.from(to) };
  const begins = first.day === 1 && first.month % 3 === 1;
  return begins ? { first, last: first.add({ months: 3 }).subtract({ days: 1 }) } : null;
}

/** The span around the same middle, so many times as long; whole minutes, and never shorter than one or longer than a working life. */
export function zoomed({ fromMs, toMs }: Span, times: number): Span {
  const length = Math.min(LONGEST, Math.max(SHORTEST, (toMs - fromMs + 1) * times));
  const middle = (fromMs + toMs + 1) / 2;
  const start = Math.floor((middle - length / 2) / SHORTEST) * SHORTEST;
  return { fromMs: start, toMs: start + Math.ceil(length / SHORTEST) * SHORTEST - 1 };
}
