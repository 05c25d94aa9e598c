import { KEYS_PER_DAY } from '../columns/day-columns.ts';
import type { ReadConnection } from '../sqlite.ts';
import { listOf } from './change.ts';
import type { Tombs } from './lawful.ts';
import { type LeafMarks, type Leaves, leafName, leavesFrom } from './leaf-list.ts';
import { HASH_BYTES } from './merkle.ts';

export type Leaf = { readonly key: number; readonly n: number; readonly hash: Uint8Array };
export type LeafMap = Map<string, Leaf>;

export function mapOf({ keys, ns, hashes }: Leaves): LeafMap {
  const leaves: LeafMap = new Map();
  for (let i = 0; i < keys.length; i++) {
    const hash = hashes.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES);
    leaves.set(leafName(keys[i]!, ns[i]!), { key: keys[i]!, n: ns[i]!, hash });
  }
  return leaves;
}

/** Returns what gives the leaves of a day that were deleted after a deletion. */
export function createBuriedIn(db: ReadConnection, after: number): (day: number) => readonly Leaf[] {
  const entries = db.prepare(
    'SELECT key, 0 AS n, leaf AS hash FROM tombstone WHERE key >= ? AND key < ? AND deletion > ?',
  );
  const versions = db.prepare(
    'SELECT key, n, leaf AS hash FROM version_tombstone WHERE key >= ? AND key < ? AND deletion > ?',
  );
  return (day) => {
    const range = [day * KEYS_PER_DAY, (day + 1) * KEYS_PER_DAY, after];
    return [...(entries.all(range) as Leaf[]), ...(versions.all(range) as Leaf[])];
  };
}

/**
 * The leaves as they were when a day was last sealed: without what has lawfully been added since, and with what has lawfully
 * been deleted since.
 */
export function stateWhenSealed(
  there: Leaves,
  sealed: LeafMarks,
  noted: ReadonlySet<string>,
  buried: readonly Leaf[],
): { readonly state: Leaves; readonly unsealed: number } {
  if (noted.size === 0 && buried.length === 0) return { state: there, unsealed: 0 };
  const names = new Set(listOf(sealed).map(({ key, n }) => leafName(key, n)));
  const leaves = mapOf(there);
  const graves = new Map(buried.map((leaf) => [leafName(leaf.key, leaf.n), leaf]));
  let unsealed = 0;
  for (const name of noted) {
    // The key of an entry that was deleted may have been given to another since.
    if ((!names.has(name) || graves.has(name)) && leaves.delete(name)) unsealed++;
  }
  for (const [name, leaf] of graves) if (names.has(name) && !leaves.has(name)) leaves.set(name, leaf);
  return { state: leavesFrom([...leaves.values()]), unsealed };
}

/** Takes back what a seal did. Null where a deleted leaf is not to be had any more. */
export function undoChange(
  state: LeafMap,
  { added, removed }: { readonly added: LeafMarks; readonly removed: LeafMarks },
  tombs: Tombs,
): LeafMap | null {
  const before = new Map(state);
  for (const { key, n } of listOf(added)) before.delete(leafName(key, n));
  for (const { key, n, mark } of listOf(removed)) {
    const hash = tombs.leaf(key, n).find((leaf) => Buffer.from(leaf).readUInt32BE(0) === mark);
    if (hash === undefined) return null;
    before.set(leafName(key, n), { key, n, hash });
  }
  return before;
}
