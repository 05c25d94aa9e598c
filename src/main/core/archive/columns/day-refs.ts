import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { lengthsOf, Packer, startsOf, Unpacker } from './packing.ts';

/**
 * What showing an entry needs besides its columns, in the order of the day's columns: its id, as UTF-8 bytes one after the
 * other, and where its raw bytes lie (`block`, and the place in it).
 */
export type DayRefs = {
  readonly idBytes: Buffer;
  readonly idStarts: Uint32Array;
  readonly block: Uint32Array;
  readonly slot: Uint32Array;
};

/** The id of an entry as it is stored (see `toStored`). */
export function storedIdAt(refs: DayRefs, position: number): string {
  return refs.idBytes.toString('utf8', refs.idStarts[position], refs.idStarts[position + 1]);
}

export function refsFrom(ids: readonly string[], block: Uint32Array, slot: Uint32Array): DayRefs {
  const bytes = ids.map((id) => Buffer.from(id));
  return { idBytes: Buffer.concat(bytes), idStarts: startsOf(Uint32Array.from(bytes, (id) => id.length)), block, slot };
}

export function encodeRefs({ idBytes, idStarts, block, slot }: DayRefs): Buffer {
  return zstdCompressSync(
    new Packer().numbers(block).numbers(slot).numbers(lengthsOf(idStarts)).bytes(idBytes).finish(),
  );
}

export function decodeRefs(bytes: Uint8Array): DayRefs {
  const unpacker = new Unpacker(zstdDecompressSync(bytes));
  const block = unpacker.numbers();
  const slot = unpacker.numbers();
  const idStarts = startsOf(unpacker.numbers());
  const ids = unpacker.bytes();
  return { block, slot, idStarts, idBytes: Buffer.from(ids.buffer, ids.byteOffset, ids.byteLength) };
}

/** The refs of several parts of a day; `order` as for their columns. */
export function joinRefs(parts: readonly DayRefs[], order: Uint32Array | null): DayRefs {
  const [only] = parts;
  if (only !== undefined && parts.length === 1 && order === null) return only;
  const inRow = (pick: (part: DayRefs) => Uint32Array): Uint32Array => {
    const lists = parts.map(pick);
    const all = new Uint32Array(lists.reduce((sum, list) => sum + list.length, 0));
    let at = 0;
    for (const list of lists) {
      all.set(list, at);
      at += list.length;
    }
    return all;
  };
  const joined = (pick: (part: DayRefs) => Uint32Array): Uint32Array => {
    const all = inRow(pick);
    return order === null ? all : order.map((from) => all[from]!);
  };
  const idBytes = Buffer.concat(parts.map((part) => part.idBytes));
  const lengths = inRow((part) => lengthsOf(part.idStarts));
  const refs = { block: joined((part) => part.block), slot: joined((part) => part.slot) };
  if (order === null) return { ...refs, idBytes, idStarts: startsOf(lengths) };
  const starts = startsOf(lengths);
  const pieces = Array.from(order, (from) => idBytes.subarray(starts[from], starts[from + 1]));
  return { ...refs, idBytes: Buffer.concat(pieces), idStarts: startsOf(order.map((from) => lengths[from]!)) };
}
