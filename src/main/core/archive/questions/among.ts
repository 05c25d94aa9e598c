import { dayOfKey, lowerBound } from '../columns/day-columns.ts';
import type { DayInfo } from '../columns/day-store.ts';
import type { Selection } from './selection.ts';

/** Those of the keys whose entries are selected, in the order they were given. */
export function among(
  selection: Selection,
  keys: readonly number[],
  keysOf: (info: DayInfo) => Float64Array,
): readonly number[] {
  const dayAt = new Map(selection.days.map(({ day }, index) => [day, index]));
  return keys.filter((key) => {
    const index = dayAt.get(dayOfKey(key));
    if (index === undefined) return false;
    const { from, to, positions } = selection.at(index);
    const all = keysOf(selection.days[index]!);
    const position = lowerBound(all, key);
    if (all[position] !== key) return false;
    return positions === null ? position >= from && position < to : holds(positions, position);
  });
}

function holds(sorted: Uint32Array, wanted: number): boolean {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return sorted[low] === wanted;
}
