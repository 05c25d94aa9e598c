import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { unlockArchive } from '../../src/main/core/archive/open.ts';
import { openEncrypted } from '../../src/main/core/archive/sqlite.ts';
import { unwrap } from '../../src/shared/errors.ts';
import { temporaryFolder } from '../support/ports.ts';
import { logbook } from '../support/terminal.ts';

const NOW = '2026-10-15T12:00:00Z';
const entry = (i: number) => ({
  id: `log_${String(i).padStart(4, '0')}`,
  timestamp: new Date(Date.parse('2026-07-01T08:00:00Z') + i * 7_200_000).toISOString(),
  action: i % 9 === 0 ? 'user.login_failed' : 'user.login',
  actor: { id: 'u_ines', name: 'Inês', email: 'ines@example.com' },
  context: { ip_address: '203.0.113.9', team_id: 't', team_name: 'Core' },
});
const member = (action: string, at: string, email: string) => ({
  id: `${action} ${email} ${at}`,
  timestamp: at,
  action,
  actor: { id: 'u_root', name: 'Root', email: 'root@example.com' },
  target: { type: 'user', id: `u_${email.split('@')[0]}`, name: email },
  context: { ip_address: '203.0.113.1', team_id: 't', team_name: 'Core' },
  metadata: { role: 'member' },
});

async function prepared() {
  const home = temporaryFolder();
  writeFileSync(join(home, 'pass'), 'correct horse battery staple\n');
  writeFileSync(join(home, 'pin'), 'four words of wool\n');
  const entries = [
    ...Array.from({ length: 900 }, (_, i) => entry(i)),
    member('team.member_added', '2026-07-02T10:00:00Z', 'jonas@example.com'),
    member('team.member_added', '2026-07-02T11:00:00Z', 'sofia@example.com'),
    member('team.member_removed', '2026-09-20T10:00:00Z', 'jonas@example.com'),
  ];
  writeFileSync(join(home, 'log.json'), JSON.stringify(entries));
  const common = ['--archive', 'a.logbook', '--passphrase-file', 'pass', '--json', '--now', NOW];
  const run = async (...args: string[]) => {
    const { code, out, err } = await logbook(home, [...args, ...common]);
    return { code, err, json: out === '' ? null : JSON.parse(out) };
  };
  await run('init');
  await run('import', 'log.json');
  const person = (name: string, email: string) =>
    run('review', 'identity', '--create', '--name', name, '--email', email, '--pin-file', 'pin');
  await person('Marta Quintela', 'marta@example.com');
  await person('Daniel Osei', 'daniel@example.com');
  return { home, run, review: (...args: string[]) => run('review', ...args) };
}

