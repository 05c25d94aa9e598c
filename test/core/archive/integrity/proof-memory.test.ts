import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createProver } from '../../../../src/main/core/archive/integrity/inclusion.ts';
import { merkleRoot } from '../../../../src/main/core/archive/integrity/merkle.ts';
import { createProofMemory } from '../../../../src/main/core/archive/integrity/proof-memory.ts';

const node = (left: string, right: string): string =>
  createHash('sha256')
    .update(Buffer.from(`01${left}${right}`, 'hex'))
    .digest('hex');

/** The largest power of two below a number. */
function split(size: number): number {
  let k = 1;
  while (k * 2 < size) k *= 2;
  return k;
}

/** RFC 6962 §2.1.1 the other way round: the root of a tree of `size` leaves by a leaf's proof; null where it does not fit. */
function asWritten(leaf: string, index: number, size: number, path: readonly string[]): string | null {
  if (index >= size) return null;
  if (size === 1) return path.length === 0 ? leaf : null;
  const beside = path.at(-1);
  if (beside === undefined) return null;
  const k = split(size);
  const below = path.slice(0, -1);
  const own = index < k ? asWritten(leaf, index, k, below) : asWritten(leaf, index - k, size - k, below);
  if (own === null) return null;
  return index < k ? node(own, beside) : node(beside, own);
}

type Proof = { readonly leaf: string; readonly index: number; readonly path: readonly string[] };

function proofsOf(size: number): { readonly root: string; readonly proofs: readonly Proof[] } {
  const leaves = Array.from({ length: size }, (_none, i) => createHash('sha256').update(String(i)).digest());
  const all = Buffer.concat(leaves);
  const prove = createProver(all);
  return {
    root: merkleRoot(all).toString('hex'),
    proofs: leaves.map((leaf, index) => ({
      leaf: leaf.toString('hex'),
      index,
      path: prove(index).path.map((one) => Buffer.from(one).toString('hex')),
    })),
  };
}

const TREES = Array.from({ length: 40 }, (_none, i) => proofsOf(i + 1));

type Change = { readonly kind: number; readonly at: number; readonly to: number };

/** A proof altered in one of the ways in which one can be. */
function altered({ leaf, index, path }: Proof, { kind, at, to }: Change, others: readonly Proof[]): Proof {
  const other = others[to % others.length]!;
  const i = path.length === 0 ? 0 : at % path.length;
  const flip = (hex: string): string =>
    `${hex.slice(0, at % 64)}${hex[at % 64] === '0' ? '1' : '0'}${hex.slice((at % 64) + 1)}`;
  if (kind === 1) return { leaf: flip(leaf), index, path };
  if (kind === 2) return { leaf, index, path: path.map((one, n) => (n === i ? flip(one) : one)) };
  if (kind === 3) return { leaf, index, path: path.slice(0, i) };
  if (kind === 4) return { leaf, index, path: [...path, other.leaf] };
  if (kind === 5) return { leaf, index: to, path };
  if (kind === 6) return { leaf, index, path: other.path };
  if (kind === 7) return { leaf: other.leaf, index, path };
  if (kind === 8) return { leaf, index, path: path.toReversed() };
  return { leaf, index, path };
}

describe('a memory of proofs', () => {
  it('leads every proof of a tree to its root', () => {
    for (const { root, proofs } of TREES) {
      const rootOf = createProofMemory(proofs.length);
      for (const { leaf, index, path } of [...proofs, ...proofs.toReversed()])
        expect(rootOf(leaf, index, path.join(''))).toBe(root);
    }
  });

  it('says of good and altered proofs in any order what the definition says of each by itself', () => {
    const change = fc.record({ kind: fc.nat(12), at: fc.nat(500), to: fc.nat(60) });
    const order = fc.array(fc.tuple(fc.nat(60), change), { minLength: 20, maxLength: 80 });
    let good = 0;
    let bad = 0;
    fc.assert(
      fc.property(fc.integer({ min: 1, max: TREES.length }), order, (size, proofs) => {
        const tree = TREES[size - 1]!;
        const rootOf = createProofMemory(size);
        for (const [place, how] of proofs) {
          const { leaf, index, path } = altered(tree.proofs[place % size]!, how, tree.proofs);
          const root = rootOf(leaf, index, path.join(''));
          expect(root).toBe(asWritten(leaf, index, size, path));
          if (root === tree.root) good++;
          else bad++;
        }
      }),
      { numRuns: 300 },
    );
    expect(Math.min(good, bad)).toBeGreaterThan(1000);
  });

  it('takes places beyond any tree for none', () => {
    const rootOf = createProofMemory(2 ** 50);
    expect(rootOf('00'.repeat(32), 2 ** 49, '')).toBeNull();
    expect(createProofMemory(0)('00'.repeat(32), 0, '')).toBeNull();
  });
});
