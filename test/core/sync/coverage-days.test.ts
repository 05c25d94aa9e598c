import { expect, test } from 'vitest';
import { coverageOver } from '../../../src/main/core/sync/coverage-days.ts';

const ENTRIES: Readonly<Record<string, number>> = { '2026-03-02': 7 };
const LEDGER = [
  { day: '2026-03-01', state: 'complete', served: 4, stored: 4, checkedAt: '2026-03-04T00:00:00.000Z', note: null },
] as const;

const reader = {
  coverage: (from: string, to: string) => LEDGER.filter(({ day }) => day >= from && day <= to),
  setting: () => null,
  storedOn: (day: string) => ENTRIES[day] ?? 0,
};

test('a day of which a walk that was cut off left entries tells how many, though the ledger does not name it yet', () => {
  const days = coverageOver(reader, '2026-03-01', '2026-03-03', Date.parse('2026-03-04T00:00:00Z'));
  expect(days.map(({ day, state, stored }) => `${day} ${state} ${stored}`)).toEqual([
    '2026-03-01 complete 4',
    '2026-03-02 pending 7',
    '2026-03-03 pending 0',
  ]);
});
