import type { EntryRow } from '../../../../shared/entry.ts';
import type { DayColumns } from '../columns/day-columns.ts';
import { type DayRefs, storedIdAt } from '../columns/day-refs.ts';
import type { DayInfo } from '../columns/day-store.ts';
import type { Dictionaries } from '../dictionary.ts';
import { fromStored } from '../stored-text.ts';
import { type DayMatch, instantAt } from './matching.ts';
import type { Selection } from './selection.ts';

/** A run of neighbours among the matches of a day: `count` of them from the `first` on, counted from the oldest. */
export type Run = { readonly info: DayInfo; readonly match: DayMatch; readonly first: number; readonly count: number };

/** The matching entries at `offset` and after, newest first, as runs; the newest run first. */
export function runsByOffset(selection: Selection, offset: number, limit: number): Run[] {
  const runs: Run[] = [];
  let skip = offset;
  let left = limit;
  for (let index = selection.days.length - 1; index >= 0 && left > 0; index--) {
    const match = selection.at(index);
    if (skip >= match.count) {
      skip -= match.count;
      continue;
    }
    const count = Math.min(left, match.count - skip);
    runs.push({ info: selection.days[index]!, match, first: match.count - skip - count, count });
    left -= count;
    skip = 0;
  }
  return runs;
}

/** The matching entries strictly older (or newer) than a key, nearest first, as runs; the nearest run first. */
export function runsFrom(
  selection: Selection,
  key: number | null,
  direction: 'older' | 'newer',
  limit: number,
  keysOf: (info: DayInfo) => Float64Array,
): Run[] {
  const older = direction === 'older';
  const { days } = selection;
  const runs: Run[] = [];
  let left = limit;
  const start = key === null ? (older ? days.length - 1 : 0) : selection.indexOf(key);
  for (
    let index = Math.min(start, days.length - 1);
    index >= 0 && index < days.length && left > 0;
    index += older ? -1 : 1
  ) {
    const info = days[index]!;
    const match = selection.at(index);
    if (match.count === 0) continue;
    // How many matches of the day lie on the far side of the key.
    const below = key === null ? (older ? match.count : 0) : countBelow(keysOf(info), match, key, !older);
    const available = older ? below : match.count - below;
    const count = Math.min(left, available);
    if (count > 0) runs.push({ info, match, first: older ? below - count : below, count });
    left -= count;
  }
  return runs;
}

/** Position in the day's columns of a match, counted from the oldest. */
export function positionOf(match: DayMatch, index: number): number {
  return match.positions === null ? match.from + index : match.positions[index]!;
}

/** The row of an entry at a position of its day. */
export function rowAt(dictionaries: Dictionaries, columns: DayColumns, refs: DayRefs, position: number): EntryRow {
  const { ids } = columns;
  return {
    key: columns.keys[position]!,
    id: fromStored(storedIdAt(refs, position)),
    ts: instantAt(columns, position),
    actor: dictionaries.actor.tuple(ids.actor[position]!),
    action: dictionaries.action.tuple(ids.action[position]!),
    target: dictionaries.target.tuple(ids.target[position]!),
    address: dictionaries.address.tuple(ids.address[position]!),
    agent: dictionaries.agent.tuple(ids.agent[position]!),
    team: dictionaries.team.tuple(ids.team[position]!),
  };
}

/** How many matches of a day have a key below another, or (`orEqual`) not above it. */
export function countBelow(keys: Float64Array, match: DayMatch, key: number, orEqual: boolean): number {
  let low = 0;
  let high = match.count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = keys[positionOf(match, middle)]!;
    if (other < key || (orEqual && other === key)) low = middle + 1;
    else high = middle;
  }
  return low;
}
