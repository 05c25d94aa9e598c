import { addDays, dayOf } from '../../../shared/instant.ts';
import { quarterStart } from '../../lib/time.ts';

/** Dates `YYYY-MM-DD`, both included. */
export type Period = { readonly from: string; readonly to: string };
export type NamedPeriod = Period & { readonly name: string };

/** The last whole quarter first, three more before it, then the running one. */
export function quarters(nowMs: number, zone: string): readonly NamedPeriod[] {
  const running = quarterStart(nowMs, zone);
  const starts = [running];
  for (let i = 0; i < 4; i++) starts.push(previous(starts[starts.length - 1] ?? running));
  const all = starts.map((from, i) => ({
    name: nameOf(from),
    from,
    to: i === 0 ? addDays(next(from), -1) : addDays(starts[i - 1] ?? from, -1),
  }));
  const [now, ...past] = all;
  return now ? [...past, { ...now, name: `${now.name}, running` }] : past;
}

/** The last whole week and month: what the short reports are looked at by. Weeks begin on Monday. */
export function lately(nowMs: number, zone: string): readonly NamedPeriod[] {
  const today = dayOf(nowMs, zone);
  const sinceMonday = (new Date(`${today}T12:00:00Z`).getUTCDay() + 6) % 7;
  const monday = addDays(today, -sinceMonday);
  const lastOfMonth = addDays(`${today.slice(0, 7)}-01`, -1);
  return [
    { name: 'Last week', from: addDays(monday, -7), to: addDays(monday, -1) },
    { name: 'Last month', from: `${lastOfMonth.slice(0, 7)}-01`, to: lastOfMonth },
  ];
}

function previous(quarter: string): string {
  return quarterStart(Date.parse(`${addDays(quarter, -1)}T12:00:00Z`), 'UTC');
}

function next(quarter: string): string {
  return quarterStart(Date.parse(`${addDays(quarter, 100)}T12:00:00Z`), 'UTC');
}

function nameOf(quarter: string): string {
  return `Q${Math.ceil(Number(quarter.slice(5, 7)) / 3)} ${quarter.slice(0, 4)}`;
}
