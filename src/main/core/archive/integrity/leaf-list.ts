import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { Packer, Unpacker } from '../columns/packing.ts';
import { HASH_BYTES, merkleRoot } from './merkle.ts';
import type { Tree } from './seal.ts';

/**
 * Leaves of one day (or of what is unreadable), sorted by key and number. `ns`: 0 is the entry itself, from 1 on what came
 * later under its id. `hashes` lie one after the other.
 */
export type Leaves = { readonly keys: Float64Array; readonly ns: Uint32Array; readonly hashes: Buffer };

/**
 * What is kept of leaves beside a seal, to tell which of them differs where the root does: their keys and the first four
 * bytes of each hash. The root is the proof, this only finds the place.
 */
export type LeafMarks = { readonly keys: Float64Array; readonly ns: Uint32Array; readonly marks: Uint32Array };

/** The name of a leaf within its day: the same for the same leaf, and nothing more. */
export function leafName(key: number, n: number): string {
  return `${key}.${n}`;
}

export const NO_LEAVES: Leaves = { keys: new Float64Array(0), ns: new Uint32Array(0), hashes: Buffer.alloc(0) };
export const NO_MARKS: LeafMarks = { keys: NO_LEAVES.keys, ns: NO_LEAVES.ns, marks: new Uint32Array(0) };

export function treeOf(leaves: Leaves): Tree {
  return { count: leaves.keys.length, root: merkleRoot(leaves.hashes).toString('hex') };
}

export function marksOf({ keys, ns, hashes }: Leaves): LeafMarks {
  const marks = new Uint32Array(keys.length);
  for (let i = 0; i < marks.length; i++) marks[i] = hashes.readUInt32BE(i * HASH_BYTES);
  return { keys, ns, marks };
}

/** Those of the leaves that are chosen; all of them must be there. */
export function leavesAt(leaves: Leaves, { keys, ns }: LeafMarks): Leaves {
  let at = 0;
  const hashes = Array.from(keys, (key, i) => {
    while (leaves.keys[at] !== key || leaves.ns[at] !== ns[i]) at++;
    return leaves.hashes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES);
  });
  return { keys, ns, hashes: Buffer.concat(hashes) };
}

/** Leaves from a list in any order. */
export function leavesFrom(
  list: readonly { readonly key: number; readonly n: number; readonly hash: Uint8Array }[],
): Leaves {
  const sorted = list.toSorted((a, b) => a.key - b.key || a.n - b.n);
  return {
    keys: Float64Array.from(sorted, (one) => one.key),
    ns: Uint32Array.from(sorted, (one) => one.n),
    hashes: Buffer.concat(sorted.map((one) => one.hash)),
  };
}

/** What a seal added and removed, as it is kept beside it. */
export function encodeChange(added: LeafMarks, removed: LeafMarks): Buffer {
  const packer = new Packer();
  for (const { keys, ns, marks } of [added, removed]) {
    const high = new Uint32Array(keys.length);
    const low = new Uint32Array(keys.length);
    for (let i = 0; i < keys.length; i++) {
      high[i] = Math.floor(keys[i]! / 2 ** 32);
      low[i] = keys[i]! % 2 ** 32;
    }
    packer.numbers(high).numbers(low).numbers(ns).numbers(marks);
  }
  return zstdCompressSync(packer.finish());
}

/** Throws where the bytes are none that `encodeChange` made. */
export function decodeChange(bytes: Uint8Array): { readonly added: LeafMarks; readonly removed: LeafMarks } {
  const unpacker = new Unpacker(zstdDecompressSync(bytes));
  const next = (): LeafMarks => {
    const high = unpacker.numbers();
    const low = unpacker.numbers();
    const ns = unpacker.numbers();
    const marks = unpacker.numbers();
    if (low.length !== high.length || ns.length !== high.length || marks.length !== high.length)
      throw new RangeError('lists of different lengths');
    return { keys: Float64Array.from(high, (value, i) => value * 2 ** 32 + low[i]!), ns, marks };
  };
  return { added: next(), removed: next() };
}
