import { type LeafMarks, type Leaves, leafName, marksOf } from './leaf-list.ts';

type Leaf = { readonly key: number; readonly n: number; readonly mark: number };
type Change = { readonly added: LeafMarks; readonly removed: LeafMarks };

/** How what is there differs from what was sealed: by key and number, each sorted. */
export type Difference = {
  /** There and not sealed. */
  readonly added: readonly Leaf[];
  /** Sealed and not there. */
  readonly removed: readonly Leaf[];
  /** There under the same key, with other bytes; the mark is that of the bytes that were sealed. */
  readonly altered: readonly Leaf[];
};

/** The leaves a day had after its seals, by what each of them added and removed. */
export function sealedMarks(changes: readonly Change[]): LeafMarks {
  const [first] = changes;
  if (first !== undefined && changes.length === 1) return first.added;
  const leaves = new Map<string, Leaf>();
  for (const { added, removed } of changes) {
    for (const leaf of listOf(removed)) leaves.delete(leafName(leaf.key, leaf.n));
    for (const leaf of listOf(added)) leaves.set(leafName(leaf.key, leaf.n), leaf);
  }
  return marksFrom([...leaves.values()]);
}

export function differenceOf(sealed: LeafMarks, there: Leaves): Difference {
  const marks = marksOf(there);
  if (isSame(sealed, marks)) return { added: [], removed: [], altered: [] };
  const now = new Map(listOf(marks).map((leaf) => [leafName(leaf.key, leaf.n), leaf]));
  const removed: Leaf[] = [];
  const altered: Leaf[] = [];
  for (const leaf of listOf(sealed)) {
    const name = leafName(leaf.key, leaf.n);
    const found = now.get(name);
    if (found === undefined) removed.push(leaf);
    else if (found.mark !== leaf.mark) altered.push(leaf);
    now.delete(name);
  }
  return { added: [...now.values()], removed, altered };
}

export function isNoDifference({ added, removed, altered }: Difference): boolean {
  return added.length + removed.length + altered.length === 0;
}

export function listOf({ keys, ns, marks }: LeafMarks): Leaf[] {
  return Array.from(keys, (key, i) => ({ key, n: ns[i]!, mark: marks[i]! }));
}

export function marksFrom(leaves: readonly Leaf[]): LeafMarks {
  const sorted = leaves.toSorted((a, b) => a.key - b.key || a.n - b.n);
  return {
    keys: Float64Array.from(sorted, (leaf) => leaf.key),
    ns: Uint32Array.from(sorted, (leaf) => leaf.n),
    marks: Uint32Array.from(sorted, (leaf) => leaf.mark),
  };
}

function isSame(a: LeafMarks, b: LeafMarks): boolean {
  if (a.keys.length !== b.keys.length) return false;
  for (let i = 0; i < a.keys.length; i++) {
    if (a.keys[i] !== b.keys[i] || a.ns[i] !== b.ns[i] || a.marks[i] !== b.marks[i]) return false;
  }
  return true;
}
