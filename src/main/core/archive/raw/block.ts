import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { Packer, startsOf, Unpacker } from '../columns/packing.ts';

/** Raw bytes of up to 256 entries as they arrived, compressed together: the evidence. `keys` say which entry each is. */
export type RawBlock = { readonly keys: Float64Array; readonly starts: Uint32Array; readonly bytes: Buffer };

export const MOST_ENTRIES = 256;
/** A block is closed once it holds so many bytes, so that entries of 20 kB do not make it slow to read one. */
export const ENOUGH_BYTES = 262_144;

// Entries repeat each other so much that the lowest level packs them as small as the usual one, in three quarters of its time.
const FASTEST_THAT_PACKS = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

// Nearly every block, unpacked, fits into so much: it is then written once and not put together from pieces.
const IN_ONE_PIECE = { chunkSize: 160 * 1024 };

/** `null` stands for an entry whose bytes were deleted. */
export function encodeBlock(keys: Float64Array, raws: readonly (Uint8Array | null)[]): Buffer {
  const present = raws.map((raw) => raw ?? new Uint8Array(0));
  const packer = new Packer()
    .bytes(new Uint8Array(keys.buffer, keys.byteOffset, keys.byteLength))
    .numbers(Uint32Array.from(present, (raw) => raw.length))
    .bytes(Buffer.concat(present));
  return zstdCompressSync(packer.finish(), FASTEST_THAT_PACKS);
}

export function decodeBlock(stored: Uint8Array): RawBlock {
  const unpacker = new Unpacker(zstdDecompressSync(stored, IN_ONE_PIECE));
  const keys = new Float64Array(new Uint8Array(unpacker.bytes()).buffer);
  const starts = startsOf(unpacker.numbers());
  const bytes = unpacker.bytes();
  return { keys, starts, bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) };
}

/** The raw bytes in a place of a block; a view, not a copy. Empty where they were deleted. */
export function rawAt(block: RawBlock, slot: number): Buffer {
  return block.bytes.subarray(block.starts[slot], block.starts[slot + 1]);
}
