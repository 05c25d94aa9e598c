import { describeAction } from '../../../../shared/action.ts';
import { countryName } from '../../../../shared/country.ts';
import type { FacetField } from '../../../../shared/facet.ts';
import type { FilterField } from '../../../../shared/filter/filter.ts';
import type { DictionaryName } from '../../search/compile.ts';
import type { DayStore } from '../columns/day-store.ts';
import type { Narrow } from '../columns/packing.ts';
import type { Dictionaries } from '../dictionary.ts';
import type { FacetValue } from '../reader.ts';
import type { Selection } from './selection.ts';

type Value = { readonly value: string | null; readonly label: string };

/** How a facet is read: from which column, under which filter field it is filtered, and what its values are. */
export type FacetReading = {
  readonly column: DictionaryName;
  readonly filteredBy: FilterField;
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
    filteredBy: 'target_type',
    valueOf: ({ target }, id) => plain(target.tuple(id)?.type ?? null),
  },
  country: {
    column: 'address',
    filteredBy: 'country',
    valueOf(dictionaries, id) {
      const country = dictionaries.countryOf(id);
      return { value: country, label: country === null ? '' : countryName(country) };
    },
  },
  source: { column: 'source', filteredBy: 'source', valueOf: ({ source }, id) => plain(source.tuple(id)) },
  ip: { column: 'address', filteredBy: 'ip', valueOf: ({ address }, id) => plain(address.tuple(id)) },
};

/**
 * The distinct values of a facet: several ids may have one (a person with a new name has the old address). Made once for all
 * ids there are, and added to as the dictionary grows.
 */
export class FacetIndex {
  readonly #reading: FacetReading;
  readonly #dictionaries: Dictionaries;
  readonly #indexOf = new Map<string | null, number>();
  readonly #values: Value[] = [];
  #ofId = new Uint32Array(0);

  constructor(reading: FacetReading, dictionaries: Dictionaries) {
    this.#reading = reading;
    this.#dictionaries = dictionaries;
  }

  /**
   * The most frequent values of the selected entries, equal ones by value, and how many entries have others. `limit` may be
   * infinite.
   */
  top(selection: Selection, store: DayStore, limit: number): { values: FacetValue[]; others: number } {
    const { ids } = this.#dictionaries[this.#reading.column];
    this.#grow(ids);
    const byId = countIds(selection, store, this.#reading.column, ids);
    const counts = new Uint32Array(this.#values.length);
    let others = 0;
    for (let id = 0; id < ids; id++) {
      counts[this.#ofId[id]!]! += byId[id]!;
      others += byId[id]!;
    }
    const found: number[] = [];
    let least = 1;
    for (let index = 0; index < counts.length; index++) {
      // Most values of a long list are rarer than the rarest that is wanted, and need no further look.
      if (counts[index]! < least) continue;
      found.push(index);
      if (found.length < 4 * limit) continue;
      this.#sort(found, counts).length = limit;
      least = counts[found.at(-1)!]!;
    }
    const values = this.#sort(found, counts)
      .slice(0, limit)
      .map((index) => ({ ...this.#values[index]!, count: counts[index]! }));
    for (const { count } of values) others -= count;
    return { values, others };
  }

  #sort(found: number[], counts: Uint32Array): number[] {
    return found.sort((a, b) => counts[b]! - counts[a]! || compareText(this.#values[a]!.value, this.#values[b]!.value));
  }

  #grow(ids: number): void {
    const before = this.#ofId;
    if (before.length === ids) return;
    this.#ofId = new Uint32Array(ids);
    this.#ofId.set(before);
    for (let id = before.length; id < ids; id++) {
      const read = this.#reading.valueOf(this.#dictionaries, id);
      let index = this.#indexOf.get(read.value);
      if (index === undefined) {
        index = this.#values.push(read) - 1;
        this.#indexOf.set(read.value, index);
      }
      this.#ofId[id] = index;
    }
  }
}

// Actions and categories are counted over one column, and a screen asks for both.
const counted = new WeakMap<Selection, Map<DictionaryName, Uint32Array>>();

/** How many selected entries have each id of a column; index is the id. */
function countIds(selection: Selection, store: DayStore, column: DictionaryName, ids: number): Uint32Array {
  const ofSelection = counted.get(selection) ?? new Map<DictionaryName, Uint32Array>();
  const known = ofSelection.get(column);
  if (known !== undefined) return known;
  const counts = new Uint32Array(ids);
  for (const { info, match } of selection.matches()) {
    const values = store.columns(info).ids[column];
    if (match.positions === null) countRange(counts, values, match.from, match.to);
    else countListed(counts, values, match.positions);
  }
  counted.set(selection, ofSelection.set(column, counts));
  return counts;
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
