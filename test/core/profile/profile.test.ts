import { describe, expect, test } from 'vitest';
import type { ArchiveReader } from '../../../src/main/core/archive/reader.ts';
import { NO_PLACES } from '../../../src/main/core/geo/places.ts';
import { profileOf } from '../../../src/main/core/profile/profile.ts';
import type { Entity } from '../../../src/shared/entity.ts';
import { unwrap } from '../../../src/shared/errors.ts';
import { batchOf, newArchive } from '../../support/archive.ts';

const MARTA = { id: 'u1', name: 'Marta Quintela', email: 'marta@a.example' };
const BOB = { id: 'u2', name: 'Bob', email: 'bob@a.example' };
const OPS = { team_id: 'team_1', team_name: 'Ops', ip_address: '203.0.113.7' };
const WEB = { ...OPS, team_id: 'team_2', team_name: 'Web' };
const bob = { type: 'user', id: 'u2', name: 'Bob' };
const token = { type: 'api_token', id: 'k1', name: 'ci-deploy' };

let id = 0;
const entry = (day: string, actor: unknown, action: string, target: unknown, more: object = {}) => {
  id++;
  return { id: `log_${id}`, timestamp: `2026-03-${day}T10:00:00Z`, actor, action, target, context: OPS, ...more };
};

const LOG = [
  entry('01', BOB, 'user.login', null),
  entry('02', MARTA, 'team.member_added', bob, { context: WEB, metadata: { role: 'member' } }),
  entry('03', MARTA, 'team.member_role_changed', bob, { metadata: { from: 'member', to: 'admin' } }),
  entry('04', BOB, 'security.two_factor_enabled', null),
  entry('05', BOB, 'security.api_token_created', token, { metadata: { scopes: ['read'] } }),
  entry('06', { id: null, name: 'ci-deploy', email: null }, 'tunnel.started', {
    type: 'tunnel',
    id: 't1',
    name: 'api',
  }),
  entry('10', MARTA, 'team.member_removed', bob, { metadata: { reason: 'Offboarding' } }),
  entry('11', MARTA, 'team.member_removed', bob, { context: WEB, metadata: { reason: 'Offboarding' } }),
  entry('12', BOB, 'user.login', null),
  entry('12', MARTA, 'security.api_token_revoked', token, { metadata: { reason: 'Owner left' } }),
  entry('13', { id: null, name: 'ci-deploy', email: null }, 'tunnel.stopped', {
    type: 'tunnel',
    id: 't1',
    name: 'api',
  }),
];

async function archiveOf(log: readonly unknown[]): Promise<ArchiveReader> {
  const { writer } = await newArchive();
  unwrap(writer.ingest(batchOf(log)));
  return writer;
}
const about = async (entity: Entity, log: readonly unknown[] = LOG) =>
  profileOf(entity, 'UTC', await archiveOf(log), NO_PLACES);
const actions = ({ lifeline }: Awaited<ReturnType<typeof about>>) => lifeline.events.map(({ action }) => action);

describe('a person', () => {
  test('is removed once every team it was seen in let it go; what it did afterwards is counted', async () => {
    const { standing } = await about({ kind: 'person', value: 'bob@a.example' });
    expect(standing.ended).toMatchObject({ action: 'team.member_removed', actor: MARTA, reason: 'Offboarding' });
    expect(standing.teams.map(({ name, removed }) => [name, removed?.ts])).toEqual([
      ['Ops', Date.parse('2026-03-10T10:00:00Z')],
      ['Web', Date.parse('2026-03-11T10:00:00Z')],
    ]);
    expect(standing.after).toMatchObject({ count: 1, since: Date.parse('2026-03-11T10:00:00.001Z') });
  });

  test('is still there while one team keeps it', async () => {
    const { standing } = await about({ kind: 'person', value: 'u2' }, LOG.slice(0, 7));
    expect(standing.ended).toBeNull();
    expect(standing.teams.map(({ name, removed }) => [name, removed === null])).toEqual([
      ['Ops', false],
      ['Web', true],
    ]);
  });

  test('has a lifeline of what changed it, with roles and reasons, and of its first and last day', async () => {
    const profile = await about({ kind: 'person', value: 'u2' });
    expect(actions(profile)).toEqual([
      'user.login',
      'team.member_added',
      'team.member_role_changed',
      'security.two_factor_enabled',
      'team.member_removed',
      'team.member_removed',
      'user.login',
    ]);
    expect(profile.lifeline.events[1]).toMatchObject({ role: 'member', side: 'to', edge: null });
    expect(profile.lifeline.events[2]).toMatchObject({ from: 'member', to: 'admin' });
    expect(profile.lifeline.events[0]).toMatchObject({ side: 'by', edge: 'first' });
  });

  test('is known by all its names, the newest first', async () => {
    const renamed = [
      entry('01', { ...BOB, name: 'Robert', email: 'robert@a.example' }, 'user.login', null),
      entry('02', BOB, 'user.login', null),
      entry('03', { id: null, name: null, email: 'Robert@a.example' }, 'user.login_failed', null),
    ];
    const profile = await about({ kind: 'person', value: 'u2' }, renamed);
    expect(profile.sides[0]).toMatchObject({ side: 'by', total: 3 });
    expect(profile.knownAs.filter(({ as }) => as === 'name').map(({ value }) => value)).toEqual(['Bob', 'Robert']);
    expect(profile.sides[0]?.terms.map(({ value }) => value)).toEqual(['u2', 'Robert@a.example']);
  });
});

