const HALF = 0xffffff;
const ROUNDS = 4;

/**
 * Ids that cannot collide: a keyed permutation of 48 bits (a Feistel network, Luby and Rackoff 1988) over place and
 * sequence. Uniqueness needs no memory of ids already given, which is what lets days be made in any order.
 */
export function entryIds(seed: number): (place: number, sequence: number) => string {
  const key = Math.imul(seed | 0, 0x9e3779b1) ^ Math.floor(seed / 2 ** 32);
  return (place, sequence) => {
    if (place < 0 || place > HALF || sequence < 0 || sequence > HALF) throw new RangeError('no id for this place');
    let left = place;
    let right = sequence;
    for (let round = 0; round < ROUNDS; round++) [left, right] = [right, left ^ scramble(right, key + round)];
    return `log_${hex(left)}${hex(right)}`;
  };
}

/** Days are numbered from 0; stories take their places from here on. */
export const FIRST_STORY_PLACE = 0x800000;

function scramble(half: number, key: number): number {
  let mixed = Math.imul(half ^ key, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35) ^ Math.imul(key, 0x27d4eb2f);
  return (mixed ^ (mixed >>> 15)) & HALF;
}

function hex(half: number): string {
  return half.toString(16).padStart(6, '0');
}
