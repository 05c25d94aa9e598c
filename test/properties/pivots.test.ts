import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openReader } from '../../src/main/core/archive/open.ts';
import type { NeighbourKind } from '../../src/main/core/archive/reader.ts';
import { WHOLE_ARCHIVE } from '../../src/main/core/search/plan.ts';
import { randomFor } from '../../src/main/core/simulator/random.ts';
import { unwrap } from '../../src/shared/errors.ts';
import { FACETS } from '../../src/shared/facet.ts';
import { batchOf, newArchive } from '../support/archive.ts';
import { arrivalsOf, type Wire } from './support/arrivals.ts';
import { type HostileEntry, hostileEntry, wireOf } from './support/hostile.ts';
import { facetOf } from './support/plain-answers.ts';
import { folded, part } from './support/plain-loop.ts';

// What a list and a drawer ask besides the filter: where a date lies, what a field may be completed to, what else the same
// actor, address or target did around a time.

const instantOf = (wire: Wire): number => Date.parse(String(wire.timestamp));
const MINUTE = 60_000;

it('jumps, completes and finds neighbours as a plain loop does', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(hostileEntry, { minLength: 1, maxLength: 60 }), fc.nat(), async (entries, seed) => {
      const lot = randomFor(seed, 'pivots');
      const wires = entries.map((entry, i) => wireOf(entry as HostileEntry, `log_${i}`));
      const { writer, dir, key } = await newArchive();
      const reader = unwrap(openReader(dir, key));
      for (const batch of arrivalsOf(wires, seed).batches) unwrap(writer.ingest(batchOf(batch)));
      const rows = [...reader.rows(WHOLE_ARCHIVE, 'older')];
      const wireWith = new Map(wires.map((wire) => [String(wire.id), wire]));

      for (let i = 0; i < 20; i++) {
        const ms = instantOf(lot.pick(wires)) + lot.int(-1, 1);
        const position = reader.newerThan(WHOLE_ARCHIVE, ms);
        expect(position).toBe(wires.filter((wire) => instantOf(wire) > ms).length);
        expect(reader.rowsAt(WHOLE_ARCHIVE, position, 3)).toEqual(rows.slice(position, position + 3));
        const plan = { ...WHOLE_ARCHIVE, fromMs: ms - lot.int(0, 60) * MINUTE, toMs: ms + lot.int(-10, 60) * MINUTE };
        const inside = wires.map(instantOf).filter((at) => at > ms && at >= plan.fromMs && at <= plan.toMs);
        expect(reader.newerThan(plan, ms)).toBe(inside.length);
      }

      for (const field of FACETS) {
        const prefix = lot.pick([
          '',
          'a',
          'AL',
          'chen',
          'É',
          'zoe',
          'login',
          'user.',
          '2',
          '203.',
          'o',
          'u1',
          '李',
          '(',
        ]);
        const found = reader.distinct(field, prefix, 1_000);
        const counts = facetOf(wires, field, () => 'test.json');
        for (const { value, label, count } of found) {
          expect(count).toBe(counts.get(value));
          expect(beginsAWord(value ?? '', prefix) || beginsAWord(label, prefix), `${value}, ${prefix}`).toBe(true);
        }
        const values = found.map((one) => one.value);
        for (const value of counts.keys()) {
          if (value !== null && beginsAWord(value, prefix)) expect(values, `${field} ${prefix}`).toContain(value);
        }
        expect(found.map((one) => one.count)).toEqual(found.map((one) => one.count).sort((a, b) => b - a));
        expect(reader.distinct(field, prefix, 2)).toEqual(found.slice(0, 2));
      }

      for (let i = 0; i < 20; i++) {
        const row = lot.pick(rows);
        const kind = lot.pick<NeighbourKind>(['actor', 'address', 'target']);
        const spanMs = lot.pick([0, MINUTE, 60 * MINUTE, 24 * 60 * MINUTE, 10 * 24 * 60 * MINUTE]);
        const near = rows
          .filter(({ key, ts }) => key !== row.key && Math.abs(ts - row.ts) <= spanMs)
          .filter(({ id }) => isSame(kind, wireWith.get(id) ?? {}, wireWith.get(row.id) ?? {}));
        const all = reader.neighbours(row.key, kind, spanMs, 1_000);
        expect(all, `${kind} of ${row.id} within ${spanMs}`).toEqual(near.toReversed());
        const distances = (those: typeof all): number[] =>
          those.map(({ ts }) => Math.abs(ts - row.ts)).sort((a, b) => a - b);
        const nearest = reader.neighbours(row.key, kind, spanMs, 3);
        expect(distances(nearest)).toEqual(distances(all).slice(0, 3));
        for (const one of nearest) expect(all).toContainEqual(one);
      }
      reader.close();
      writer.close();
    }),
    { numRuns: 60 },
  );
});

function beginsAWord(text: string, prefix: string): boolean {
  const words = folded(text).split(/(?<=[^\p{L}\p{N}])/u);
  return words.some((_word, i) => words.slice(i).join('').startsWith(folded(prefix)));
}

// By id where both have one: a person under a new name is the same person.
function isSame(kind: NeighbourKind, a: Wire, b: Wire): boolean {
  if (kind === 'address') {
    const [one, other] = [a, b].map((wire) => part(wire.context, ['ip_address']).ip_address);
    return one !== null && one === other;
  }
  if (kind === 'target') {
    const [one, other] = [part(a.target, ['type', 'id', 'name']), part(b.target, ['type', 'id', 'name'])];
    if (one.type !== other.type) return false;
    return one.id !== null || other.id !== null ? one.id === other.id : one.name !== null && one.name === other.name;
  }
  const [one, other] = [part(a.actor, ['id', 'name', 'email']), part(b.actor, ['id', 'name', 'email'])];
  if (one.id !== null && other.id !== null) return one.id === other.id;
  if (one.email !== null && other.email !== null) return one.email === other.email;
  return one.id === other.id && one.email === other.email && one.name !== null && one.name === other.name;
}
