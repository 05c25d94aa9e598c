import { hash } from 'node:crypto';
import { HASH_BYTES } from './merkle.ts';

/** Where a leaf stands in a tree and what proves it: RFC 6962 §2.1.1, sibling hashes from the leaf upwards. */
export type Inclusion = { readonly index: number; readonly size: number; readonly path: readonly Uint8Array[] };

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

function hashAt(level: Buffer, index: number): Buffer {
  return level.subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES);
}

function nodeHash(left: Uint8Array, right: Uint8Array): Buffer<ArrayBuffer> {
  return hash('sha256', Buffer.concat([Buffer.of(1), left, right]), 'buffer') as Buffer<ArrayBuffer>;
}
