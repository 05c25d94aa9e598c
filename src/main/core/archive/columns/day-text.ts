import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { needlesIn } from './leaf-search.ts';
import { lastNotAbove, lengthsOf, Packer, startsOf, Unpacker } from './packing.ts';

/**
 * The searchable metadata of a day's entries: each distinct leaf (a key or a value, folded) once, and for each the
 * positions of the entries that hold it. `leaves` are their UTF-8 bytes, each leaf ended by a byte that
 * UTF-8 never uses: a substring found in it lies within one leaf, in whatever script, and is exact.
 */
export type DayText = {
  readonly length: number;
  readonly leaves: Buffer;
  readonly leafStarts: Uint32Array;
  readonly holderStarts: Uint32Array;
  readonly holders: Uint16Array | Uint32Array;
};

const END = '\xff';

/** Text as its UTF-8 bytes, a character a byte: the form in which leaves are compared. */
export function byteText(text: string): string {
  return Buffer.from(text).toString('latin1');
}

/** Builds the text of a day from the leaves of each entry, in the order of the day's columns. */
export function textFrom(entries: readonly (readonly string[])[], toBytes = byteText): DayText {
  const index = new Map<string, number>();
  const leafOf: number[] = [];
  const holderOf: number[] = [];
  for (let position = 0; position < entries.length; position++) {
    for (const leaf of entries[position]!) {
      let known = index.get(leaf);
      if (known === undefined) {
        known = index.size;
        index.set(leaf, known);
      }
      leafOf.push(known);
      holderOf.push(position);
    }
  }
  return assemble(
    entries.length,
    Array.from(index.keys(), (leaf) => toBytes(leaf)),
    leafOf,
    holderOf,
  );
}

/**
 * The texts of several parts of a day, laid one behind the other to be searched; `order` as for their columns. A leaf that
 * several parts have stays there as often: to find that out would take longer than to look at it again.
 */
export function layText(parts: readonly DayText[], order: Uint32Array | null): DayText {
  const [only] = parts;
  if (only !== undefined && parts.length === 1 && order === null) return only;
  const sum = (pick: (part: DayText) => number): number => parts.reduce((all, part) => all + pick(part), 0);
  const length = sum((part) => part.length);
  const placeOf = order === null ? null : placesOf(order, length);
  const leafStarts = new Uint32Array(sum((part) => part.leafStarts.length - 1) + 1);
  const holderStarts = new Uint32Array(leafStarts.length);
  const holders = newHolders(
    length,
    sum((part) => part.holders.length),
  );
  let [entry, leaf, letter, holder] = [0, 0, 0, 0];
  for (const part of parts) {
    const own = part.leafStarts.length - 1;
    for (let i = 0; i < own; i++) {
      leafStarts[leaf + i] = letter + part.leafStarts[i]!;
      holderStarts[leaf + i] = holder + part.holderStarts[i]!;
    }
    for (let i = 0; i < part.holders.length; i++) {
      const place = entry + part.holders[i]!;
      holders[holder + i] = placeOf === null ? place : placeOf[place]!;
    }
    entry += part.length;
    leaf += own;
    letter += part.leaves.length;
    holder += part.holders.length;
  }
  leafStarts[leaf] = letter;
  holderStarts[leaf] = holder;
  return { length, leaves: Buffer.concat(parts.map((part) => part.leaves)), leafStarts, holderStarts, holders };
}

/** The texts of several parts of a day as one that can be stored; `order` as for their columns. */
export function joinText(parts: readonly DayText[], order: Uint32Array | null): DayText {
  const [only] = parts;
  if (only !== undefined && parts.length === 1 && order === null) return only;
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const placeOf = placesOf(order, length);
  const index = new Map<string, number>();
  const leafOf: number[] = [];
  const holderOf: number[] = [];
  let before = 0;
  for (const part of parts) {
    for (let leaf = 0; leaf < part.leafStarts.length - 1; leaf++) {
      const text = part.leaves.toString('latin1', part.leafStarts[leaf], part.leafStarts[leaf + 1]! - 1);
      let known = index.get(text);
      if (known === undefined) {
        known = index.size;
        index.set(text, known);
      }
      for (let i = part.holderStarts[leaf]!; i < part.holderStarts[leaf + 1]!; i++) {
        leafOf.push(known);
        holderOf.push(placeOf[before + part.holders[i]!]!);
      }
    }
    before += part.length;
  }
  return assemble(length, [...index.keys()], leafOf, holderOf);
}

