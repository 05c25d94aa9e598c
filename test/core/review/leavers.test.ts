import { describe, expect, it } from 'vitest';
import { compareLeavers, readLeavers } from '../../../src/main/core/review/leavers.ts';
import { unwrap } from '../../../src/shared/errors.ts';
import { batchOf, newArchive } from '../../support/archive.ts';

const NOW = Date.parse('2026-10-15T12:00:00Z');
const ROOT = { id: 'u_root', name: 'Root', email: 'root@example.com' };
let n = 0;
const entry = (timestamp: string, action: string, target: unknown, team = 'Core', actor: object = ROOT) => ({
  ...{ id: `log_${n++}`, timestamp, action, target, actor },
  context: { team_id: `t_${team}`, team_name: team },
  metadata: { role: 'member' },
});
const user = (name: string) => ({ type: 'user', id: `u_${name}`, name: `${name}@example.com` });

async function compared(csv: string, entries: readonly unknown[], zone = 'UTC') {
  const { writer } = await newArchive();
  unwrap(writer.ingest(batchOf(entries)));
  return unwrap(compareLeavers(writer, csv, { fileName: 'leavers.csv', zone, now: NOW }));
}

describe('a list of leavers', () => {
  it('is told from the log: in time, late by days, still there, never in a team, unknown', async () => {
    const added = (name: string, team = 'Core') => entry('2026-07-01T10:00:00Z', 'team.member_added', user(name), team);
    const removed = (name: string, at: string, team = 'Core') => entry(at, 'team.member_removed', user(name), team);
    const { leavers } = await compared(
      'email,leaving_date\nana@example.com,2026-09-01\nBEN@example.com,2026-09-01\ncy@example.com,2026-09-01\nroot@example.com,2026-10-01\nnobody@example.com,2026-09-01\n',
      [
        added('ana'),
        added('ben'),
        added('ben', 'Ops'),
        added('cy'),
        removed('ana', '2026-09-01T23:59:59Z'),
        removed('ben', '2026-09-20T10:00:00Z'),
        removed('ben', '2026-08-30T10:00:00Z', 'Ops'),
        entry('2026-09-05T10:00:00Z', 'tunnel.started', { type: 'tunnel', id: 'x', name: 'x' }, 'Core', {
          id: 'u_cy',
          name: 'Cy',
          email: 'cy@example.com',
        }),
      ],
    );
    expect(leavers.map(({ email, state, daysLate }) => [email, state, daysLate])).toEqual([
      ['ana@example.com', 'removed', 0],
      ['BEN@example.com', 'late', 19],
      ['cy@example.com', 'present', 44],
      ['root@example.com', 'present', 14],
      ['nobody@example.com', 'unknown', 0],
    ]);
    expect(
      leavers[1]?.memberships.map(({ team, daysLate, removedBy }) => [team?.name, daysLate, removedBy]).sort(),
    ).toEqual([
      ['Core', 19, 'Root'],
      ['Ops', 0, 'Root'],
    ]);
    expect(leavers[2]?.memberships[0]).toMatchObject({ removedAt: null, actedAt: Date.parse('2026-09-05T10:00:00Z') });
  });

  it('counts the day of leaving in the zone', async () => {
    const entries = [
      entry('2026-07-01T10:00:00Z', 'team.member_added', user('ana')),
      entry('2026-09-02T03:00:00Z', 'team.member_removed', user('ana')),
    ];
    const csv = 'email,leaving_date\nana@example.com,2026-09-01\n';
    expect((await compared(csv, entries)).leavers[0]).toMatchObject({ state: 'late', daysLate: 1 });
    expect((await compared(csv, entries, 'America/New_York')).leavers[0]).toMatchObject({ state: 'removed' });
  });

  it('may be written in many ways, and what cannot be read is named', () => {
    const read = (csv: string) => unwrap(readLeavers(csv));
    expect(read('\ufeffE-Mail;Last working day\r\na@x.y;31.01.2026\r\n').listed).toEqual([
      { line: 2, name: null, email: 'a@x.y', leftOn: '2026-01-31' },
    ]);
    expect(read('First Name\tLast Name\tTermination Date\nAna\tSilva\t2026-01-31T00:00:00\n').listed).toMatchObject([
      { name: 'Ana Silva', leftOn: '2026-01-31' },
    ]);
    const mixed = read('name,left\n"Silva, Ana",31/01/2026\n,2026-01-01\nBen,soon\nCy,2026-02-30\n');
    expect(mixed.listed).toMatchObject([{ name: 'Silva, Ana' }]);
    expect(mixed.unread.map(({ line }) => line)).toEqual([3, 4, 5]);
    for (const bad of ['', 'x', 'email,phone\na@x.y,1\n', 'when,left\n1,2026-01-01\n'])
      expect(readLeavers(bad)).toMatchObject({ ok: false, error: { code: 'bad_input' } });
  });
});
