import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { expect, it, onTestFinished } from 'vitest';
import { startSimulator } from '../../src/main/core/simulator/server.ts';
import { unwrap } from '../../src/shared/errors.ts';
import { temporaryFolder } from '../support/ports.ts';
import { logbook } from '../support/terminal.ts';

const NOW = '2026-10-15T12:00:00Z';

async function synced() {
  const options = { port: 0, entries: 600, days: 20, seed: 7, now: Date.parse(NOW), faults: [] };
  const server = unwrap(await startSimulator(options));
  onTestFinished(() => server.close());
  const cwd = temporaryFolder();
  const env = {
    LOGBOOK_PASSPHRASE: 'correct horse battery staple',
    LOGBOOK_BUNDLE_PASSPHRASE: 'quiet otter lantern',
    JETTY_TOKEN: server.token,
  };
  const run = (...args: string[]) => logbook(cwd, args, env);
  const here = ['--archive', 'org.logbook', '--now', NOW];
  expect((await run('init', ...here)).code).toBe(0);
  expect((await run('sync', '--url', server.url, '--plan', 'fleet', ...here)).code).toBe(0);
  const head = (await run('head', '--json', ...here)).json();
  return { cwd, run, here, head };
}

it('a bundle is made, verified without the archive, and opened into a folder', async () => {
  const { cwd, run, here, head } = await synced();
  const identity = await generateX25519Identity();
  writeFileSync(join(cwd, 'key.txt'), `${identity}\n`);
  const recipient = await identityToRecipient(identity);
  const made = await run(
    'bundle',
    'create',
    '--last',
    '10d',
    '--out',
    'q.age',
    '--recipient',
    recipient,
    '--json',
    ...here,
  );
  const count = (await run('count', '--last', '10d', '--json', ...here)).json();
  expect(made.json()).toMatchObject({ entries: count.total, head: head.head, public_key: head.public_key });

  const verified = await run(
    'bundle',
    'verify',
    'q.age',
    '--identity',
    'key.txt',
    '--key',
    head.public_key,
    '--against',
    head.head,
    '--json',
  );
  expect(verified.json()).toMatchObject({ ok: true, compared: true, entries: count.total, problems: [] });
  expect((await run('bundle', 'verify', 'q.age', '--identity', 'key.txt')).out).toContain('was not checked');
  const other = await run('bundle', 'verify', 'q.age', '--identity', 'key.txt', '--key', '0'.repeat(64));
  expect(other.code).toBe(5);

  expect(
    (await run('bundle', 'open', 'q.age', '--identity', 'key.txt', '--out', 'parts', '--json')).json(),
  ).toMatchObject({ ok: true });
  expect(JSON.parse(readFileSync(join(cwd, 'parts/manifest.json'), 'utf8'))).toMatchObject({ key: head.public_key });
  expect((await run('bundle', 'open', 'q.age', '--identity', 'key.txt', '--out', 'parts')).code).toBe(2);
});

it('says what is wrong with how it is asked, and shows no secret', async () => {
  const { cwd, run, here } = await synced();
  const create = (...more: string[]) => run('bundle', 'create', '--out', 'p.age', ...more, ...here);
  expect((await create('--recipient', 'age1nobody')).code).toBe(2);
  expect(existsSync(join(cwd, 'p.age'))).toBe(false);
  expect((await create('--pseudonymise', '--last', '3d')).code).toBe(0);
  expect((await run('bundle', 'verify', 'p.age', '--json')).json()).toMatchObject({ ok: true, pseudonymised: true });
  writeFileSync(join(cwd, 'wrong.txt'), 'another passphrase\n');
  const wrong = await run('bundle', 'verify', 'p.age', '--bundle-passphrase-file', 'wrong.txt');
  expect(wrong.code).toBe(6);
  expect(wrong.err).not.toContain('another passphrase');
  expect((await run('bundle', 'verify', 'p.age', '--key', 'zz')).code).toBe(2);
  expect((await run('bundle', 'verify', 'none.age')).code).toBe(2);
  expect((await run('bundle')).code).toBe(2);
});
