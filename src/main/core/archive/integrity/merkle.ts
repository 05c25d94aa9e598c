import { hash } from 'node:crypto';

// The Merkle tree of RFC 6962 §2.1 over SHA-256: a leaf is hashed behind a byte 0, a node behind a byte 1, so that neither
// can be taken for the other.

/** Length of a hash in bytes. */
export const HASH_BYTES = 32;

const NODE = Buffer.alloc(1 + 2 * HASH_BYTES, 1);
let leafInput = Buffer.alloc(64 * 1024);

/** The leaf hash of raw bytes as received. */
export function leafHash(raw: Uint8Array): Buffer {
  const out = Buffer.allocUnsafe(HASH_BYTES);
  writeLeafOf(raw, out, 0);
  return out;
}

/** The root over leaf hashes that lie one after the other; of none, the hash of nothing. */
export function merkleRoot(leaves: Uint8Array): Buffer {
  if (leaves.length === 0) return hash('sha256', '', 'buffer');
  const level = Buffer.from(leaves);
  // Pairs from the left, an odd one carried up as it is: the same tree as splitting at the largest power of two.
  let count = leaves.length / HASH_BYTES;
  while (count > 1) {
    for (let i = 0; i + 1 < count; i += 2) {
      level.copy(NODE, 1, i * HASH_BYTES, (i + 2) * HASH_BYTES);
      digestTo(NODE, level, (i / 2) * HASH_BYTES);
    }
    if (count % 2 === 1) level.copyWithin((count >>> 1) * HASH_BYTES, (count - 1) * HASH_BYTES, count * HASH_BYTES);
    count = (count + 1) >>> 1;
  }
  return Buffer.from(level.subarray(0, HASH_BYTES));
}

/** Writes the leaf hash of raw bytes to a place among others. */
export function writeLeafOf(raw: Uint8Array, to: Buffer, at: number): void {
  const length = makeRoom(raw.length);
  leafInput.set(raw, 1);
  digestTo(leafInput.subarray(0, length), to, at);
}

/** Writes the leaf hash of the raw bytes that lie from `start` to `end` to a place among others. */
export function writeLeaf(bytes: Buffer, start: number, end: number, to: Buffer, at: number): void {
  const length = makeRoom(end - start);
  bytes.copy(leafInput, 1, start, end);
  digestTo(leafInput.subarray(0, length), to, at);
}

/** Length of what is hashed for a leaf of so many bytes. */
function makeRoom(bytes: number): number {
  if (leafInput.length <= bytes) leafInput = Buffer.alloc(2 * (bytes + 1));
  return bytes + 1;
}

// As text of one byte a character: half the time a buffer of its own takes.
function digestTo(input: Uint8Array, to: Buffer, at: number): void {
  to.write(hash('sha256', input, 'binary'), at, HASH_BYTES, 'latin1');
}