describe('logbook review', () => {
  it('goes from what is due to an export that anybody can check, with the figures of logbook count', async () => {
    const { home, run, review } = await prepared();
    const { due } = (await review('list')).json;
    expect(due.find((one: { plan: { id: string } }) => one.plan.id === 'everything')).toMatchObject({
      state: 'due',
      period: { from: '2026-07-01', to: '2026-09-30' },
      due_at: '2026-11-05T23:59:59.999Z',
    });
    const by = ['--by', 'marta@example.com'];
    const started = await review('start', '--plan', 'everything', ...by, '--framework', 'soc2');
    expect(started).toMatchObject({ code: 0, json: { status: 'open', plan: 'everything', framework: 'soc2' } });
    const { id, population } = started.json;
    expect(population).toBe((await run('count', '--from', '2026-07-01', '--to', '2026-09-30')).json.total);
    expect((await review('sample', id, '--size', '25', '--seed', '2026Q3', ...by)).json).toMatchObject({ scope: 25 });
    const [first] = (await review('items', id, '--view', 'open', '--limit', '1')).json.items;
    const decided = await review(
      'decide',
      id,
      ...by,
      '--item',
      String(first.number),
      '--as',
      'deviation',
      '--rationale',
      'Shared',
    );
    const { exception } = decided.json;
    expect((await review('decide', id, ...by, '--open', '--as', 'appropriate')).json).toMatchObject({ changed: 24 });
    const more = ['--owner', 'Lena', '--due', '2026-10-30', '--cause', 'No policy', '--extent', 'isolated'];
    expect((await review('exception', exception, ...by, ...more)).json).toMatchObject({
      owner: 'Lena',
      status: 'open',
    });
    const sign = (who: string, role: string) => review('sign', id, '--by', who, '--as', role, '--pin-file', 'pin');
    expect(await sign('marta@example.com', 'preparer')).toMatchObject({
      code: 2,
      err: expect.stringContaining('whole'),
    });
    await review('gaps', id, ...by, '--reason', 'Imported from files of the dashboard');
    expect((await sign('marta@example.com', 'preparer')).json).toMatchObject({ status: 'prepared' });
    expect(await sign('marta@example.com', 'reviewer')).toMatchObject({ code: 3 });
    expect((await sign('daniel@example.com', 'reviewer')).json).toMatchObject({ status: 'signed' });
    expect(await review('decide', id, ...by, '--item', String(first.number), '--as', 'appropriate')).toMatchObject({
      code: 3,
    });
    expect((await run('verify')).json).toMatchObject({ ok: true });

    expect((await review('export', id, 'bundle')).json.files.map(({ name }: { name: string }) => name)).toEqual([
      'manifest.json',
      'population.ids',
      'population.csv',
      'sample.ids',
      'decisions.ndjson',
      'exceptions.ndjson',
      'exceptions-since.ndjson',
      'signatures.json',
    ]);
    const script = join(import.meta.dirname, '../../docs/verify-review.mjs');
    expect(readFileSync(script, 'utf8').split('\n').length).toBeLessThanOrEqual(61);
    const bundle = join(home, 'bundle');
    const check = (): string => {
      try {
        return execFileSync(process.execPath, [script, bundle], { encoding: 'utf8', stdio: 'pipe' });
      } catch (error) {
        return `failed: ${(error as { stderr: string }).stderr}`;
      }
    };
    expect(check()).toContain('All as it was signed');
    // Whatever is altered in what was exported, it is noticed.
    const alterations: [string, (text: string) => string][] = [
      ['population.ids', (text) => text.replace('log_0003', 'log_9999')],
      ['population.ids', (text) => text.split('\n').slice(1).join('\n')],
      ['sample.ids', (text) => text.split('\n').reverse().join('\n')],
      ['decisions.ndjson', (text) => text.replace('deviation', 'appropriate')],
      ['exceptions.ndjson', (text) => text.replace('Lena', 'Nobody')],
      ['manifest.json', (text) => text.replace('2026Q3', '2026Q4')],
      ['manifest.json', (text) => text.replace('"size":25', '"size":24')],
      ['signatures.json', (text) => text.replace('Daniel', 'Marta')],
      ['signatures.json', (text) => JSON.stringify([JSON.parse(text)[0]])],
      ['signatures.json', (text) => JSON.stringify([JSON.parse(text)[0], JSON.parse(text)[0]])],
    ];
    for (const [name, alter] of alterations) {
      const file = join(bundle, name);
      const before = readFileSync(file, 'utf8');
      expect(alter(before)).not.toBe(before);
      writeFileSync(file, alter(before));
      expect(check(), name).toContain('failed');
      writeFileSync(file, before);
    }
    expect(check()).toContain('All as it was signed');

    // A decision altered in the database, past Logbook.
    const dir = join(home, 'a.logbook');
    const key = unwrap(await unlockArchive(dir, { passphrase: 'correct horse battery staple' }));
    const db = unwrap(openEncrypted(join(dir, 'entries.db'), key, 'write'));
    db.exec(`DROP TRIGGER journal_no_update;
      UPDATE journal SET body = replace(body, '"deviation"', '"appropriate"') WHERE kind = 'review.decided'`);
    db.close();
    const verified = await run('verify');
    expect(verified.code).toBe(5);
    expect(verified.json.problems).toContainEqual(
      expect.objectContaining({
        part: 'review',
        entry: first.id,
        message: expect.stringContaining(`The decision of item ${first.number} of ${id}`),
      }),
    );
    expect(await review('export', id, 'another')).toMatchObject({ code: 5 });
  }, 60_000);

  it('refuses what makes no sense, and says what to do', async () => {
    const { review } = await prepared();
    const by = ['--by', 'I-1'];
    for (const [args, words] of [
      [['open', 'R-999'], 'R-999'],
      [['start', '--plan', 'none', ...by], 'everything'],
      [['start', '--from', '2026-07-01', ...by], 'last day'],
      [['start', '--from', '2026-07-01', '--to', '2026-09-30', '--by', 'nobody'], 'nobody'],
      [['start', '--from', '2026-07-01', '--to', '2026-09-30', '--kind', 'x', ...by], 'events'],
      [['identity', '--create', '--name', 'X', '--email', 'marta@example.com', '--pin-file', 'pin'], 'marta'],
      [['identity', '--create', '--name', 'X', '--email', 'x@example.com'], 'LOGBOOK_PIN'],
      [['leavers', 'log.json'], 'leaving_date'],
    ] as const)
      expect(await review(...args), args.join(' ')).toMatchObject({ code: 2, err: expect.stringContaining(words) });
    const wrong = join('wrong-pin');
    expect(await review('sign', 'R-1', ...by, '--as', 'preparer', '--pin-file', wrong)).toMatchObject({ code: 2 });
  });

  it('compares leavers, plans otherwise, and changes people and their PINs', async () => {
    const { home, review } = await prepared();
    writeFileSync(
      join(home, 'leavers.csv'),
      'Employee;E-Mail;Last working day\nJonas;jonas@example.com;2026-09-01\nSofia;sofia@example.com;30.09.2026\nX;x@example.com;soon\n',
    );
    expect((await review('leavers', 'leavers.csv')).json).toMatchObject({
      leavers: [
        { line: 2, state: 'late', days_late: 19, memberships: [{ removed_by: 'Root', days_late: 19 }] },
        { line: 3, state: 'present', days_late: 15, memberships: [{ removed_at: null }] },
      ],
      unread: [{ line: 4 }],
    });
    const plan = await review('plan', 'failed-logins', '--by', 'Marta', '--owner', 'Daniel', '--due-days', '2');
    expect(plan.json).toMatchObject({ owner: 'Daniel', due_days: 2, cadence: 'day', recommended: true });
    const own = await review(
      'plan',
      'new',
      'action:tunnel.*',
      '--name',
      'Tunnels',
      '--cadence',
      'month',
      '--by',
      'Marta',
    );
    expect(own.json).toMatchObject({ id: 'tunnels', text: 'action:tunnel.*', recommended: false });
    writeFileSync(join(home, 'new'), 'another four words\n');
    const change = ['identity', '--change-pin', 'I-2', '--new-pin-file', 'new', '--pin-file'];
    expect(await review(...change, 'new')).toMatchObject({ code: 6 });
    expect(await review(...change, 'pin')).toMatchObject({ code: 0 });
    expect(await review('identity', '--retire', 'I-2', '--by', 'I-1', '--reason', 'Left')).toMatchObject({ code: 0 });
    const { identities } = (await review('identity')).json;
    expect(identities).toMatchObject([{ retired_at: null }, { retired_at: '2026-10-15T12:00:00.000Z' }]);
    expect(JSON.stringify(identities)).not.toMatch(/sealed|salt/);
  });
});
