import { MS_PER_DAY } from '../columns/day-columns.ts';
import type { DayStore } from '../columns/day-store.ts';
import type { DayCount } from '../reader.ts';
import { KEYS_PER_MS } from '../time-key.ts';
import { Calendar } from './calendar.ts';
import { instantAt } from './matching.ts';
import { countBelow, positionOf } from './rows.ts';
import type { Selection } from './selection.ts';

/** How many selected entries each day of the zone's calendar has, oldest first; days without any are left out. */
export function dayCountsOf(selection: Selection, store: DayStore, zone: string): DayCount[] {
  const days = [...selection.matches()];
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return [];
  // Entries that were moved lie behind their own instant by less than a day.
  const calendar = new Calendar(zone, 'day', (first.info.day - 1) * MS_PER_DAY, (last.info.day + 1) * MS_PER_DAY);
  const counted = new Map<number, number>();
  const add = (start: number, count: number): void => void counted.set(start, (counted.get(start) ?? 0) + count);
  for (const { info, match } of days) {
    const whole = calendar.bucketOf(info.day * MS_PER_DAY);
    // A day that lies in one bucket is not looked into: where it was not read yet, it need not be.
    if (!info.shifted && whole.end >= (info.day + 1) * MS_PER_DAY) {
      add(whole.start, match.count);
      continue;
    }
    const columns = store.columns(info);
    if (columns.shift !== null) {
      for (let i = 0; i < match.count; i++) add(calendar.bucketOf(instantAt(columns, positionOf(match, i))).start, 1);
      continue;
    }
    for (let at = 0; at < match.count; ) {
      const { start, end } = calendar.bucketOf(Math.floor(columns.keys[positionOf(match, at)]! / KEYS_PER_MS));
      const next = countBelow(columns.keys, match, end * KEYS_PER_MS, false);
      add(start, next - at);
      at = next;
    }
  }
  return [...counted].sort(([a], [b]) => a - b).map(([start, count]) => ({ start, count }));
}
