import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { QueryPlan } from '../../src/main/core/search/plan.ts';
import { type Random, randomFor } from '../../src/main/core/simulator/random.ts';
import { unwrap } from '../../src/shared/errors.ts';
import type { Filter } from '../../src/shared/filter/filter.ts';
import { batchOf, newArchive } from '../support/archive.ts';
import { arrivalsOf, type Wire } from './support/arrivals.ts';
import { type HostileEntry, hostileEntry, wireOf } from './support/hostile.ts';
import { matches } from './support/plain-loop.ts';

const NEEDLES = 40;
// To find a small example of what failed can take long.
const LONGEST_MS = 90_000;

it(
  'finds exactly the entries that hold a text, for any piece of what they hold and for pieces that they nearly hold',
  async () => {
    let found = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(hostileEntry, { minLength: 5, maxLength: 60 }),
        fc.array(fc.dictionary(fc.string({ maxLength: 12 }), fc.string({ maxLength: 40, unit: 'grapheme' }))),
        fc.nat(),
        async (entries, more, seed) => {
          const lot = randomFor(seed, 'needles');
          const wires = entries.map((entry, i) => {
            const wire = wireOf(entry as HostileEntry, `log_${i}`);
            return more[i] === undefined ? wire : { ...wire, metadata: more[i] };
          });
          const { writer } = await newArchive();
          for (const batch of arrivalsOf(wires, seed).batches) unwrap(writer.ingest(batchOf(batch)));
          for (let i = 0; i < NEEDLES; i++) {
            const value = needleFrom(lot.pick(wires), lot.pick(wires), lot);
            const terms = [{ field: 'word', value, negated: lot.chance(0.2) }] as const;
            const filter: Filter = { terms: lot.chance(0.2) ? [...terms, { ...terms[0], value: 'e' }] : terms };
            const plan: QueryPlan = { filter, fromMs: null, toMs: null };
            const wanted = wires.filter((wire) => matches(wire, filter)).map((wire) => String(wire.id));
            expect([...writer.rows(plan)].map((row) => row.id).sort(), JSON.stringify(value)).toEqual(wanted.sort());
            expect(writer.count(plan)).toBe(wanted.length);
            found += wanted.length;
          }
          writer.close();
        },
      ),
      { numRuns: 25, interruptAfterTimeLimit: LONGEST_MS },
    );
    expect(found).toBeGreaterThan(0);
  },
  2 * LONGEST_MS,
);

// A piece of one value as sent, in either case; or the end of one and the beginning of another, which no value holds
// unless by chance; or a piece with one letter wrong.
function needleFrom(one: Wire, other: Wire, lot: Random): string {
  const [a, b] = [lot.pick(textsOf(one)), lot.pick(textsOf(other))];
  const piece = pieceOf(a, lot);
  switch (lot.int(0, 5)) {
    case 0:
      return piece.toUpperCase();
    case 1:
      return [...[...a].slice(-lot.int(1, 3)), ...[...b].slice(0, lot.int(1, 3))].join('');
    case 2:
      return piece.slice(0, -1) + lot.pick(['\u0000', '\uffff', '"', 'x', '\u0301']);
    default:
      return piece;
  }
}

function pieceOf(text: string, lot: Random): string {
  const letters = [...text];
  const from = lot.int(0, Math.max(0, letters.length - 1));
  return letters.slice(from, from + lot.pick([1, 2, 3, 4, 5, 8, 30])).join('');
}

function textsOf(wire: Wire): string[] {
  const texts: string[] = ['e'];
  JSON.stringify([wire.actor, wire.action, wire.target, wire.context, wire.metadata], (key, value: unknown) => {
    if (key !== '') texts.push(key);
    if (typeof value === 'string' || typeof value === 'number') texts.push(String(value));
    return value;
  });
  return texts.filter((text) => text !== '');
}
