import { describe, expect, it } from 'vitest';
import { unwrap } from '../../src/shared/errors.ts';
import { setUpServices } from './support/services.ts';

const DAY = 86_400_000;
const daysAgo = (n: number, who = 'ines') => ({
  id: `log_${n}_${who}`,
  timestamp: new Date(Date.now() - n * DAY).toISOString(),
  action: 'user.login',
  actor: { id: who, name: who },
});
// Ten old entries, two of them by Eve, and three young ones.
const LOG = [
  ...Array.from({ length: 8 }, (_, i) => daysAgo(400 + i)),
  daysAgo(400, 'eve'),
  daysAgo(401, 'eve'),
  ...[1, 2, 3].map((n) => daysAgo(n)),
];

async function setUp() {
  const services = setUpServices();
  await services.withEntries(LOG);
  const keeping = async () => unwrap(await services.call('keeping.get', {}));
  const total = async () => unwrap(await services.call('entries.count', { filter: { terms: [] }, zone: 'UTC' })).total;
  return { ...services, keeping, total };
}

describe('keeping behind the window', () => {
  it('deletes nothing until somebody who saw how much says so, and then that much', async () => {
    const { call, keeping, total, events, reports } = await setUp();
    expect(await keeping()).toEqual({
      keepDays: null,
      before: null,
      due: 0,
      held: 0,
      holds: [],
      deletions: [],
      cases: [],
    });
    unwrap(await call('keeping.set', { keepDays: 365 }));
    const { before, due, held } = await keeping();
    expect({ due, held, total: await total() }).toEqual({ due: 10, held: 0, total: 13 });
    const wish = { name: 'Alfama', before: before ?? '', entries: 10 };
    for (const wrong of [{ name: 'Alfam' }, { entries: 9 }, { before: '2020-01-01' }])
      expect(await call('keeping.apply', { ...wish, ...wrong })).toMatchObject({
        ok: false,
        error: { code: 'bad_input' },
      });
    expect(await total()).toBe(13);
    events.length = 0;
    expect(unwrap(await call('keeping.apply', wish))).toMatchObject({ entries: 10, held: 0, before });
    expect(events.map((one) => one.name)).toEqual(expect.arrayContaining(['archive.changed', 'app.changed']));
    expect(await total()).toBe(3);
    expect(await keeping()).toMatchObject({ due: 0, deletions: [{ entries: 10 }] });
    unwrap(await call('keeping.set', { keepDays: null }));
    expect(await call('keeping.apply', { ...wish, entries: 0 })).toMatchObject({ ok: false });
    expect(reports).toEqual([]);
  });

  it('keeps what a hold covers until it is released', async () => {
    const { call, keeping, total } = await setUp();
    unwrap(await call('keeping.set', { keepDays: 365 }));
    const placed = unwrap(await call('holds.add', { query: 'actor:eve', zone: 'UTC', reason: 'Case C-031' }));
    expect(placed.entries).toBe(2);
    const { due, held, before, holds } = await keeping();
    expect({ due, held }).toEqual({ due: 10, held: 2 });
    expect(holds).toMatchObject([{ id: placed.id, query: 'actor:eve', entries: 2, releasedAt: null }]);
    unwrap(await call('keeping.apply', { name: 'Alfama', before: before ?? '', entries: 8 }));
    expect(await total()).toBe(5);
    unwrap(await call('holds.release', { id: placed.id }));
    expect(await call('holds.release', { id: placed.id })).toMatchObject({ ok: false, error: { code: 'not_found' } });
    expect(await keeping()).toMatchObject({ due: 2, held: 0, holds: [{ releasedAt: expect.any(Number) }] });
  });

  it('refuses a hold whose entries may change while the log stays the same, and one that nobody can read', async () => {
    const { call } = await setUp();
    const wish = { zone: 'UTC', reason: 'Case C-031' };
    for (const query of ['tag:c-031', 'is:pinned', 'hours:off', 'country:PT', 'actro:eve', 'from:2026-02-30'])
      expect(await call('holds.add', { ...wish, query })).toMatchObject({ ok: false, error: { code: 'bad_input' } });
    expect(await call('holds.add', { ...wish, zone: 'Mars', query: '' })).toMatchObject({ ok: false });
  });
});
