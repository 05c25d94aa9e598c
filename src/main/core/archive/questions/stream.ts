import type { EntryRow } from '../../../../shared/entry.ts';
import type { QueryPlan } from '../../search/plan.ts';
import type { ArchiveView } from '../archive-view.ts';
import { type DayColumns, lowerBound } from '../columns/day-columns.ts';
import type { DayRefs } from '../columns/day-refs.ts';
import type { DayInfo } from '../columns/day-store.ts';
import type { DayMatch } from './matching.ts';
import { positionOf, rowAt } from './rows.ts';

/** An entry as a stream comes by it. */
export type Streamed = { readonly row: EntryRow; readonly refs: DayRefs; readonly position: number };

type Listed = { readonly info: DayInfo; readonly match: () => DayMatch; readonly columns: () => DayColumns };

/**
 * Streams the entries that answer a plan, those that were there at the beginning and no others. In the `present` view their
 * columns are held meanwhile; keys are for ever, so that each is found again wherever its day has been written to since.
 */
export function* streamEntries(
  view: ArchiveView,
  plan: QueryPlan,
  direction: 'older' | 'newer',
): IterableIterator<Streamed> {
  const listed = view.ask(() => list(view, plan));
  if (direction === 'older') listed.reverse();
  for (const day of listed) {
    const match = view.ask(day.match);
    if (match.count === 0) continue;
    const { columns, refs, placeOf } = view.ask(() => today(view, day, match));
    for (let i = 0; i < match.count; i++) {
      const position = placeOf(direction === 'newer' ? i : match.count - 1 - i);
      yield { row: rowAt(view.dictionaries, columns, refs, position), refs, position };
    }
  }
}

function list(view: ArchiveView, plan: QueryPlan): Listed[] {
  const { store, steady } = view;
  const selection = view.select(plan);
  return selection.days.flatMap((info, index) => {
    if (steady) return [{ info, match: () => selection.at(index), columns: () => store.columns(info) }];
    const match = selection.at(index);
    if (match.count === 0) return [];
    const columns = store.columns(info);
    return [{ info, match: () => match, columns: () => columns }];
  });
}

// The day as it is now, and where in it each of the matches is.
function today(view: ArchiveView, { info, columns }: Listed, match: DayMatch) {
  const { store } = view;
  const now = store.day(info.day);
  if (now === info || now === null) {
    return { columns: columns(), refs: store.refs(info), placeOf: (index: number) => positionOf(match, index) };
  }
  const { keys } = columns();
  const current = store.columns(now);
  return {
    columns: current,
    refs: store.refs(now),
    placeOf: (index: number) => lowerBound(current.keys, keys[positionOf(match, index)]!),
  };
}
