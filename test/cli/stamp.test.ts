import { execFileSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openWriter, unlockArchive } from '../../src/main/core/archive/open.ts';
import { openEncrypted } from '../../src/main/core/archive/sqlite.ts';
import { startSimulator } from '../../src/main/core/simulator/server.ts';
import { unwrap } from '../../src/shared/errors.ts';
import { fixedClock, realRandom, temporaryFolder } from '../support/ports.ts';
import { logbook } from '../support/terminal.ts';
import { hasOpenssl, makeAuthority, openssl, startTimeAuthority } from '../support/time-authority.ts';

const NOW = '2026-10-15T12:00:00Z';
const PASSPHRASE = 'correct horse battery staple';

async function synced() {
  const options = { port: 0, entries: 200, days: 6, seed: 7, now: Date.parse(NOW), faults: [] };
  const server = unwrap(await startSimulator(options));
  onTestFinished(() => server.close());
  const cwd = temporaryFolder();
  const dir = join(cwd, 'org.logbook');
  const run = (...args: string[]) =>
    logbook(cwd, [...args, '--archive', 'org.logbook', '--now', NOW], {
      LOGBOOK_PASSPHRASE: PASSPHRASE,
      LOGBOOK_BUNDLE_PASSPHRASE: 'quiet otter lantern',
      JETTY_TOKEN: server.token,
    });
  expect((await run('init')).code).toBe(0);
  const sync = (...more: string[]) => run('sync', '--url', server.url, '--plan', 'fleet', ...more);
  /** Something that the next sealing seals. */
  const decide = async (reason: string) => {
    const key = unwrap(await unlockArchive(dir, { passphrase: PASSPHRASE }));
    const writer = unwrap(openWriter(dir, key, { clock: fixedClock(NOW), random: realRandom }));
    unwrap(writer.appendJournal([{ kind: 'x', subject: '', at: 1, by: 'Dana', body: JSON.stringify(reason) }]));
    writer.close();
  };
  return { cwd, dir, run, sync, decide };
}

