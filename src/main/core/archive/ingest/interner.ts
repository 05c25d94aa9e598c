import type { DictionaryName, Tuples } from '../../search/compile.ts';
import { DICTIONARIES, DICTIONARY_NAMES, type Dictionaries, encodeTuple, partsOf } from '../dictionary.ts';
import type { WriteConnection } from '../sqlite.ts';

type Branch = Map<string | null, Branch | number>;

export type Interner = {
  /** The id of a tuple, a new one where it is new; 0 for null. */
  idOf<N extends DictionaryName>(name: N, tuple: Tuples[N] | null): number;
  /** Forgets what was learnt since the last transaction that held. */
  forget(): void;
};

/** Gives ids to distinct values. `dictionaries` hold what is committed; they must be up to date at each `forget`. */
export function createInterner(db: WriteConnection, dictionaries: Dictionaries): Interner {
  const insert = db.prepare('INSERT INTO term VALUES (?, ?, ?)');
  let trees: Record<DictionaryName, { root: Branch; next: number }> | null = null;
  return {
    idOf(name, tuple) {
      if (tuple === null) return 0;
      trees ??= grown(dictionaries);
      const tree = trees[name];
      const parts = partsOf(tuple);
      const branch = branchOf(tree.root, parts);
      const leaf = parts.at(-1) ?? null;
      const known = branch.get(leaf);
      if (typeof known === 'number') return known;
      const id = tree.next++;
      insert.run(DICTIONARIES[name], id, encodeTuple(tuple));
      branch.set(leaf, id);
      return id;
    },
    forget() {
      trees = null;
    },
  };
}

function grown(dictionaries: Dictionaries): Record<DictionaryName, { root: Branch; next: number }> {
  const entries = DICTIONARY_NAMES.map((name) => {
    const root: Branch = new Map();
    const { ids } = dictionaries[name];
    for (let id = 1; id < ids; id++) {
      const parts = partsOf(dictionaries[name].tuple(id));
      branchOf(root, parts).set(parts.at(-1) ?? null, id);
    }
    return [name, { root, next: ids }] as const;
  });
  return Object.fromEntries(entries) as Record<DictionaryName, { root: Branch; next: number }>;
}

// One map for each part but the last: a text of all parts would have to be made for every entry, and escaped.
function branchOf(root: Branch, parts: readonly (string | null)[]): Branch {
  let branch = root;
  for (let i = 0; i < parts.length - 1; i++) {
    const part = parts[i] ?? null;
    let next = branch.get(part) as Branch | undefined;
    if (next === undefined) {
      next = new Map();
      branch.set(part, next);
    }
    branch = next;
  }
  return branch;
}
