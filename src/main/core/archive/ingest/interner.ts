import type { Tuples } from '../../search/compile.ts';
import {
  DICTIONARIES,
  DICTIONARY_NAMES,
  type Dictionaries,
  encodeTuple,
  partsOf,
  type TermName,
} from '../dictionary.ts';
import type { WriteConnection } from '../sqlite.ts';

export type Interner = {
  /** The id of a tuple, a new one where it is new; 0 for null. */
  idOf<N extends TermName>(name: N, tuple: Tuples[N] | null): number;
  /** Forgets what was learnt since the last transaction that held. */
  forget(): void;
};

type Parts = readonly (string | null)[];

/** Ids of tuples that share their most telling part: one nearly always. */
type Table = { readonly ids: Map<string, Shared>; readonly tuples: Parts[]; readonly idAt: number };
type Shared = number | Map<string, number>;

/** Gives ids to distinct values. `dictionaries` hold what is committed; they must be up to date at each `forget`. */
export function createInterner(db: WriteConnection, dictionaries: Dictionaries): Interner {
  const insert = db.prepare('INSERT INTO term VALUES (?, ?, ?)');
  let tables: Record<TermName, Table> | null = null;
  return {
    idOf(name, tuple) {
      if (tuple === null) return 0;
      tables ??= tablesOf(dictionaries);
      const table = tables[name];
      const parts = partsOf(tuple);
      const known = find(table, parts);
      if (known !== undefined) return known;
      const id = table.tuples.length;
      insert.run(DICTIONARIES[name], id, encodeTuple(tuple));
      add(table, parts, id);
      return id;
    },
    forget() {
      tables = null;
    },
  };
}

function tablesOf(dictionaries: Dictionaries): Record<TermName, Table> {
  const entries = DICTIONARY_NAMES.map((name) => {
    const table: Table = { ids: new Map(), tuples: [[]], idAt: name === 'target' ? 1 : 0 };
    for (let id = 1; id < dictionaries[name].ids; id++) add(table, partsOf(dictionaries[name].tuple(id)), id);
    return [name, table] as const;
  });
  return Object.fromEntries(entries) as Record<TermName, Table>;
}

// One look-up by one part, and a comparison of the others: a text of all parts would have to be made, and hashed, for every
// entry that arrives.
function find({ ids, tuples, idAt }: Table, parts: Parts): number | undefined {
  const shared = ids.get(tellingPart(parts, idAt));
  if (shared === undefined) return undefined;
  if (typeof shared === 'number') return isSame(tuples[shared]!, parts) ? shared : undefined;
  return shared.get(JSON.stringify(parts));
}

function add({ ids, tuples, idAt }: Table, parts: Parts, id: number): void {
  tuples[id] = parts;
  const telling = tellingPart(parts, idAt);
  const shared = ids.get(telling);
  if (shared === undefined) ids.set(telling, id);
  else if (typeof shared === 'number') {
    ids.set(
      telling,
      new Map([
        [JSON.stringify(tuples[shared]), shared],
        [JSON.stringify(parts), id],
      ]),
    );
  } else shared.set(JSON.stringify(parts), id);
}

// Ids stand first in an actor and a team, second in a target; where one is missing, the last part tells most.
function tellingPart(parts: Parts, idAt: number): string {
  return parts[idAt] ?? parts.at(-1) ?? parts.at(-2) ?? parts[0] ?? '';
}

function isSame(a: Parts, b: Parts): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
