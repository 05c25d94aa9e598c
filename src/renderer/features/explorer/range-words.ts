import { resolveRange } from '../../../shared/filter/range.ts';
import { isDay, startOfDay } from '../../../shared/instant.ts';
import type { TimeRange } from '../../lib/filter-edit.ts';
import { clock, date, shortDate, zoneName } from '../../lib/time.ts';

const UNITS: Readonly<Record<string, readonly [string, string]>> = {
  h: ['hour', 'hours'],
  d: ['day', 'days'],
  w: ['week', 'weeks'],
};

/** `last 7 days`, `1 Oct 2026 – 5 Oct 2026`, `14 Oct 02:00 – 10:00 WEST`; null where time is not limited. */
export function rangeWords(range: TimeRange, zone: string): string | null {
  if (range.last !== undefined) {
    const n = Number(range.last.slice(0, -1));
    const [one, many] = UNITS[range.last.slice(-1)] ?? ['', ''];
    return `last ${n} ${n === 1 ? one : many}`;
  }
  const { from, to } = range;
  if (from === undefined && to === undefined) return null;
  if (from !== undefined && to !== undefined) return fromTo(from, to, zone);
  return from !== undefined ? `from ${side(from, 'from', zone)}` : `until ${side(to ?? '', 'to', zone)}`;
}

function msOf(text: string, which: 'from' | 'to', zone: string): number | null {
  const resolved = resolveRange({ terms: [], [which]: text }, zone, 0);
  return resolved.ok ? resolved.value[which === 'from' ? 'fromMs' : 'toMs'] : null;
}

function side(text: string, which: 'from' | 'to', zone: string): string {
  if (isDay(text)) return date(startOfDay(text, zone), zone);
  const ms = msOf(text, which, zone);
  return ms === null ? text : `${date(ms, zone)}, ${time(ms, which, zone)} ${zoneName(ms, zone)}`;
}

function fromTo(from: string, to: string, zone: string): string {
  const start = msOf(from, 'from', zone);
  const end = msOf(to, 'to', zone);
  if (start === null || end === null) return `${from} – ${to}`;
  const sameDay = date(start, zone) === date(end, zone);
  if (isDay(from) && isDay(to)) return sameDay ? date(start, zone) : `${date(start, zone)} – ${date(end, zone)}`;
  const tail = `${time(end, 'to', zone)} ${zoneName(end, zone)}`;
  return sameDay
    ? `${date(start, zone)}, ${time(start, 'from', zone)} – ${tail}`
    : `${shortDate(start, zone)} ${time(start, 'from', zone)} – ${shortDate(end, zone)} ${tail}`;
}

// A limit one millisecond before the full minute ends "at" that minute for a reader.
function time(ms: number, which: 'from' | 'to', zone: string): string {
  const rounded = which === 'to' && (ms + 1) % 60_000 === 0 ? ms + 1 : ms;
  const text = clock(rounded, zone);
  return text.endsWith(':00') ? text.slice(0, 5) : text;
}
