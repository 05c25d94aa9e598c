import { clockMinutes, date, longDate, shortDate, zoneName } from '../../lib/time.ts';
import type { Bar, Step } from './buckets.ts';

/** Room a label of the axis needs, pixels. */
const TICK_WIDTH = 74;

export type Tick = { readonly index: number; readonly text: string };

/** `14 Oct 02:00 – 06:00 WEST`, `14 Oct 2026`, `1 Oct – 7 Oct 2026`; `end` is not included. */
export function spanWords(start: number, end: number, step: Step, zone: string): string {
  if (step.unit === 'minute' || step.unit === 'hour') {
    const tail = `${clockMinutes(end, zone)} ${zoneName(end - 1, zone)}`;
    const sameDay = date(start, zone) === date(end - 1, zone);
    const last = sameDay ? tail : `${shortDate(end - 1, zone)} ${tail}`;
    return `${shortDate(start, zone)} ${clockMinutes(start, zone)} – ${last}`;
  }
  const first = date(start, zone);
  const last = date(end - 1, zone);
  return first === last ? first : `${shortDate(start, zone)} – ${last}`;
}

/** Labels of the time axis: days where bars are hours, hours where the whole range is a day or two, else dates. */
export function ticksOf(bars: readonly Bar[], step: Step, zone: string, width: number): readonly Tick[] {
  const fine = step.unit === 'minute' || step.unit === 'hour';
  const midnights = bars.flatMap((bar, index) => (clockMinutes(bar.start, zone) === '00:00' ? [index] : []));
  const byDay = fine && midnights.length > 2;
  const full =
    fine && !byDay ? bars.flatMap((bar, i) => (clockMinutes(bar.start, zone).endsWith(':00') ? [i] : [])) : [];
  const candidates = byDay ? midnights : full.length > 0 ? full : bars.map((_bar, index) => index);
  const most = Math.max(2, Math.floor(width / TICK_WIDTH));
  const every = Math.max(1, Math.ceil(candidates.length / most));
  return candidates
    .filter((_index, i) => i % every === 0)
    .map((index) => ({ index, text: tickText(bars[index]?.start ?? 0, step, byDay, zone) }));
}

function tickText(start: number, step: Step, byDay: boolean, zone: string): string {
  if (byDay) return longDate(start, zone).split(' ').slice(0, 3).join(' ');
  if (step.unit === 'minute' || step.unit === 'hour') return clockMinutes(start, zone);
  return step.unit === 'month' ? date(start, zone).split(' ').slice(1).join(' ') : shortDate(start, zone);
}
