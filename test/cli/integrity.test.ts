import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openWriter, unlockArchive } from '../../src/main/core/archive/open.ts';
import { openEncrypted } from '../../src/main/core/archive/sqlite.ts';
import { startSimulator } from '../../src/main/core/simulator/server.ts';
import { unwrap } from '../../src/shared/errors.ts';
import { fixedClock, realRandom, temporaryFolder } from '../support/ports.ts';
import { logbook } from '../support/terminal.ts';

const NOW = '2026-10-15T12:00:00Z';
const PASSPHRASE = 'correct horse battery staple';
const HASH = /^[0-9a-f]{64}$/;

async function synced(faults: readonly string[] = []) {
  const options = { port: 0, entries: 600, days: 20, seed: 7, now: Date.parse(NOW), faults };
  const server = unwrap(await startSimulator(options));
  onTestFinished(() => server.close());
  const cwd = temporaryFolder();
  const run = (...args: string[]) =>
    logbook(cwd, [...args, '--archive', 'org.logbook', '--now', NOW], {
      LOGBOOK_PASSPHRASE: PASSPHRASE,
      JETTY_TOKEN: server.token,
    });
  expect((await run('init')).code).toBe(0);
  expect((await run('head', '--json')).json()).toMatchObject({ head: null, sealed_days: 0 });
  const sync = await run('sync', '--url', server.url, '--plan', 'fleet', '--json');
  return { cwd, dir: join(cwd, 'org.logbook'), run, sync };
}

/** Alters the archive past Logbook. */
async function alter(dir: string, sql: string): Promise<void> {
  const key = unwrap(await unlockArchive(dir, { passphrase: PASSPHRASE }));
  const db = unwrap(openEncrypted(join(dir, 'entries.db'), key, 'write'));
  db.exec(sql);
  db.close();
}

describe('seal, head and verify', () => {
  it('a sync seals the days it made complete; head prints the newest seal; verify finds all as it was', async () => {
    const { dir, run, sync } = await synced();
    // The day in which the retention edge lay is partial for good, and sealed as that.
    const sealed = (sync.json().days.complete as number) + 1;
    const head = (await run('head', '--json')).json();
    expect(head).toMatchObject({ head: expect.stringMatching(HASH), sealed_days: sealed, day: '2026-10-14' });
    expect(head.public_key).toMatch(HASH);
    expect(head.key_fingerprint).toMatch(HASH);
    expect((await run('seal', '--json')).json()).toEqual({
      sealed_days: sealed,
      head: head.head,
      new_seals: 0,
      refused: [],
    });
    const verified = await run('verify', '--json');
    expect(verified.code).toBe(0);
    expect(verified.json()).toMatchObject({ ok: true, entries: 600, days: sealed, head: head.head, problems: [] });
    for (const against of [
      head.head as string,
      readFileSync(join(dir, 'heads.log'), 'utf8').trim(),
      join(dir, 'heads.log'),
    ]) {
      expect((await run('verify', '--against', against)).code).toBe(0);
    }
    expect((await run('verify')).out).toContain('everything is as it was sealed');
    expect((await run('head')).out).toContain(head.head);
  });

  it('exits with 5 where something was altered, and says what', async () => {
    const { dir, run } = await synced();
    await alter(dir, `UPDATE day SET served = served + 1 WHERE day = '2026-10-10'`);
    const verified = await run('verify', '--json');
    expect(verified.code).toBe(5);
    expect(verified.json()).toMatchObject({ ok: false, found: 2 });
    expect(verified.json().problems[0]).toMatchObject({
      what: 'altered',
      part: 'coverage',
      day: '2026-10-10',
      entry: null,
    });
    expect(verified.err).not.toContain(PASSPHRASE);
    const told = await run('verify');
    expect(told.out).toContain('The coverage of 2026-10-10 is not as it was sealed');
    expect(told.err).toMatch(/^logbook: The archive is not as it was sealed: 2 problems\. .*\n$/);
  });

  it('shows a cut tail against a head that was written down, and refuses what is no head', async () => {
    const { cwd, dir, run } = await synced();
    const { head } = (await run('head', '--json')).json();
    await alter(dir, 'DROP TRIGGER seal_no_delete; DELETE FROM seal WHERE seq > 3');
    writeFileSync(join(dir, 'heads.log'), '');
    expect((await run('verify')).code).toBe(0);
    const cut = await run('verify', '--against', head as string, '--json');
    expect(cut.code).toBe(5);
    expect(cut.json().problems).toMatchObject([{ what: 'rolled_back', part: 'head' }]);
    writeFileSync(join(cwd, 'no-heads.txt'), 'nothing\n');
    for (const against of ['nowhere', 'no-heads.txt', (head as string).slice(1)]) {
      expect((await run('verify', '--against', against)).code).toBe(2);
    }
  });

  it.each(['late', 'shuffle', 'changed', 'vanished', 'tide', 'ignored-dates', 'clock-behind', 'clock-ahead', 'cap'])(
    'raises no alarm over what a server with the fault “%s” served',
    async (fault) => {
      const { run } = await synced([fault]);
      expect((await run('verify', '--json')).json().problems).toEqual([]);
    },
  );
});

