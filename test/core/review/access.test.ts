import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accessOver } from '../../../src/main/core/review/access/access.ts';
import type { Membership } from '../../../src/main/core/review/access/roster.ts';
import { unwrap } from '../../../src/shared/errors.ts';
import { batchOf, newArchive } from '../../support/archive.ts';

const START = Date.parse('2026-07-01T00:00:00Z');
const HOUR = 3_600_000;
const at = (hour: number): string => new Date(START + hour * HOUR).toISOString();
const ROOT = { id: 'u_root', name: 'Root', email: 'root@example.com' };
const user = (name: string) => ({ type: 'user', id: `u_${name}`, name });
const inTeam = (team: string | null) => (team === null ? {} : { team_id: `t_${team}`, team_name: team });

let n = 0;
const entry = (
  hour: number,
  action: string,
  target: unknown,
  team: string | null,
  metadata: object,
  actor: object = ROOT,
) => ({
  id: `log_${n++}`,
  timestamp: at(hour),
  actor,
  action,
  target,
  context: { ip_address: '192.0.2.1', ...inTeam(team) },
  metadata,
});
const acts = (hour: number, name: string, team: string | null) =>
  entry(
    hour,
    'tunnel.started',
    { type: 'tunnel', id: 'tn_1', name: 'api' },
    team,
    {},
    { id: `u_${name}`, name, email: null },
  );

async function rosterOf(entries: readonly unknown[], hour: number) {
  const { writer } = await newArchive();
  unwrap(writer.ingest(batchOf(entries)));
  const access = accessOver(writer, START - 1, START + hour * HOUR);
  const of = (name: string, team: string | null) =>
    access.end.find((one) => one.person.id === `u_${name}` && (one.team?.name ?? null) === team);
  return { access, of };
}

describe('who had what at a date', () => {
  it('is told by those who were added, and by what their role became', async () => {
    const { of, access } = await rosterOf(
      [
        entry(1, 'team.member_added', user('ana'), 'Core', { role: 'member' }),
        entry(5, 'team.member_role_changed', user('ana'), 'Core', { from: 'member', to: 'admin' }),
        entry(9, 'team.member_role_changed', user('ana'), 'Core', { from: 'admin', to: 'owner' }),
      ],
      6,
    );
    expect(of('ana', 'Core')).toMatchObject({ role: 'admin', roleBy: { told: true }, joined: { kind: 'joined' } });
    expect(access.changes.map(({ kind, to }) => [kind, to])).toEqual([
      ['joined', 'member'],
      ['role', 'admin'],
    ]);
  });

  it('is told by a later change where no earlier entry tells', async () => {
    const { of } = await rosterOf(
      [
        entry(9, 'team.member_role_changed', user('ben'), 'Core', { from: 'owner', to: 'admin' }),
        entry(8, 'team.member_removed', user('cy'), 'Core', { role: 'member' }),
      ],
      4,
    );
    expect(of('ben', 'Core')).toMatchObject({ role: 'owner', roleBy: { told: false }, joined: null });
    expect(of('cy', 'Core')).toMatchObject({ role: 'member', roleBy: { told: false } });
  });

  it('keeps whoever is only seen acting, without a role and without an origin', async () => {
    const { of } = await rosterOf([acts(2, 'dee', 'Core'), acts(8, 'eve', 'Core')], 4);
    expect(of('dee', 'Core')).toMatchObject({ role: null, joined: null, seen: { first: START + 2 * HOUR } });
    expect(of('eve', 'Core')).toBeUndefined();
  });

  it('leaves out who had left, unless they act after it', async () => {
    const { of } = await rosterOf(
      [
        entry(1, 'team.member_added', user('fay'), 'Core', {}),
        entry(3, 'team.member_removed', user('fay'), 'Core', {}),
        acts(1, 'gus', 'Core'),
        entry(3, 'team.member_removed', user('gus'), 'Core', {}),
        acts(5, 'gus', 'Core'),
        entry(1, 'team.member_added', user('hal'), 'Core', {}),
        entry(3, 'team.member_removed', user('hal'), 'Core', {}),
        entry(4, 'team.member_added', user('hal'), 'Core', { role: 'admin' }),
      ],
      6,
    );
    expect(of('fay', 'Core')).toBeUndefined();
    expect(of('gus', 'Core')).toMatchObject({ leftBefore: { kind: 'left' } });
    expect(of('hal', 'Core')).toMatchObject({ role: 'admin', leftBefore: null });
  });

  it('counts an invitation that was accepted and the adding that followed as one coming in', async () => {
    const ida = { id: 'u_ida', name: 'ida', email: 'ida@example.com' };
    const invitation = { type: 'invitation', id: 'i_1', name: 'ida@example.com' };
    const { of, access } = await rosterOf(
      [
        entry(1, 'team.invitation_accepted', invitation, 'Core', {}, ida),
        entry(1.01, 'team.member_added', { type: 'user', id: null, name: 'ida@example.com' }, 'Core', {
          role: 'member',
        }),
      ],
      2,
    );
    expect(of('ida', 'Core')).toMatchObject({ role: 'member', joined: { ts: START + HOUR } });
    expect(access.end.filter(({ person }) => person.id !== ROOT.id)).toHaveLength(1);
    expect(access.changes).toMatchObject([{ kind: 'joined', to: 'member', person: { name: 'ida' } }]);
  });

  it('follows ownership from hand to hand', async () => {
    const handed = { from: 'u_jo', to: 'u_kim', from_name: 'Jo', to_name: 'Kim' };
    const organisation = { type: 'organization', id: 'org_1', name: 'Org' };
    const { of } = await rosterOf([entry(3, 'organization.owner_transferred', organisation, null, handed)], 4);
    expect(of('kim', null)).toMatchObject({ role: 'owner' });
    expect(of('jo', null)).toMatchObject({ role: null });
    const before = await rosterOf([entry(3, 'organization.owner_transferred', organisation, null, handed)], 2);
    expect(before.of('jo', null)).toMatchObject({ role: 'owner', roleBy: { told: false } });
  });
});

