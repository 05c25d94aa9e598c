import { addDays, dayOf, isDay } from '../../../shared/instant.ts';
import type { Period } from '../../../shared/review-schema.ts';
import { quarterStart } from '../../lib/time.ts';

export type NamedPeriod = Period & { readonly name: string };

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The last whole quarter, month and week (Monday to Sunday) in a zone. */
export function lastPeriods(nowMs: number, zone: string): readonly NamedPeriod[] {
  const today = dayOf(nowMs, zone);
  const quarterEnd = addDays(quarterStart(nowMs, zone), -1);
  const monthEnd = addDays(`${today.slice(0, 7)}-01`, -1);
  const weekday = (new Date(`${today}T12:00:00Z`).getUTCDay() + 6) % 7;
  const monday = addDays(today, -weekday - 7);
  return [
    { name: 'Last quarter', from: quarterStart(Date.parse(`${quarterEnd}T12:00:00Z`), 'UTC'), to: quarterEnd },
    { name: 'Last month', from: `${monthEnd.slice(0, 7)}-01`, to: monthEnd },
    { name: 'Last week', from: monday, to: addDays(monday, 6) },
  ];
}

/** `Q3 2026`, `Sep 2026`, else `7–13 Sep 2026`. */
export function periodName({ from, to }: Period): string {
  if (!isDay(from) || !isDay(to)) return '';
  const quarter = quarterStart(Date.parse(`${from}T12:00:00Z`), 'UTC');
  const after = addDays(to, 1);
  if (quarter === from && quarterStart(Date.parse(`${after}T12:00:00Z`), 'UTC') === after && months(from, after) === 3)
    return `Q${Math.ceil(Number(from.slice(5, 7)) / 3)} ${from.slice(0, 4)}`;
  if (from.endsWith('-01') && after.endsWith('-01') && months(from, after) === 1)
    return `${monthOf(from)} ${from.slice(0, 4)}`;
  return periodDays({ from, to });
}

/** `7–13 Sep 2026`, `28 Sep – 4 Oct 2026`. */
export function periodDays({ from, to }: Period): string {
  const end = dayText(to);
  if (from === to) return end;
  if (from.slice(0, 7) === to.slice(0, 7)) return `${Number(from.slice(8))}–${end}`;
  const begin = from.slice(0, 4) === to.slice(0, 4) ? `${Number(from.slice(8))} ${monthOf(from)}` : dayText(from);
  return `${begin} – ${end}`;
}

/** `7 Sep 2026`. */
export function dayText(day: string): string {
  return `${Number(day.slice(8))} ${monthOf(day)} ${day.slice(0, 4)}`;
}

function monthOf(day: string): string {
  return MONTHS[Number(day.slice(5, 7)) - 1] ?? '';
}

function months(from: string, after: string): number {
  const count = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
  return count(after) - count(from);
}