describe('a token', () => {
  test('lives from its creation to its revocation, its use among it, and use after its end is counted', async () => {
    const profile = await about({ kind: 'token', value: 'k1' });
    expect(actions(profile)).toEqual([
      'security.api_token_created',
      'tunnel.started',
      'security.api_token_revoked',
      'tunnel.stopped',
    ]);
    expect(profile.sides.map(({ side, total }) => [side, total])).toEqual([
      ['to', 2],
      ['by', 2],
    ]);
    const { begun, ended, after } = profile.standing;
    expect([begun?.action, ended?.action, ended?.reason]).toEqual([
      'security.api_token_created',
      'security.api_token_revoked',
      'Owner left',
    ]);
    expect(after?.count).toBe(1);
  });

  test('does not take over what a person of the same name did', async () => {
    const log = [...LOG, entry('14', { id: 'u7', name: 'CI-deploy', email: null }, 'user.login', null)];
    const profile = await about({ kind: 'token', value: 'k1' }, log);
    expect(profile.sides.find(({ side }) => side === 'by')?.total).toBe(0);
  });

  test('has gaps where days of its life were never fetched or are not known to be whole', async () => {
    const { writer } = await newArchive();
    const day = (date: string, state: 'complete' | 'lost') =>
      ({ kind: 'day', day: date, state, served: null, checkedAt: 0, note: null }) as const;
    const held = ['05', '06', '09', '10', '11', '12', '13'].map((one) => day(`2026-03-${one}`, 'complete'));
    unwrap(writer.ingest({ ...batchOf(LOG), ledger: [...held, day('2026-03-07', 'lost')] }));
    const { lifeline } = profileOf({ kind: 'token', value: 'k1' }, 'UTC', writer, NO_PLACES);
    expect(lifeline.gaps).toEqual([
      { from: '2026-03-07', to: '2026-03-07', days: 1, state: 'lost' },
      { from: '2026-03-08', to: '2026-03-08', days: 1, state: 'unknown' },
    ]);
  });
});

test('a team tells who came and went; a tunnel that was made anew under its name is another', async () => {
  const team = await about({ kind: 'team', value: 'Web' });
  expect(team.sides[0]).toMatchObject({ side: 'in', total: 2 });
  expect(team.lifeline.events.map(({ action, target }) => [action, target?.name])).toEqual([
    ['team.member_added', 'Bob'],
    ['team.member_removed', 'Bob'],
  ]);
  const made = (on: string, tunnelId: string, action: string) =>
    entry(on, MARTA, action, { type: 'tunnel', id: tunnelId, name: 'api' });
  const log = [
    made('01', 't1', 'tunnel.created'),
    made('02', 't1', 'tunnel.deleted'),
    made('03', 't2', 'tunnel.created'),
  ];
  const [first, second] = [
    await about({ kind: 'tunnel', value: 't1' }, log),
    await about({ kind: 'tunnel', value: 't2' }, log),
  ];
  expect([first.sides[0]?.total, second.sides[0]?.total]).toEqual([2, 1]);
  expect([first.standing.ended?.action, second.standing.ended]).toEqual(['tunnel.deleted', null]);
});

test('a value that no entry names has sides without entries', async () => {
  const profile = await about({ kind: 'tunnel', value: 'nothing' });
  expect(profile.sides.map(({ total, first }) => [total, first])).toEqual([[0, null]]);
  expect(profile.lifeline.events).toEqual([]);
});