describe('an archive that is known not to be as it was sealed', () => {
  it('gives out no export, report or bundle until a verification finds it sound again', async () => {
    const { dir, run } = await synced();
    const writes = [
      ['export', '--format', 'ndjson', '--out', 'x.ndjson'],
      ['report', '--template', 'soc2', '--from', '2026-10-01', '--to', '2026-10-14', '--out', 'x.pdf'],
      ['bundle', 'create', '--out', 'x.age', '--bundle-passphrase-file', 'secret.txt'],
    ];
    writeFileSync(join(dir, '..', 'secret.txt'), 'quiet otter lantern\n');
    await alter(dir, `UPDATE day SET served = served + 1 WHERE day = '2026-10-10'`);
    expect((await run('verify')).code).toBe(5);
    for (const command of writes) {
      const held = await run(...command);
      expect([command[0], held.code, held.err]).toEqual([command[0], 5, expect.stringContaining('are held')]);
      expect(existsSync(join(dir, '..', command[command.indexOf('--out') + 1]!))).toBe(false);
    }
    await alter(dir, `UPDATE day SET served = served - 1 WHERE day = '2026-10-10'; DELETE FROM unsealed_coverage`);
    expect((await run('verify')).code).toBe(0);
    for (const command of writes) expect([command[0], (await run(...command)).code]).toEqual([command[0], 0]);
    const { head } = (await run('head', '--json')).json();
    const exported = await run(
      'export',
      'action:user.login',
      '--format',
      'csv',
      '--out',
      'y.csv',
      '--sidecar',
      '--json',
    );
    expect(exported.json()).toMatchObject({ head });
    const sidecar = JSON.parse(readFileSync(join(dir, '..', 'y.csv.json'), 'utf8'));
    expect(sidecar).toMatchObject({ out: 'y.csv', query: 'action:user.login', head, sha256: exported.json().sha256 });
  });

  it('says of one in which nothing is sealed that nothing proves it', async () => {
    const cwd = temporaryFolder();
    const run = (...args: string[]) =>
      logbook(cwd, [...args, '--archive', 'new.logbook', '--now', NOW], { LOGBOOK_PASSPHRASE: PASSPHRASE });
    expect((await run('init')).code).toBe(0);
    const { code, out } = await run('verify');
    expect(code).toBe(0);
    expect(out).toContain('nothing proves that they are as they arrived');
    expect(out).not.toContain('as it was sealed');
  });
});

describe('heads kept elsewhere', () => {
  it('are written to a file or a folder at every seal; a share that was away gets what it missed', async () => {
    const { dir, run } = await synced();
    const share = join(dir, '..', 'share');
    mkdirSync(share);
    const set = await run('head', '--to', 'share', '--json');
    const file = set.json().to as string;
    expect(readFileSync(file, 'utf8')).toBe(readFileSync(join(dir, 'heads.log'), 'utf8'));
    expect((await run('verify', '--against', file)).code).toBe(0);

    const decide = async (reason: string) => {
      const key = unwrap(await unlockArchive(dir, { passphrase: PASSPHRASE }));
      const writer = unwrap(openWriter(dir, key, { clock: fixedClock(NOW), random: realRandom }));
      unwrap(writer.appendJournal([{ kind: 'x', subject: '', at: 1, by: 'Dana', body: JSON.stringify(reason) }]));
      writer.close();
    };
    renameSync(share, `${share}-away`);
    await decide('one');
    expect((await run('seal')).code).toBe(0);
    const told = await run('head', '--json');
    expect(told.err).toContain('tried again at the next seal');
    renameSync(`${share}-away`, share);
    await decide('two');
    expect((await run('seal')).code).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe(readFileSync(join(dir, 'heads.log'), 'utf8'));
    expect((await run('head', '--json')).err).toBe('');

    expect((await run('head', '--to', 'off', '--json')).json()).toMatchObject({ to: null });
    await decide('three');
    expect((await run('seal')).code).toBe(0);
    expect(readFileSync(file, 'utf8')).not.toBe(readFileSync(join(dir, 'heads.log'), 'utf8'));
    expect((await run('head', '--to', 'nowhere/at/all')).code).toBe(2);
  });
});
