import { hash } from 'node:crypto';
import { HASH_BYTES } from './merkle.ts';

/** Where a leaf stands in a tree and what proves it: RFC 6962 §2.1.1, sibling hashes from the leaf upwards. */
export type Inclusion = { readonly index: number; readonly size: number; readonly path: readonly Uint8Array[] };

type HashNode = (left: Uint8Array, right: Uint8Array) => Buffer;

/** Returns what proves single leaves of one tree; `leaves` are the leaf hashes, one after the other. */
export function createProver(leaves: Buffer): (index: number) => Inclusion {
  const size = leaves.length / HASH_BYTES;
  const levels: Buffer[] = [leaves];
  for (let count = size; count > 1; count = (count + 1) >>> 1) {
    const below = levels.at(-1)!;
    const level = Buffer.allocUnsafe(((count + 1) >>> 1) * HASH_BYTES);
    for (let i = 0; i + 1 < count; i += 2) {
      nodeHash(hashAt(below, i), hashAt(below, i + 1)).copy(level, (i / 2) * HASH_BYTES);
    }
    // An odd one is carried up as it is.
    if (count % 2 === 1) hashAt(below, count - 1).copy(level, (count >>> 1) * HASH_BYTES);
    levels.push(level);
  }
  return (index) => {
    const path: Uint8Array[] = [];
    let at = index;
    for (const level of levels.slice(0, -1)) {
      const beside = at ^ 1;
      if (beside * HASH_BYTES < level.length) path.push(hashAt(level, beside));
      at >>>= 1;
    }
    return { index, size, path };
  };
}

/** The root that a leaf and its proof lead to (RFC 9162 §2.1.3.2); null where the proof is none for a tree of that size. */
export function rootOf(
  leaf: Uint8Array,
  { index, size, path }: Inclusion,
  hashNode: HashNode = nodeHash,
): Buffer | null {
  if (index >= size) return null;
  let at = index;
  let last = size - 1;
  let root: Buffer = Buffer.from(leaf);
  for (const beside of path) {
    if (last === 0) return null;
    if (at % 2 === 1 || at === last) {
      root = hashNode(beside, root);
      // Carried up as an odd one as often as it takes until it stands on the right.
      while (at % 2 === 0 && at !== 0) {
        at = Math.floor(at / 2);
        last = Math.floor(last / 2);
      }
    } else {
      root = hashNode(root, beside);
    }
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 ? root : null;
}

/** Hashes nodes, each once: the proofs of one tree share most of theirs. */
export function createNodeMemory(): HashNode {
  const known = new Map<string, Buffer>();
  return (left, right) => {
    const name = Buffer.concat([left, right]).toString('latin1');
    let node = known.get(name);
    if (node === undefined) {
      node = nodeHash(left, right);
      known.set(name, node);
    }
    return node;
  };
}

/** Hashes that lie one after the other. */
export function hashesIn(bytes: Buffer): readonly Buffer[] {
  return Array.from({ length: bytes.length / HASH_BYTES }, (_none, i) => hashAt(bytes, i));
}

function hashAt(level: Buffer, index: number): Buffer {
  return level.subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES);
}

function nodeHash(left: Uint8Array, right: Uint8Array): Buffer<ArrayBuffer> {
  return hash('sha256', Buffer.concat([Buffer.of(1), left, right]), 'buffer') as Buffer<ArrayBuffer>;
}