type Step = { readonly person: number; readonly team: number; readonly does: 'join' | 'leave' | 'promote' | 'act' };
const PEOPLE = ['ana', 'ben', 'cy', 'dee'];
const TEAMS = ['Core', 'Ops'];
const ROLES = ['member', 'admin', 'owner'];

it('agrees with what really was, wherever it says anything', async () => {
  const step = fc.record({
    person: fc.nat({ max: PEOPLE.length - 1 }),
    team: fc.nat({ max: TEAMS.length - 1 }),
    does: fc.constantFrom<Step['does']>('join', 'leave', 'promote', 'act'),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 40 }),
      fc.array(fc.nat({ max: 2 }), { minLength: 8, maxLength: 8 }),
      fc.nat({ max: 45 }),
      async (steps, initial, hour) => {
        // What was there before the log begins: a role in 1..3, or 0 for nothing.
        const roles = new Map<string, number>();
        for (const [i, role] of initial.entries()) roles.set(`${i % 4} ${Math.floor(i / 4)}`, role);
        const then = new Map<string, number>();
        const named = new Set<string>();
        const entries: unknown[] = [];
        const note = (i: number) => {
          if (i === hour) for (const [key, role] of roles) then.set(key, role);
        };
        for (const [i, { person, team, does }] of steps.entries()) {
          note(i);
          const key = `${person} ${team}`;
          const role = roles.get(key) ?? 0;
          const [who, where] = [PEOPLE[person]!, TEAMS[team]!];
          const when = i + 0.5;
          if (does === 'join' && role === 0) {
            roles.set(key, 1);
            entries.push(entry(when, 'team.member_added', user(who), where, { role: 'member' }));
          } else if (does === 'leave' && role > 0) {
            roles.set(key, 0);
            entries.push(entry(when, 'team.member_removed', user(who), where, { role: ROLES[role - 1] }));
          } else if (does === 'promote' && role > 0) {
            const to = (role % 3) + 1;
            roles.set(key, to);
            entries.push(
              entry(when, 'team.member_role_changed', user(who), where, { from: ROLES[role - 1], to: ROLES[to - 1] }),
            );
          } else if (does === 'act' && role > 0) {
            entries.push(acts(when, who, where));
            if (i < hour) named.add(key);
            continue;
          } else continue;
          named.add(key);
        }
        if (hour >= steps.length) for (const [key, role] of roles) then.set(key, role);
        const { access, of } = await rosterOf(entries, hour);
        for (const [key, role] of then) {
          const [person = 0, team = 0] = key.split(' ').map(Number);
          const said: Membership | undefined = of(PEOPLE[person]!, TEAMS[team]!);
          // Nobody is known of whom no entry speaks.
          expect(said !== undefined).toBe(role > 0 && named.has(key));
          if (said?.role != null) expect(said.role).toBe(ROLES[role - 1]);
          expect(said?.leftBefore ?? null).toBeNull();
        }
        expect(new Set(access.end.map((one) => `${one.person.id} ${one.team?.name}`)).size).toBe(access.end.length);
      },
    ),
    { numRuns: 60 },
  );
});
