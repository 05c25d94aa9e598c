import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Decisions } from '../../../src/main/core/review/decisions.ts';
import { runsOf } from '../../../src/main/core/review/runs.ts';
import { unwrap } from '../../../src/shared/errors.ts';
import { login, newReviewing } from './support/reviewing.ts';

const ITEMS = 12;
const decision = (line: number) => ({
  ...{ line, verdict: 'appropriate', rationale: '', evidence: '', ticket: '' },
  ...{ identity: 'I-1', by: 'Marta', at: line },
});

describe('decisions', () => {
  it('stand as the last line about an item that was not taken back, whatever is decided and taken back', () => {
    const step = fc.oneof(
      fc.record({ decide: fc.array(fc.nat(ITEMS - 1), { minLength: 1 }) }),
      fc.record({ undo: fc.nat(20) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const decisions = new Decisions(ITEMS);
        const lines: { items: readonly number[]; undone: boolean }[] = [];
        const standing = (n: number) => lines.findLastIndex(({ items, undone }) => !undone && items.includes(n));
        for (const one of steps) {
          if ('decide' in one) {
            lines.push({ items: one.decide, undone: false });
            decisions.decide(decision(lines.length - 1) as never, runsOf(one.decide));
          } else {
            const before = Array.from({ length: ITEMS }, (_, n) => standing(n));
            const line = lines[one.undo];
            if (line) line.undone = true;
            const changed = before.filter((was, n) => standing(n) !== was).length;
            expect(decisions.undo(one.undo)).toBe(changed);
          }
          for (let n = 0; n < ITEMS; n++) {
            const wanted = standing(n);
            expect(decisions.of(n)?.line ?? -1).toBe(wanted);
            expect(decisions.isDecided(n)).toBe(wanted >= 0);
          }
          for (const [index] of lines.entries())
            expect(decisions.standingFor(index)).toEqual(
              Array.from({ length: ITEMS }, (_, n) => n).filter((n) => standing(n) === index),
            );
        }
      }),
    );
  });

  it('raise as many exceptions as there are deviations, and a list of thousands names the items of each', async () => {
    const r = await newReviewing();
    const many = 600;
    r.ingest(
      Array.from({ length: many }, (_, i) =>
        login(`e${i}`, new Date(Date.parse('2026-08-01T00:00:00Z') + i * 1_000).toISOString()),
      ),
    );
    const id = r.start();
    for (let n = 0; n < many; n++)
      unwrap(
        r.act({
          kind: 'decide',
          ...{ id, by: r.marta, chosen: { kind: 'items', items: [n] }, evidence: '', ticket: '' },
          verdict: 'deviation',
          rationale: `Reason ${n}`,
        }),
      );
    const all = unwrap(r.reviews.exceptions(id, 0));
    expect(all.map(({ nature, first }) => [nature, first[0]?.id])).toEqual(
      Array.from({ length: many }, (_, n) => [`Reason ${n}`, `e${n}`]),
    );
    expect(unwrap(r.reviews.items(id, { view: 'exceptions', offset: many - 1, limit: 5 })).total).toBe(many);
  });
});