/** Marks in `mask` (a byte an entry) the entries that hold the needle, folded and as UTF-8, in any leaf. */
export function markHolders(text: DayText, needle: Buffer, mask: Uint8Array): void {
  const { leafStarts, holderStarts, holders } = text;
  const places = needlesIn(text, needle);
  for (let i = 0, next = 0; i < places.length; i++) {
    // A leaf that holds it twice is marked once.
    if (places[i]! < next) continue;
    const leaf = lastNotAbove(leafStarts, places[i]!);
    next = leafStarts[leaf + 1]!;
    for (let at = holderStarts[leaf]!; at < holderStarts[leaf + 1]!; at++) mask[holders[at]!] = 1;
  }
}

/** The text of the entries at some positions. */
export function pickText(text: DayText, positions: Uint32Array): DayText {
  const leaves = leavesByEntry(text);
  // Leaves are in byte form already; they are written as they are.
  return textFrom(
    Array.from(positions, (position) => leaves[position]!),
    (leaf) => leaf,
  );
}

/** The leaves of each entry, for comparison with what they should be. */
export function leavesByEntry(text: DayText): string[][] {
  const entries = Array.from({ length: text.length }, (): string[] => []);
  for (let leaf = 0; leaf < text.leafStarts.length - 1; leaf++) {
    const value = text.leaves.toString('latin1', text.leafStarts[leaf], text.leafStarts[leaf + 1]! - 1);
    for (let i = text.holderStarts[leaf]!; i < text.holderStarts[leaf + 1]!; i++)
      entries[text.holders[i]!]!.push(value);
  }
  return entries;
}

export function encodeText(text: DayText): Buffer {
  const { length, leaves, leafStarts, holderStarts, holders } = text;
  // Distances compress better than positions: a leaf that every entry has becomes a row of ones.
  const distances = new Uint32Array(holders.length);
  for (let leaf = 0; leaf < holderStarts.length - 1; leaf++) {
    for (let i = holderStarts[leaf]!, last = 0; i < holderStarts[leaf + 1]!; i++) {
      distances[i] = holders[i]! - last;
      last = holders[i]!;
    }
  }
  const packer = new Packer()
    .numbers(Uint32Array.of(length))
    .numbers(lengthsOf(leafStarts))
    .bytes(leaves)
    .numbers(lengthsOf(holderStarts))
    .numbers(distances);
  return zstdCompressSync(packer.finish());
}

export function decodeText(bytes: Uint8Array): DayText {
  const unpacker = new Unpacker(zstdDecompressSync(bytes));
  const [length = 0] = unpacker.numbers();
  const leafStarts = startsOf(unpacker.numbers());
  // A copy: what it is a view of holds all the rest as well.
  const leaves = Buffer.from(unpacker.bytes());
  const holderStarts = startsOf(unpacker.numbers());
  const distances = unpacker.numbers();
  const holders = newHolders(length, distances.length);
  for (let leaf = 0; leaf < holderStarts.length - 1; leaf++) {
    for (let i = holderStarts[leaf]!, last = 0; i < holderStarts[leaf + 1]!; i++) {
      last += distances[i]!;
      holders[i] = last;
    }
  }
  return { length, leaves, leafStarts, holderStarts, holders };
}

/** Bytes of memory a day's text takes. */
export function sizeOfText({ leaves, leafStarts, holderStarts, holders }: DayText): number {
  return leaves.length + leafStarts.byteLength + holderStarts.byteLength + holders.byteLength;
}

// Each pair says that an entry holds a leaf; pairs of one leaf come in rising order of entries unless parts were joined.
function assemble(
  length: number,
  leaves: readonly string[],
  leafOf: readonly number[],
  holderOf: readonly number[],
): DayText {
  const counts = new Uint32Array(leaves.length);
  for (const leaf of leafOf) counts[leaf]!++;
  const holderStarts = startsOf(counts);
  const next = holderStarts.slice();
  const holders = newHolders(length, leafOf.length);
  for (let i = 0; i < leafOf.length; i++) holders[next[leafOf[i]!]!++] = holderOf[i]!;
  for (let leaf = 0; leaf < leaves.length; leaf++) {
    const own = holders.subarray(holderStarts[leaf], holderStarts[leaf + 1]);
    for (let i = 1; i < own.length; i++) {
      if (own[i - 1]! <= own[i]!) continue;
      own.sort();
      break;
    }
  }
  return {
    length,
    leaves: Buffer.from(leaves.map((leaf) => leaf + END).join(''), 'latin1'),
    leafStarts: startsOf(Uint32Array.from(leaves, (leaf) => leaf.length + 1)),
    holderStarts,
    holders,
  };
}

function newHolders(entries: number, size: number): DayText['holders'] {
  return entries > 0xffff ? new Uint32Array(size) : new Uint16Array(size);
}

// Where in the whole each entry of the parts, laid one after the other, comes to stand.
function placesOf(order: Uint32Array | null, length: number): Uint32Array {
  const placeOf = new Uint32Array(length);
  for (let i = 0; i < length; i++) placeOf[order === null ? i : order[i]!] = i;
  return placeOf;
}
