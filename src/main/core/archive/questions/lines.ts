import type { EntryLine, EntryRun } from '../../../../shared/entry.ts';
import type { DayColumns } from '../columns/day-columns.ts';
import type { DayRefs } from '../columns/day-refs.ts';
import type { Narrow } from '../columns/packing.ts';
import type { Dictionaries } from '../dictionary.ts';
import type { Line } from './folding.ts';
import { instantAt } from './matching.ts';
import { positionOf, rowAt } from './rows.ts';

/** A line of a folded list as the window shows it. */
export function lineFrom(dictionaries: Dictionaries, columns: DayColumns, refs: DayRefs, line: Line): EntryLine {
  const { match, first, end, index, position } = line;
  const row = rowAt(dictionaries, columns, refs, positionOf(match, end - 1));
  return { row, index, position, run: end - first === 1 ? null : runOf(columns, line) };
}

function runOf(columns: DayColumns, { match, first, end }: Line): EntryRun {
  const { keys, ids } = columns;
  const positions = Array.from({ length: end - first }, (_none, i) => positionOf(match, end - 1 - i));
  const different = (column: Narrow): number => new Set(positions.map((position) => column[position])).size;
  return {
    keys: positions.map((position) => keys[position]!),
    since: instantAt(columns, positionOf(match, first)),
    actors: different(ids.actor),
    targets: different(ids.target),
    teams: different(ids.team),
  };
}
