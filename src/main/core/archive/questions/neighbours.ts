import type { EntryRow } from '../../../../shared/entry.ts';
import type { ArchiveView, Place } from '../archive-view.ts';
import { lowerBound, MS_PER_DAY } from '../columns/day-columns.ts';
import type { NeighbourKind } from '../reader.ts';
import { KEYS_PER_MS } from '../time-key.ts';
import { instantAt } from './matching.ts';
import { rowAt } from './rows.ts';

const COLUMN = { actor: 'actor', address: 'address', target: 'target' } as const;

/**
 * Other entries of the same actor, address or target within `spanMs` of an entry on either side, oldest first; the nearest
 * `limit` of them. None where the entry itself has none of it.
 */
export function neighboursOf(
  view: ArchiveView,
  place: Place,
  kind: NeighbourKind,
  spanMs: number,
  limit: number,
): EntryRow[] {
  const { store, dictionaries } = view;
  const column = COLUMN[kind];
  const id = place.columns.ids[column][place.position]!;
  if (id === 0) return [];
  const key = place.columns.keys[place.position]!;
  const at = instantAt(place.columns, place.position);
  const found: EntryRow[] = [];
  const [firstDay, lastDay] = [Math.floor((at - spanMs) / MS_PER_DAY), Math.floor((at + spanMs) / MS_PER_DAY) + 1];
  for (const info of store.days()) {
    if (info.day < firstDay || info.day > lastDay) continue;
    const columns = store.columns(info);
    const ids = columns.ids[column];
    for (let i = lowerBound(columns.keys, (at - spanMs) * KEYS_PER_MS); i < columns.length; i++) {
      const ts = instantAt(columns, i);
      if (ts > at + spanMs && columns.shift === null) break;
      if (ids[i] !== id || columns.keys[i] === key || Math.abs(ts - at) > spanMs) continue;
      found.push(rowAt(dictionaries, columns, store.refs(info), i));
    }
  }
  const nearest = found.toSorted((a, b) => Math.abs(a.ts - at) - Math.abs(b.ts - at)).slice(0, limit);
  return nearest.sort((a, b) => a.key - b.key);
}