describe.runIf(hasOpenssl())('time stamps', () => {
  it('are had at once and with every seal, shown with the head, verified, and in a bundle what openssl accepts', async () => {
    const { cwd, run, sync, decide } = await synced();
    const authority = await startTimeAuthority();
    expect((await sync('--to', '2026-10-12')).code).toBe(0);
    const first = (await run('head', '--json')).json();
    expect(first).toMatchObject({ stamp_by: null, stamp: null });
    const set = await run('head', '--stamp', authority.url, '--json');
    expect(set.json()).toMatchObject({
      stamp_by: authority.url,
      stamp: { head: first.head, authority: 'Test Authority', trusted: false },
    });
    expect((await run('head')).out).toContain('the stamp agrees with itself');

    // Nothing new is sealed: nobody is asked.
    expect((await run('seal')).code).toBe(0);
    expect(authority.asked()).toBe(1);
    expect((await sync()).err).not.toContain('time-stamp');
    expect(authority.asked()).toBe(2);
    await decide('one');
    expect((await run('seal')).code).toBe(0);
    const last = (await run('head', '--json')).json();
    expect(last).toMatchObject({ stamp: { sequence: last.sequence, head: last.head } });

    expect((await run('verify', '--json')).json()).toMatchObject({ ok: true, stamps: { count: 3, trusted: 0 } });
    expect((await run('verify')).out).toContain('3 time stamps, none by an authority that is trusted');
    const trusting = ['verify', '--stamp-ca', authority.root];
    expect((await run(...trusting, '--json')).json()).toMatchObject({ ok: true, stamps: { count: 3, trusted: 3 } });
    expect((await run(...trusting)).out).toContain('3 time stamps, by an authority that is trusted');
    expect((await run('verify', '--stamp-ca', makeAuthority().root, '--json')).json()).toMatchObject({
      ok: true,
      stamps: { trusted: 0 },
    });
    expect((await run('verify', '--stamp-ca', 'nowhere.pem')).code).toBe(2);

    expect((await run('bundle', 'create', '--out', 'q.age')).code).toBe(0);
    expect((await run('bundle', 'verify', 'q.age', '--json')).json()).toMatchObject({ ok: true, problems: [] });
    expect((await run('bundle', 'open', 'q.age', '--out', 'parts')).code).toBe(0);
    const stamps = readdirSync(join(cwd, 'parts/stamps'));
    expect(stamps).toHaveLength(3);
    const file = `stamps/${String(last.sequence).padStart(6, '0')}.tsr`;
    const verify = ['ts', '-verify', '-digest', last.head as string, '-in', file, '-CAfile', authority.root];
    expect(openssl(join(cwd, 'parts'), ...verify)).toContain('Verification: OK');
    const script = ['docs/verify-bundle.mjs', join(cwd, 'parts'), last.head as string];
    expect(execFileSync(process.execPath, script, { encoding: 'utf8' })).toContain('All as it was made');
  });

  it('that cannot be had hold nothing up, are told of, and had with the next seal', async () => {
    const { run, sync, decide } = await synced();
    const authority = await startTimeAuthority();
    // Before anything is sealed nobody is asked.
    const set = await run('head', '--stamp', authority.url, '--stamp-ca', authority.root, '--json');
    expect([set.code, authority.asked()]).toEqual([0, 0]);
    authority.answer(() => ({ headers: { 'content-type': 'text/html' }, body: '<!doctype html>Sign in' }));
    const away = await sync();
    expect(away.code).toBe(0);
    expect(away.err).toMatch(/The head is not time-stamped: .*cannot be read as a time stamp/);
    const told = await run('head', '--json');
    expect(told.json()).toMatchObject({ stamp: null });
    expect(told.err).toContain('It is asked again at the next seal');
    authority.answer(null);
    await decide('one');
    expect((await run('seal')).err).toBe('');
    const after = await run('head', '--json');
    expect(after.err).toBe('');
    expect(after.json()).toMatchObject({ stamp: { trusted: true } });
    expect((await run('verify', '--json')).json()).toMatchObject({ stamps: { count: 1, trusted: 1 } });
    expect((await run('head', '--stamp', 'off', '--json')).json()).toMatchObject({ stamp_by: null });
    await decide('two');
    expect((await run('seal')).code).toBe(0);
    expect((await run('verify', '--json')).json()).toMatchObject({ ok: true, stamps: { count: 1 } });
  });

  it('are named where they were altered, and nothing leaves the archive until that is made good', async () => {
    const { dir, run, sync } = await synced();
    const authority = await startTimeAuthority();
    expect((await sync()).code).toBe(0);
    expect((await run('head', '--stamp', authority.url)).code).toBe(0);
    const key = unwrap(await unlockArchive(dir, { passphrase: PASSPHRASE }));
    const db = unwrap(openEncrypted(join(dir, 'entries.db'), key, 'write'));
    db.exec('DROP TRIGGER stamp_no_update; UPDATE stamp SET seal = seal - 1');
    db.close();
    const verified = await run('verify', '--json');
    expect(verified.code).toBe(5);
    expect(verified.json().problems).toMatchObject([{ what: 'altered', part: 'stamp' }]);
  });

  it('are set only where the authority answers as one, and is asked as it should be', async () => {
    const { cwd, run, sync } = await synced();
    const authority = await startTimeAuthority();
    expect((await sync()).code).toBe(0);
    writeFileSync(join(cwd, 'no.pem'), 'nothing');
    const tries: readonly (readonly [readonly string[], number])[] = [
      [['--stamp', 'http://tsa.example/tsr'], 2],
      [['--stamp', authority.url, '--stamp-ca', 'no.pem'], 2],
      [['--stamp', authority.url, '--stamp-ca', makeAuthority().root], 4],
      [['--stamp', 'http://127.0.0.1:9/tsr'], 4],
      [['--stamp', authority.url, '--to', 'x'], 2],
      [['--stamp-ca', authority.root], 2],
    ];
    for (const [flags, code] of tries) expect([flags, (await run('head', ...flags)).code]).toEqual([flags, code]);
    expect((await run('head', '--json')).json()).toMatchObject({ stamp_by: null, stamp: null });
  });
});
