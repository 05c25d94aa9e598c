import { expect, it } from 'vitest';
import { unwrap } from '../../../src/shared/errors.ts';
import { batchOf, newArchive } from '../../support/archive.ts';

const DAY = 86_400_000;
const FIRST = Date.parse('2026-10-01T12:00:00Z');
const entry = (day: number, n: number) => ({
  id: `log_${day}_${n}`,
  timestamp: new Date(FIRST + day * DAY + n).toISOString(),
  action: 'tunnel.started',
  metadata: { note: n % 2 === 0 ? 'even' : 'odd' },
});

it('what is read ahead comes to an end, day by day, and changes no answer', async () => {
  const { writer } = await newArchive();
  const days = Array.from({ length: 6 }, (_, day) => Array.from({ length: 10 }, (_none, n) => entry(day, n)));
  unwrap(writer.ingest(batchOf(days.flat())));
  const plan = {
    filter: { terms: [{ field: 'word', value: 'even', negated: false } as const] },
    fromMs: null,
    toMs: null,
  };
  // Twenty entries are two days; the third piece finds no more after it.
  expect([1, 2, 3].map(() => writer.readAhead(20))).toEqual([true, true, false]);
  expect(writer.count(plan)).toBe(30);
  unwrap(writer.ingest(batchOf([entry(5, 10)])));
  expect(writer.readAhead(20)).toBe(false);
  expect(writer.count(plan)).toBe(31);
});
