import { hash } from 'node:crypto';
import { HASH_BYTES } from './merkle.ts';

/** A node a proof led through: the two hashes below it, its own, what of the proof was still to come, and where that led. */
type Passed = {
  readonly left: string;
  readonly right: string;
  readonly own: string;
  readonly rest: string;
  root: string | null;
};

const HEX = 2 * HASH_BYTES;
const NODE = Buffer.alloc(1 + 2 * HASH_BYTES, 1);

/**
 * Returns what follows the proofs of one tree of so many leaves to the roots they lead to (RFC 9162 §2.1.3.2); null where one
 * is no proof for a leaf of a tree of that size. Hashes are in lower-case hexadecimal, those of a proof one after the other
 * from the leaf upwards.
 *
 * Proofs of one tree share most of their nodes. Where one comes to a node from the same two hashes as another did, and the
 * same are to come, it leads to the same root, and nothing is hashed again.
 */
export function createProofMemory(size: number): (leaf: string, index: number, proof: string) => string | null {
  // By level, then by place: each as the last proof left it.
  const levels: Map<number, Passed>[] = [];
  return (leaf, index, proof) => {
    if (index >= size) return null;
    const anew: Passed[] = [];
    let root: string | null = leaf;
    let [at, last, level] = [index, size - 1, 0];
    for (let from = 0; from < proof.length; from += HEX) {
      if (last === 0) {
        root = null;
        break;
      }
      const beside = proof.slice(from, from + HEX);
      const rest = proof.slice(from + HEX);
      const isRight = at % 2 === 1 || at === last;
      const [left, right]: [string, string] = isRight ? [beside, root] : [root, beside];
      // Carried up as an odd one as often as it takes until it stands on the right.
      while (isRight && at % 2 === 0 && at !== 0) {
        at /= 2;
        last = Math.floor(last / 2);
        level++;
      }
      const places = placesOn(levels, level);
      const known = places.get(at);
      const isKnown = known?.left === left && known.right === right;
      if (isKnown && known.rest === rest) {
        root = known.root;
        // What was found out is told to the nodes below; nothing is left to come.
        last = 0;
        break;
      }
      const own: string = isKnown ? known.own : nodeHash(left, right);
      const passed: Passed = { left, right, own, rest, root: null };
      places.set(at, passed);
      anew.push(passed);
      root = own;
      at = Math.floor(at / 2);
      last = Math.floor(last / 2);
      level++;
    }
    if (last !== 0) root = null;
    for (const passed of anew) passed.root = root;
    return root;
  };
}

function placesOn(levels: Map<number, Passed>[], level: number): Map<number, Passed> {
  levels[level] ??= new Map();
  return levels[level];
}

function nodeHash(left: string, right: string): string {
  NODE.write(left, 1, HEX, 'hex');
  NODE.write(right, 1 + HASH_BYTES, HEX, 'hex');
  return hash('sha256', NODE, 'hex');
}
