import type { Actor, EntryRow, Target } from '../../../../shared/entry.ts';
import type { ArchiveView, Place } from '../archive-view.ts';
import { lowerBound, MS_PER_DAY } from '../columns/day-columns.ts';
import type { Dictionaries, IdMask } from '../dictionary.ts';
import type { NeighbourKind } from '../reader.ts';
import { KEYS_PER_MS } from '../time-key.ts';
import { instantAt } from './matching.ts';
import { rowAt } from './rows.ts';

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
  const id = place.columns.ids[kind][place.position]!;
  if (id === 0) return [];
  const same = sameAs(dictionaries, kind, id);
  const key = place.columns.keys[place.position]!;
  const at = instantAt(place.columns, place.position);
  const found: EntryRow[] = [];
  const [firstDay, lastDay] = [Math.floor((at - spanMs) / MS_PER_DAY), Math.floor((at + spanMs) / MS_PER_DAY) + 1];
  for (const info of store.days()) {
    if (info.day < firstDay || info.day > lastDay) continue;
    const columns = store.columns(info);
    const ids = columns.ids[kind];
    for (let i = lowerBound(columns.keys, (at - spanMs) * KEYS_PER_MS); i < columns.length; i++) {
      const ts = instantAt(columns, i);
      if (ts > at + spanMs && columns.shift === null) break;
      if (same[ids[i]!] === 0 || columns.keys[i] === key || Math.abs(ts - at) > spanMs) continue;
      found.push(rowAt(dictionaries, columns, store.refs(info), i));
    }
  }
  const nearest = found.toSorted((a, b) => Math.abs(a.ts - at) - Math.abs(b.ts - at)).slice(0, limit);
  return nearest.sort((a, b) => a.key - b.key);
}

function sameAs(dictionaries: Dictionaries, kind: NeighbourKind, id: number): IdMask {
  switch (kind) {
    case 'actor': {
      const one = dictionaries.actor.tuple(id);
      return dictionaries.actor.matching((other) => one !== null && other !== null && isSameActor(one, other));
    }
    case 'target': {
      const one = dictionaries.target.tuple(id);
      return dictionaries.target.matching((other) => one !== null && other !== null && isSameTarget(one, other));
    }
    case 'address': {
      const one = dictionaries.address.tuple(id);
      return dictionaries.address.matching((other) => other === one);
    }
  }
}

// A person under a new name or with a new e-mail address is the same person as long as the id is.
function isSameActor(one: Actor, other: Actor): boolean {
  if (one.id !== null && other.id !== null) return one.id === other.id;
  if (one.email !== null && other.email !== null) return one.email === other.email;
  return one.id === other.id && one.email === other.email && one.name !== null && one.name === other.name;
}

function isSameTarget(one: Target, other: Target): boolean {
  if (one.type !== other.type) return false;
  if (one.id !== null || other.id !== null) return one.id === other.id;
  return one.name !== null && one.name === other.name;
}
