import { expect, it } from 'vitest';
import { unwrap } from '../../src/shared/errors.ts';
import { setUpServices } from './support/services.ts';

const START = Date.parse('2026-03-04T10:00:00Z');
const entry = (n: number, action: string, minute: number, more: object = {}) => ({
  id: `log_${n}`,
  timestamp: new Date(START + minute * 60_000).toISOString(),
  action,
  actor: { id: 'u1', name: 'Ines', email: 'ines@alfama.example' },
  context: { ip_address: '198.51.100.4' },
  ...more,
});
const TUNNEL = { type: 'tunnel', id: 't1', name: 'api' };

it('a page behind the window counts what the Explorer counts, and knows the findings that hold its entries', async () => {
  const { call, withEntries, reports } = setUpServices();
  await withEntries([
    ...Array.from({ length: 12 }, (_, i) => entry(i, 'user.login_failed', i)),
    entry(20, 'tunnel.created', 60, { target: TUNNEL, actor: { id: 'u2', name: 'Bob', email: null } }),
  ]);
  const zone = 'Europe/Lisbon';
  const ines = { kind: 'person', value: 'ines@alfama.example' } as const;
  const profile = unwrap(await call('profile.get', { ...ines, zone }));
  expect(profile.sides.map(({ side, total }) => [side, total])).toEqual([
    ['by', 12],
    ['to', 0],
  ]);
  for (const { terms, total } of profile.sides)
    expect(unwrap(await call('entries.count', { filter: { terms }, zone }))).toEqual({ total });

  const [finding] = unwrap(await call('findings.list', {})).findings;
  expect(unwrap(await call('profile.findings', { ...ines, limit: 8 }))).toMatchObject({
    total: 1,
    open: 1,
    findings: [{ id: finding?.id, open: true }],
  });
  expect(unwrap(await call('profile.findings', { kind: 'tunnel', value: 't1', limit: 8 }))).toEqual({
    total: 0,
    open: 0,
    findings: [],
  });
  expect(await call('profile.get', { ...ines, zone: 'Atlantis' })).toMatchObject({
    ok: false,
    error: { code: 'bad_input' },
  });
  expect(reports).toEqual([]);
});

it('nothing is told of anybody while no archive is open', async () => {
  const { call } = setUpServices();
  const asked = { kind: 'person', value: 'u1' } as const;
  for (const answer of [
    await call('profile.get', { ...asked, zone: 'UTC' }),
    await call('profile.findings', { ...asked, limit: 8 }),
  ])
    expect(answer).toMatchObject({ ok: false, error: { code: 'locked' } });
});
