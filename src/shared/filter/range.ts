import { Temporal } from 'temporal-polyfill';
import { fail, ok, type Result } from '../errors.ts';
import { endOfDay, isDay, startOfDay } from '../instant.ts';
import type { Filter } from './filter.ts';

/** Instants, milliseconds UTC, both inclusive; null is open. */
export type Range = { readonly fromMs: number | null; readonly toMs: number | null };

const UNIT_MS: Readonly<Record<string, number>> = { h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** Whether the text is a span of the past: `24h`, `7d`, `12w`. */
export function isLast(text: string): boolean {
  return /^[1-9]\d{0,4}[hdw]$/.test(text);
}

/** Whether the text can limit a filter: a date, a local date-time, or an instant with an offset. */
export function isBound(text: string): boolean {
  return boundMs(text, 'UTC', 'from') !== null;
}

/**
 * Fixes a filter's dates to instants. A date means the whole day in `zone`, a date-time without offset is read in `zone`.
 * `bad_input` where the limits are no dates or exclude every instant.
 */
export function resolveRange(filter: Filter, zone: string, nowMs: number): Result<Range> {
  if (filter.last !== undefined) {
    if (!isLast(filter.last))
      return fail('bad_input', `“${filter.last}” is not a span of time.`, 'Use 24h, 7d, 30d or 90d.');
    const unit = UNIT_MS[filter.last.slice(-1)] ?? 0;
    return ok({ fromMs: nowMs - Number(filter.last.slice(0, -1)) * unit, toMs: nowMs });
  }
  const limits: { from: number | null; to: number | null } = { from: null, to: null };
  for (const side of ['from', 'to'] as const) {
    const text = filter[side];
    if (text === undefined) continue;
    const ms = boundMs(text, zone, side);
    if (ms === null)
      return fail(
        'bad_input',
        `“${text}” is not a date.`,
        'Write dates as 2026-01-31, instants as 2026-01-31T14:00:00Z.',
      );
    limits[side] = ms;
  }
  if (limits.from !== null && limits.to !== null && limits.from > limits.to) {
    return fail(
      'bad_input',
      `The period ends (${filter.to}) before it begins (${filter.from}).`,
      'Exchange the two dates.',
    );
  }
  return ok({ fromMs: limits.from, toMs: limits.to });
}

/** The first instant that a limit names, milliseconds UTC; null where it is none. */
export function boundInstant(text: string, zone: string): number | null {
  return boundMs(text, zone, 'from');
}

function boundMs(text: string, zone: string, side: 'from' | 'to'): number | null {
  if (isDay(text)) return side === 'from' ? startOfDay(text, zone) : endOfDay(text, zone) - 1;
  if (!/^\d{4}-\d{2}-\d{2}[T ]\d{2}/.test(text)) return null;
  try {
    if (/(Z|[+-]\d{2}:?\d{2})$/i.test(text)) return Temporal.Instant.from(text).epochMilliseconds;
    return Temporal.PlainDateTime.from(text).toZonedDateTime(zone).epochMilliseconds;
  } catch {
    return null;
  }
}
