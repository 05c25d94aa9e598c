import { describeAction } from '../../../../shared/action.ts';
import type { DictionaryName } from '../../search/compile.ts';
import type { DayStore } from '../columns/day-store.ts';
import type { Narrow } from '../columns/packing.ts';
import type { Dictionaries } from '../dictionary.ts';
import type { FacetField, FacetValue } from '../reader.ts';
import type { Selection } from './selection.ts';

type Value = { readonly value: string | null; readonly label: string };

/** How a facet is read: from which column, under which filter field it is filtered, and what its values are. */
export type FacetReading = {
  readonly column: DictionaryName;
  /** Null where no filter field is about the same. */
  readonly filteredBy: string | null;
  valueOf(dictionaries: Dictionaries, id: number): Value;
};

export const FACET_READINGS: Readonly<Record<FacetField, FacetReading>> = {
  action: { column: 'action', filteredBy: 'action', valueOf: ({ action }, id) => plain(action.tuple(id) || null) },
  category: {
    column: 'action',
    filteredBy: 'category',
    valueOf: ({ action }, id) => plain(describeAction(action.tuple(id)).category),
  },
  actor: {
    column: 'actor',
    filteredBy: 'actor',
    valueOf(dictionaries, id) {
      const actor = dictionaries.actor.tuple(id);
      return {
        value: actor?.email ?? actor?.id ?? actor?.name ?? null,
        label: actor?.name ?? actor?.email ?? actor?.id ?? '',
      };
    },
  },
  team: {
    column: 'team',
    filteredBy: 'team',
    valueOf(dictionaries, id) {
      const team = dictionaries.team.tuple(id);
      return { value: team?.id ?? team?.name ?? null, label: team?.name ?? team?.id ?? '' };
    },
  },
  target: {
    column: 'target',
    filteredBy: 'target',
    valueOf(dictionaries, id) {
      const target = dictionaries.target.tuple(id);
      return { value: target?.name ?? target?.id ?? null, label: target?.name ?? target?.id ?? '' };
    },
  },
  target_type: {
    column: 'target',
    filteredBy: null,
    valueOf: ({ target }, id) => plain(target.tuple(id)?.type ?? null),
  },
  ip: { column: 'address', filteredBy: 'ip', valueOf: ({ address }, id) => plain(address.tuple(id)) },
};

/** How many selected entries have each id of a column; index is the id. */
export function countIds(selection: Selection, store: DayStore, column: DictionaryName, ids: number): Uint32Array {
  const counts = new Uint32Array(ids);
  for (const { info, match } of selection.matches()) {
    const values = store.columns(info).ids[column];
    if (match.positions === null) countRange(counts, values, match.from, match.to);
    else countListed(counts, values, match.positions);
  }
  return counts;
}

/** Every value of a facet with its count, the most frequent first, equal ones by value. */
export function facetValues(reading: FacetReading, dictionaries: Dictionaries, counts: Uint32Array): FacetValue[] {
  const byValue = new Map<string | null, FacetValue>();
  for (let id = 0; id < counts.length; id++) {
    const count = counts[id]!;
    if (count === 0) continue;
    const { value, label } = reading.valueOf(dictionaries, id);
    byValue.set(value, { value, label, count: count + (byValue.get(value)?.count ?? 0) });
  }
  return [...byValue.values()].sort((a, b) => b.count - a.count || compareText(a.value, b.value));
}

function countRange(counts: Uint32Array, values: Narrow, from: number, to: number): void {
  for (let i = from; i < to; i++) counts[values[i]!]!++;
}

function countListed(counts: Uint32Array, values: Narrow, positions: Uint32Array): void {
  for (let i = 0; i < positions.length; i++) counts[values[positions[i]!]!]!++;
}

function plain(value: string | null): Value {
  return { value, label: value ?? '' };
}

function compareText(a: string | null, b: string | null): number {
  return (a ?? '') < (b ?? '') ? -1 : (a ?? '') > (b ?? '') ? 1 : 0;
}
