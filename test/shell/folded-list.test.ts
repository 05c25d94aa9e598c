import { expect, it } from 'vitest';
import { unwrap } from '../../src/shared/errors.ts';
import { setUpServices } from './support/services.ts';

const START = Date.parse('2026-03-04T10:00:00Z');
const entry = (n: number, action: string, more: object = {}) => ({
  id: `log_${n}`,
  timestamp: new Date(START + n * 60_000).toISOString(),
  action,
  actor: { id: `u${n % 5}`, name: 'Ines' },
  context: { ip_address: '198.51.100.4' },
  ...more,
});

it('a folded list behind the window holds every entry once, and each is found in its line', async () => {
  const { call, withEntries, reports } = setUpServices();
  await withEntries([
    entry(0, 'user.login'),
    ...Array.from({ length: 42 }, (_none, i) => entry(i + 1, 'user.login_failed')),
    entry(43, 'user.login'),
    entry(44, 'user.login', { context: { ip_address: '203.0.113.9' } }),
  ]);
  const query = { filter: { terms: [] }, zone: 'Europe/Lisbon' };
  const { days, lines } = unwrap(await call('entries.foldedListing', { ...query, limit: 10 }));
  expect(days).toMatchObject([{ count: 45, lines: 4 }]);
  expect(lines.map(({ index, position, run }) => [index, position, run?.keys.length ?? 1, run?.actors])).toEqual([
    [0, 0, 1, undefined],
    [1, 1, 1, undefined],
    [2, 2, 42, 5],
    [3, 44, 1, undefined],
  ]);
  const { rows } = unwrap(await call('entries.rows', { ...query, offset: 0, limit: 100 }));
  expect(lines.flatMap(({ row, run }) => run?.keys ?? [row.key])).toEqual(rows.map(({ key }) => key));
  expect(unwrap(await call('entries.lines', { ...query, offset: 2, limit: 1 })).lines).toEqual([lines[2]]);
  const found = unwrap(await call('entries.linesOf', { ...query, keys: [rows[20]?.key ?? 0, 1] })).lines;
  expect(found).toEqual([lines[2], null]);
  expect(reports).toEqual([]);
});
