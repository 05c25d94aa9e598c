import type { Country } from '../../../shared/country.ts';
import { countryOfAddress } from '../../../shared/country.ts';
import { fold } from '../../../shared/text.ts';
import type { Places } from '../geo/places.ts';
import type { DictionaryName, Tuples } from '../search/compile.ts';
import { SEARCHED } from '../search/compile.ts';
import type { ReadConnection } from './sqlite.ts';
import { toSearchable } from './stored-text.ts';

/** Dictionaries of what entries hold. Sources are a table of their own: they are about entries and not of them. */
export type TermName = Exclude<DictionaryName, 'source'>;

/** Number of each dictionary in the file; never reused. */
export const DICTIONARIES: Readonly<Record<TermName, number>> = {
  actor: 1,
  action: 2,
  target: 3,
  address: 4,
  agent: 5,
  team: 6,
};
export const DICTIONARY_NAMES = Object.keys(DICTIONARIES) as readonly TermName[];

/** A set of ids: a byte an id, 1 where it is in the set. */
export type IdMask = Uint8Array;

/** Distinct values of one kind, an id each, dense from 1; id 0 is "has none". Ids are for ever, so reading only appends. */
export type Dictionary<N extends DictionaryName> = {
  /** How many ids there are, 0 included. */
  readonly ids: number;
  tuple(id: number): Tuples[N];
  /** Ids whose tuple satisfies a test, 0 included where null does. */
  matching(test: (tuple: Tuples[N]) => boolean): IdMask;
  /** Ids with a searchable part that holds the (folded, searchable) needle; null where there are none. */
  containing(needle: string): IdMask | null;
};

export type Dictionaries = { readonly [N in DictionaryName]: Dictionary<N> } & {
  /** Where an address is, looked up once an address; null for none. */
  countryOf(address: number): Country | null;
  /** Takes note of what was added since. */
  refresh(): void;
  /** Forgets everything, because something was deleted. */
  reset(): void;
};

/** The text that stands for a tuple in the file: JSON escapes keep lone surrogates, arrays keep the order of parts. */
export function encodeTuple(tuple: Tuples[DictionaryName]): string {
  if (typeof tuple === 'string' || tuple === null) return JSON.stringify(tuple);
  return JSON.stringify(partsOf(tuple));
}

/** The parts of a tuple in the order in which they are kept. */
export function partsOf(tuple: Tuples[DictionaryName]): readonly (string | null)[] {
  if (typeof tuple === 'string' || tuple === null) return [tuple];
  if ('email' in tuple) return [tuple.id, tuple.name, tuple.email];
  if ('type' in tuple) return [tuple.type, tuple.id, tuple.name];
  return [tuple.id, tuple.name];
}

function decodeTuple(name: TermName, text: string): Tuples[DictionaryName] {
  const value = JSON.parse(text) as string | (string | null)[];
  if (typeof value === 'string') return value;
  const [a = null, b = null, c = null] = value;
  if (name === 'actor') return { id: a, name: b, email: c };
  if (name === 'target') return { type: a, id: b, name: c };
  return { id: a, name: b };
}

/** The dictionaries of an archive, read when they are refreshed and kept. `places` are asked for when first needed. */
export function readDictionaries(db: ReadConnection, places: () => Places): Dictionaries {
  const select = db.prepare('SELECT id, tuple FROM term WHERE dictionary = ? AND id >= ? ORDER BY id');
  const selectSources = db.prepare('SELECT id, detail FROM source WHERE id >= ? ORDER BY id');
  const held = Object.fromEntries(
    [...DICTIONARY_NAMES, 'source' as const].map((name) => [name, heldDictionary(name)]),
  ) as unknown as {
    [N in DictionaryName]: Held<N>;
  };
  const known: (Country | null)[] = [];
  const refresh = (): void => {
    for (const name of DICTIONARY_NAMES) {
      const dictionary = held[name];
      const added = select.all(DICTIONARIES[name], dictionary.ids) as { id: number; tuple: string }[];
      for (const { tuple } of added) dictionary.append(decodeTuple(name, tuple) as never);
    }
    const sources = selectSources.all(held.source.ids) as { id: number; detail: string }[];
    for (const { detail } of sources) held.source.append(detail);
  };
  const reset = (): void => {
    for (const name of DICTIONARY_NAMES) held[name].clear();
    held.source.clear();
    known.length = 0;
  };
  const countryOf = (id: number): Country | null => {
    const found = known[id];
    if (found !== undefined) return found;
    const address = held.address.tuple(id);
    known[id] = address === null ? null : countryOfAddress(address, places().of(address).country);
    return known[id];
  };
  return { ...held, countryOf, refresh, reset };
}

type Held<N extends DictionaryName> = Dictionary<N> & { append(tuple: Tuples[N]): void; clear(): void };

function heldDictionary<N extends DictionaryName>(name: N): Held<N> {
  const none = (name === 'action' ? '' : null) as Tuples[N];
  const tuples: Tuples[N][] = [none];
  // Folding waits until somebody searches: it takes longer than reading the dictionary.
  const folded: (readonly string[])[] = [];
  const parts = SEARCHED[name] as (tuple: Tuples[N]) => readonly (string | null)[];
  const searchable = (id: number): readonly string[] => {
    folded[id] ??= parts(tuples[id] ?? none).flatMap((part) => (part === null ? [] : [toSearchable(fold(part))]));
    return folded[id];
  };
  return {
    get ids() {
      return tuples.length;
    },
    append(tuple) {
      tuples.push(tuple);
    },
    clear() {
      tuples.length = 1;
      folded.length = 0;
    },
    tuple: (id) => tuples[id] ?? none,
    matching(test) {
      const mask = new Uint8Array(tuples.length);
      for (let id = 0; id < tuples.length; id++) if (test(tuples[id]!)) mask[id] = 1;
      return mask;
    },
    containing(needle) {
      let mask: IdMask | null = null;
      for (let id = 0; id < tuples.length; id++) {
        if (!searchable(id).some((text) => text.includes(needle))) continue;
        mask ??= new Uint8Array(tuples.length);
        mask[id] = 1;
      }
      return mask;
    },
  };
}
