import { fold } from '../../../shared/text.ts';
import type { DictionaryName, Tuples } from '../search/compile.ts';
import { SEARCHED } from '../search/compile.ts';
import type { ReadConnection } from './sqlite.ts';
import { toSearchable } from './stored-text.ts';

/** Number of each dictionary in the file; never reused. */
export const DICTIONARIES: Readonly<Record<DictionaryName, number>> = {
  actor: 1,
  action: 2,
  target: 3,
  address: 4,
  agent: 5,
  team: 6,
};
export const DICTIONARY_NAMES = Object.keys(DICTIONARIES) as readonly DictionaryName[];

/** Distinct values of one kind, an id each, dense from 1; id 0 is "has none". Ids are for ever, so reading only appends. */
export type Dictionary<N extends DictionaryName> = {
  readonly size: number;
  tuple(id: number): Tuples[N];
  /** Ids whose tuple satisfies a test, 0 included where null does. */
  matching(test: (tuple: Tuples[N]) => boolean): number[];
  /** Ids with a searchable part that holds the (folded) needle. */
  containing(needle: string): number[];
};

export type Dictionaries = { readonly [N in DictionaryName]: Dictionary<N> } & { refresh(): void };

/** The text that stands for a tuple in the file: JSON escapes keep lone surrogates, arrays keep the order of parts. */
export function encodeTuple(name: DictionaryName, tuple: Tuples[DictionaryName]): string {
  if (typeof tuple === 'string') return JSON.stringify(tuple);
  if (tuple === null) return 'null';
  const parts: Record<string, string | null> = { ...tuple };
  return JSON.stringify(
    name === 'actor'
      ? [parts.id, parts.name, parts.email]
      : name === 'target'
        ? [parts.type, parts.id, parts.name]
        : [parts.id, parts.name],
  );
}

function decodeTuple(name: DictionaryName, text: string): Tuples[DictionaryName] {
  const value = JSON.parse(text) as string | (string | null)[];
  if (typeof value === 'string') return value;
  const [a = null, b = null, c = null] = value;
  if (name === 'actor') return { id: a, name: b, email: c };
  if (name === 'target') return { type: a, id: b, name: c };
  return { id: a, name: b };
}

/** Reads the dictionaries of an archive and keeps them; `refresh` picks up what was added since. */
export function readDictionaries(db: ReadConnection): Dictionaries {
  const select = db.prepare('SELECT id, tuple FROM term WHERE dictionary = ? AND id > ? ORDER BY id');
  const held = Object.fromEntries(DICTIONARY_NAMES.map((name) => [name, heldDictionary(name)])) as unknown as {
    [N in DictionaryName]: Held<N>;
  };
  const refresh = (): void => {
    for (const name of DICTIONARY_NAMES) {
      const dictionary = held[name];
      for (const row of select.iterate(DICTIONARIES[name], dictionary.size) as IterableIterator<{
        id: number;
        tuple: string;
      }>) {
        dictionary.append(decodeTuple(name, row.tuple) as never);
      }
    }
  };
  refresh();
  return { ...held, refresh };
}

type Held<N extends DictionaryName> = Dictionary<N> & { append(tuple: Tuples[N]): void };

function heldDictionary<N extends DictionaryName>(name: N): Held<N> {
  const none = (name === 'action' ? '' : null) as Tuples[N];
  const tuples: Tuples[N][] = [none];
  const folded: (readonly string[])[] = [[]];
  const parts = SEARCHED[name] as (tuple: Tuples[N]) => readonly (string | null)[];
  return {
    get size() {
      return tuples.length - 1;
    },
    append(tuple) {
      tuples.push(tuple);
      folded.push(parts(tuple).flatMap((part) => (part === null ? [] : [toSearchable(fold(part))])));
    },
    tuple: (id) => tuples[id] ?? none,
    matching: (test) => tuples.flatMap((tuple, id) => (test(tuple) ? [id] : [])),
    containing: (needle) => folded.flatMap((texts, id) => (texts.some((text) => text.includes(needle)) ? [id] : [])),
  };
}
