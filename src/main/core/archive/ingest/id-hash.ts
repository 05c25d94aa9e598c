// Ids are looked up by a hash of 53 bits, and compared in full where one is found: a collision costs time, never an entry.

const FIRST = 0xdeadbeef;
const SECOND = 0x41c6ce57;

/** Hash of an id given as UTF-8 bytes; a positive safe integer. Source: MurmurHash2's constants and mixing, twice, in 32 bits. */
export function hashBytes(bytes: Uint8Array, from: number, to: number): number {
  let a = FIRST;
  let b = SECOND;
  for (let i = from; i < to; i++) {
    a = Math.imul(a ^ bytes[i]!, 2654435761);
    b = Math.imul(b ^ bytes[i]!, 1597334677);
  }
  return finish(a, b);
}

/** The same for text. */
export function hashText(text: string): number {
  let a = FIRST;
  let b = SECOND;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 0x7f) {
      const bytes = Buffer.from(text);
      return hashBytes(bytes, 0, bytes.length);
    }
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  return finish(a, b);
}

function finish(first: number, second: number): number {
  let a = Math.imul(first ^ (first >>> 16), 2246822507) ^ Math.imul(second ^ (second >>> 13), 3266489909);
  let b = Math.imul(second ^ (second >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  a >>>= 0;
  b >>>= 0;
  // Never 0: that marks an empty place.
  return 4294967296 * (a & 0x1fffff) + b + 1;
}
