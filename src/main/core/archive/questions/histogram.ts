import { CATEGORIES, type Category, describeAction } from '../../../../shared/action.ts';
import { type DayColumns, lowerBound, MS_PER_DAY } from '../columns/day-columns.ts';
import type { DayStore } from '../columns/day-store.ts';
import type { Narrow } from '../columns/packing.ts';
import type { Dictionary } from '../dictionary.ts';
import type { Bucket, BucketSize } from '../reader.ts';
import { KEYS_PER_MS } from '../time-key.ts';
import { Calendar } from './calendar.ts';
import { type DayMatch, instantAt } from './matching.ts';
import type { Selection } from './selection.ts';

/** Selected entries by time and category. Buckets have the edges of the zone's own calendar (see `Calendar`). */
export function histogramOf(
  selection: Selection,
  store: DayStore,
  actions: Dictionary<'action'>,
  by: BucketSize,
  zone: string,
): Bucket[] {
  const days = [...selection.matches()];
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return [];
  // Entries that were moved lie behind their own instant by less than a day.
  const calendar = new Calendar(zone, by, (first.info.day - 1) * MS_PER_DAY, (last.info.day + 1) * MS_PER_DAY);
  const categoryOf = Uint8Array.from({ length: actions.ids }, (_none, id) =>
    CATEGORIES.indexOf(describeAction(actions.tuple(id)).category),
  );
  const counted = new Map<number, Uint32Array>();
  const bucketAt = (start: number): Uint32Array => {
    let counts = counted.get(start);
    if (counts === undefined) {
      counts = new Uint32Array(CATEGORIES.length);
      counted.set(start, counts);
    }
    return counts;
  };
  for (const { info, match } of days) {
    const columns = store.columns(info);
    if (columns.shift !== null) {
      countOneByOne(columns, match, categoryOf, (ms) => bucketAt(calendar.bucketOf(ms).start));
      continue;
    }
    for (let at = match.from, listed = 0; at < match.to; ) {
      const { start, end } = calendar.bucketOf(Math.floor(columns.keys[at]! / KEYS_PER_MS));
      const next = Math.min(match.to, lowerBound(columns.keys, end * KEYS_PER_MS));
      listed = countUntil(columns.ids.action, match, at, next, listed, categoryOf, bucketAt(start));
      at = next;
    }
  }
  return [...counted].sort(([a], [b]) => a - b).flatMap(([start, counts]) => bucketFrom(start, counts) ?? []);
}

// `listed` is how many of the match's positions have been counted; returned is how many have been now.
function countUntil(
  actions: Narrow,
  { positions }: DayMatch,
  from: number,
  to: number,
  listed: number,
  categoryOf: Uint8Array,
  counts: Uint32Array,
): number {
  if (positions === null) {
    for (let i = from; i < to; i++) counts[categoryOf[actions[i]!]!]!++;
    return listed;
  }
  let i = listed;
  for (; i < positions.length && positions[i]! < to; i++) counts[categoryOf[actions[positions[i]!]!]!]!++;
  return i;
}

function countOneByOne(
  columns: DayColumns,
  { from, positions, count }: DayMatch,
  categoryOf: Uint8Array,
  countsAt: (ms: number) => Uint32Array,
): void {
  for (let i = 0; i < count; i++) {
    const position = positions === null ? from + i : positions[i]!;
    countsAt(instantAt(columns, position))[categoryOf[columns.ids.action[position]!]!]!++;
  }
}

function bucketFrom(start: number, counts: Uint32Array): Bucket | null {
  const byCategory: Partial<Record<Category, number>> = {};
  let count = 0;
  for (const [index, category] of CATEGORIES.entries()) {
    const own = counts[index]!;
    if (own > 0) byCategory[category] = own;
    count += own;
  }
  return count === 0 ? null : { start, count, byCategory };
}
