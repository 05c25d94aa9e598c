import { constants, deflateRawSync } from 'node:zlib';

/** A file that is given in parts and is never held whole. */
export type Deflater = {
  add(part: Uint8Array): void;
  /** Everything that was added, as one zlib stream (RFC 1950). */
  finish(): Uint8Array;
};

const HEADER = Uint8Array.of(0x78, 0x9c);
const ADLER = 65_521;
// So many bytes can be added before the sums leave 32 bits (RFC 1950, 9).
const LARGEST_RUN = 3_800;

/**
 * Deflates part by part: each is compressed by itself and ends at a byte, so that what they make together is one deflate
 * stream. Parts of half a megabyte and more lose nothing to speak of.
 */
export function deflater(): Deflater {
  const parts: Uint8Array[] = [HEADER];
  let [low, high] = [1, 0];
  return {
    add(part) {
      parts.push(deflateRawSync(part, { finishFlush: constants.Z_SYNC_FLUSH }));
      for (let at = 0; at < part.length; ) {
        const end = Math.min(part.length, at + LARGEST_RUN);
        for (; at < end; at += 1) {
          low += part[at] as number;
          high += low;
        }
        low %= ADLER;
        high %= ADLER;
      }
    },
    finish() {
      const sum = Buffer.alloc(4);
      sum.writeUInt32BE(high * 65_536 + low);
      return Buffer.concat([...parts, deflateRawSync(Buffer.alloc(0)), sum]);
    },
  };
}
