import { dayOfKey, orderOf } from '../columns/day-columns.ts';
import type { Leaves } from './leaf-list.ts';
import { HASH_BYTES, writeLeafOf } from './merkle.ts';

type Fresh = { readonly key: number; readonly raw: Uint8Array; readonly leafHash: Uint8Array | null };
/** `hashes` has room for more than there are keys. */
type FreshDay = { readonly keys: number[]; hashes: Buffer };

/** So many leaves are kept, at 40 bytes each; days beyond are read from the archive when they are sealed. */
const MOST_LEAVES = 1_500_000;
const FIRST_ROOM = 64;

/**
 * The leaves of days all of whose entries arrived since the archive was opened, so that sealing them need not read and unpack
 * what has just been written. Only a saving: what is not here is read.
 */
export class FreshLeaves {
  readonly #days = new Map<number, FreshDay>();
  readonly #deletions: () => number;
  #known: number;
  #count = 0;

  /** `deletions` counts what was deleted from the archive so far: after a deletion nothing that is remembered holds. */
  constructor(deletions: () => number) {
    this.#deletions = deletions;
    this.#known = deletions();
  }

  /** Entries were stored; `before` says how many entries of a day had been there until then. */
  add(entries: Iterable<Fresh>, before: (day: number) => number): void {
    this.#notice();
    for (const { key, raw, leafHash } of entries) {
      const day = dayOfKey(key);
      const own = this.#days.get(day) ?? this.#begin(day, before);
      if (own === null) continue;
      const at = own.keys.length * HASH_BYTES;
      if (at === own.hashes.length) own.hashes = Buffer.concat([own.hashes], 2 * at);
      if (leafHash === null) writeLeafOf(raw, own.hashes, at);
      else own.hashes.set(leafHash, at);
      own.keys.push(key);
      this.#count++;
    }
  }

  /** The leaves of a day, sorted, where all its entries are here; they are forgotten with this. Null otherwise. */
  take(day: number, entries: number): Leaves | null {
    this.#notice();
    const own = this.#days.get(day);
    if (own === undefined) return null;
    this.#days.delete(day);
    this.#count -= own.keys.length;
    return own.keys.length === entries ? sorted(own) : null;
  }

  #notice(): void {
    if (this.#deletions() === this.#known) return;
    this.#known = this.#deletions();
    this.#days.clear();
    this.#count = 0;
  }

  #begin(day: number, before: (day: number) => number): FreshDay | null {
    if (this.#count >= MOST_LEAVES || before(day) > 0) return null;
    const own = { keys: [], hashes: Buffer.allocUnsafe(FIRST_ROOM * HASH_BYTES) };
    this.#days.set(day, own);
    return own;
  }
}

function sorted({ keys, hashes }: FreshDay): Leaves {
  const ns = new Uint32Array(keys.length);
  const order = orderOf(Float64Array.from(keys));
  if (order === null)
    return { keys: Float64Array.from(keys), ns, hashes: hashes.subarray(0, keys.length * HASH_BYTES) };
  const inOrder = Buffer.allocUnsafe(keys.length * HASH_BYTES);
  const sortedKeys = new Float64Array(keys.length);
  for (let to = 0; to < order.length; to++) {
    const from = order[to]!;
    sortedKeys[to] = keys[from]!;
    // Byte by byte: a call for each costs more than its bytes.
    for (let i = 0; i < HASH_BYTES; i++) inOrder[to * HASH_BYTES + i] = hashes[from * HASH_BYTES + i]!;
  }
  return { keys: sortedKeys, ns, hashes: inOrder };
}
