import type { IntegrityProblem } from '../../../../shared/integrity.ts';
import { type Difference, differenceOf, isNoDifference, sealedMarks } from './change.ts';
import type { Tombs } from './lawful.ts';
import { type LeafMarks, type Leaves, leafName, leavesFrom, marksOf, treeOf } from './leaf-list.ts';
import { listHash } from './seal.ts';
import type { SealStore, StoredSeal } from './seal-store.ts';
import { type Leaf, type LeafMap, mapOf, stateWhenSealed, undoChange } from './sealed-state.ts';

/** A tree of leaves and what is known of it: a day, or what nobody could read. */
export type SealedTree = {
  readonly day: string | null;
  readonly seals: readonly StoredSeal[];
  readonly there: Leaves;
  readonly noted: ReadonlySet<string>;
  /** What was deleted and is not accounted for by a seal yet. */
  readonly buried: readonly Leaf[];
};

export type TreeTools = {
  readonly store: SealStore;
  readonly tombs: Tombs;
  /** The id of an entry, as far as it can be told. */
  idAt(key: number): string | null;
  add(problem: IntegrityProblem): void;
};

type Change = ReturnType<SealStore['change']>;

/**
 * Compares what is there with what was sealed, and every earlier seal with what it must have been. Returns the keys of the
 * entries it named, and how many leaves are there that are not sealed yet.
 */
export function checkTree(
  { day, seals, there, noted, buried }: SealedTree,
  tools: TreeTools,
): { readonly named: ReadonlySet<number>; readonly unsealed: number } {
  const named = new Set<number>();
  const newest = seals.at(-1)?.content;
  if (newest === undefined || newest === null) return { named, unsealed: there.keys.length };
  const changes = changesOf(seals, day, tools);
  const sealed = changes === null ? marksOf(there) : sealedMarks(changes);
  const { state, unsealed } = stateWhenSealed(there, sealed, noted, buried);
  const difference = differenceOf(sealed, state);
  const tree = treeOf(state);
  if (!isNoDifference(difference) || tree.root !== newest.tree.root || tree.count !== newest.tree.count) {
    reportDifference(difference, state, day, tools, named);
  } else if (changes !== null && seals.length > 1) {
    checkHistory(seals, changes, state, day, tools);
  }
  return { named, unsealed };
}

// Null where the list beside a seal is not the one it was made with: the root still proves, and nothing tells the place.
function changesOf(seals: readonly StoredSeal[], day: string | null, tools: TreeTools): readonly Change[] | null {
  const other = seals.find(({ seq, content }) => content?.list !== listHash(tools.store.list(seq)));
  if (other === undefined) return seals.map(({ seq }) => tools.store.change(seq));
  const message = `The list of leaves beside seal ${other.seq} of ${nameOf(day)} is not the one it was made with.`;
  tools.add({ what: 'altered', part: 'seal', day, entry: null, message });
  return null;
}

function reportDifference(
  difference: Difference,
  state: Leaves,
  day: string | null,
  tools: TreeTools,
  named: Set<number>,
): void {
  const { added, removed, altered } = difference;
  const say = (what: IntegrityProblem['what'], key: number, n: number, sentence: (one: string) => string): void => {
    named.add(key);
    const entry = day === null ? null : tools.idAt(key);
    const one =
      day === null
        ? 'Something that could not be read'
        : `${n === 0 ? 'The entry' : `The later version ${n} of the entry`} ${entry ?? `with the key ${key}`} of ${day}`;
    tools.add({ what, part: 'entry', day, entry, message: sentence(one) });
  };
  // The same bytes under another key: put in another place.
  const elsewhere = placesOf(marksOf(state), [...added, ...altered]);
  const moved = new Set<number>();
  for (const { key, n, mark } of [...removed, ...altered]) {
    const to = elsewhere.get(mark);
    if (to !== undefined) moved.add(to);
    if (to !== undefined) say('reordered', key, n, (one) => `${one} does not stand where it was sealed.`);
    else if (removed.some((leaf) => leaf.key === key && leaf.n === n))
      say('missing', key, n, (one) => `${one} was sealed and is missing.`);
    else say('altered', key, n, (one) => `${one} is not as it was sealed: its bytes have been altered.`);
  }
  for (const { key, n } of added) {
    if (!moved.has(key))
      say('added', key, n, (one) => `${one} was put in after the day was sealed, and not by Logbook.`);
  }
  if (named.size > 0) return;
  const message = `What there is of ${nameOf(day)} is not what was sealed.`;
  tools.add({ what: 'altered', part: 'entry', day, entry: null, message });
}

function placesOf({ keys, ns, marks }: LeafMarks, among: readonly { key: number; n: number }[]): Map<number, number> {
  const wanted = new Set(among.map(({ key, n }) => leafName(key, n)));
  const places = new Map<number, number>();
  for (let i = 0; i < keys.length; i++) if (wanted.has(leafName(keys[i]!, ns[i]!))) places.set(marks[i]!, keys[i]!);
  return places;
}

// From the newest seal backwards: what each added is taken away, and what it removed put back by its tombstones.
function checkHistory(
  seals: readonly StoredSeal[],
  changes: readonly Change[],
  newest: Leaves,
  day: string | null,
  tools: TreeTools,
): void {
  let state: LeafMap | null = mapOf(newest);
  for (let i = seals.length - 1; i >= 0; i--) {
    const { seq, content } = seals[i]!;
    const tree = treeOf(leavesFrom([...state.values()]));
    if (content === null) return;
    if (tree.root !== content.tree.root || tree.count !== content.tree.count) {
      const message = `Seal ${seq} of ${nameOf(day)} does not agree with what the seals after it added and removed.`;
      tools.add({ what: 'altered', part: 'deletion', day, entry: null, message });
      return;
    }
    state = undoChange(state, changes[i]!, tools.tombs);
    if (state === null) {
      const message = `What seal ${seq} of ${nameOf(day)} took away as deleted left no tombstone that fits.`;
      tools.add({ what: 'missing', part: 'deletion', day, entry: null, message });
      return;
    }
  }
}

function nameOf(day: string | null): string {
  return day ?? 'what could not be read';
}
