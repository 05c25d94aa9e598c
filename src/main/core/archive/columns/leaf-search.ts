import type { DayText } from './day-text.ts';

/** Where a needle lies in the leaves of a day, in rising order. */
type Searched = { readonly needle: Buffer; readonly places: Uint32Array };

// What was found last, a few needles a day: words are typed letter by letter, and where a word stands each part of it stands,
// so that only the places of the part are looked at again. Short parts have too many places to be worth keeping.
const searched = new WeakMap<DayText, readonly Searched[]>();
const NEEDLES = 4;
const MOST_OF_LEAVES = 1 / 8;

/** The places in `leaves` at which a needle (folded, UTF-8, not empty) begins, in rising order. */
export function needlesIn(text: DayText, needle: Buffer): Uint32Array {
  const before = searched.get(text) ?? [];
  const known = before.find((one) => needle.includes(one.needle));
  if (known !== undefined && known.needle.length === needle.length) return known.places;
  const places = known === undefined ? scan(text.leaves, needle) : among(text.leaves, needle, known);
  if (places.length <= MOST_OF_LEAVES * (text.leafStarts.length - 1)) {
    searched.set(text, [{ needle, places }, ...before].slice(0, NEEDLES));
  }
  return places;
}

function scan(leaves: Buffer, needle: Buffer): Uint32Array {
  const found: number[] = [];
  for (let at = leaves.indexOf(needle); at >= 0; at = leaves.indexOf(needle, at + 1)) found.push(at);
  return Uint32Array.from(found);
}

// The byte that ends a leaf is in no needle: what fits lies within one.
function among(leaves: Buffer, needle: Buffer, { needle: part, places }: Searched): Uint32Array {
  const shift = needle.indexOf(part);
  const found: number[] = [];
  for (let i = 0; i < places.length; i++) {
    const from = places[i]! - shift;
    if (from >= 0 && isAt(leaves, needle, from)) found.push(from);
  }
  return Uint32Array.from(found);
}

function isAt(leaves: Buffer, needle: Buffer, from: number): boolean {
  for (let i = 0; i < needle.length; i++) if (leaves[from + i] !== needle[i]) return false;
  return true;
}
