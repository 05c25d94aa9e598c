import { addDays, dayOf, daysFromTo, startOfDay } from '../../../shared/instant.ts';
import type { RawItem } from '../archive/writer.ts';
import type { Order } from './evidence.ts';

/**
 * A run of UTC days fetched together. `from` and `to` are what the server is asked: `from` is null where the whole log is
 * asked for, `to` also where entries of the future are wanted (some clock may be ahead of all others).
 */
export type DayWindow = {
  readonly first: string;
  readonly last: string;
  readonly from: string | null;
  readonly to: string | null;
};

/** How a server takes dates: as asked; by another zone's midnight; or not at all. */
export type DateSense = 'utc' | 'shifted' | 'ignored';

/** Clocks further apart than this are not wrong by accident (a made-up present, a test): they are not compared. */
export const COMPARABLE_CLOCKS_MS = 36 * 3_600_000;

/** No zone is further than this from UTC (UTC+14, Kiribati). */
const FURTHEST_ZONE_MS = 14 * 3_600_000;

/**
 * The window over these days for a server of this kind. Where midnight is not UTC's, a day more is asked on either side,
 * so that the UTC days within are whole.
 */
export function windowOver(first: string, last: string, sense: DateSense, openEnd = false): DayWindow {
  if (sense === 'ignored') return { first, last, from: null, to: null };
  const pad = sense === 'shifted' ? 1 : 0;
  return { first, last, from: addDays(first, -pad), to: openEnd ? null : addDays(last, pad) };
}

export function sameWindow(a: DayWindow, b: DayWindow): boolean {
  return a.first === b.first && a.last === b.last && a.from === b.from && a.to === b.to;
}

/** What a server is asked for a window. */
export function rangeOf({ from, to }: DayWindow): { readonly from?: string; readonly to?: string } {
  return { ...(from !== null && { from }), ...(to !== null && { to }) };
}

export function daysOf(window: DayWindow): string[] {
  return daysFromTo(window.first, window.last);
}

/** What a page of this window says about how the server takes dates. */
export function dateSenseOf(window: DayWindow, items: readonly RawItem[]): DateSense {
  if (window.from === null) return 'ignored';
  const start = startOfDay(window.from, 'UTC');
  const end = window.to === null ? Number.POSITIVE_INFINITY : startOfDay(addDays(window.to, 1), 'UTC');
  let readable = 0;
  let far = 0;
  let near = 0;
  for (const { entry } of items) {
    if (entry === null) continue;
    readable++;
    const beyond = Math.max(start - entry.ts, entry.ts - end + 1);
    if (beyond > FURTHEST_ZONE_MS) far++;
    else if (beyond > 0) near++;
  }
  // A stray entry is no sign; a page that is mostly elsewhere is.
  if (far * 2 > readable) return 'ignored';
  return near > 0 && window.from === window.first ? 'shifted' : 'utc';
}

/** On a server that ignores dates: whether what follows a page is older than anything that was asked. */
export function isBelow(window: DayWindow, order: Order, items: readonly RawItem[]): boolean {
  if (window.from !== null || order !== 'newest_first') return false;
  const floor = startOfDay(addDays(window.first, -1), 'UTC');
  const oldest = items.findLast((item) => item.entry !== null)?.entry?.ts;
  return oldest !== undefined && oldest < floor;
}

/** The UTC day of an instant in milliseconds. */
export function utcDay(ms: number): string {
  return dayOf(ms, 'UTC');
}
