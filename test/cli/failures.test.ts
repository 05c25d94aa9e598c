import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startSimulator } from '../../src/main/core/simulator/server.ts';
import { unwrap } from '../../src/shared/errors.ts';
import { temporaryFolder } from '../support/ports.ts';
import { logbook, type Ran } from '../support/terminal.ts';

const NOW = '2026-10-15T12:00:00Z';
const PASSPHRASE = 'correct horse battery staple';
const TOKEN = 'jetty_0000secret0000token0000';

async function newRoom() {
  const cwd = temporaryFolder();
  const run = (args: string[], env: Record<string, string> = {}) =>
    logbook(cwd, [...args, '--archive', 'org.logbook', '--now', NOW], {
      LOGBOOK_PASSPHRASE: PASSPHRASE,
      JETTY_TOKEN: TOKEN,
      ...env,
    });
  await run(['init']);
  return { cwd, run };
}

/** One line that says what failed and what to do, and tells no secret. */
function expectOneSentence({ err }: Ran): void {
  expect(err).toMatch(/^logbook: \S.{20,}\.\n$/);
  expect(err).not.toContain(PASSPHRASE);
  expect(err).not.toContain(TOKEN);
  expect(err).not.toMatch(/\bat \S+:\d+|Error:/);
}

describe('a failure', () => {
  it.each([
    ['a wrong passphrase', ['count'], { LOGBOOK_PASSPHRASE: 'wrong' }, 6],
    ['no passphrase', ['count'], { LOGBOOK_PASSPHRASE: '' }, 2],
    ['a missing passphrase file', ['count', '--passphrase-file', 'nowhere.txt'], {}, 2],
    ['a missing import file', ['import', 'nowhere.json'], {}, 2],
    ['an unknown command', ['frobnicate'], {}, 2],
    ['an unknown flag', ['count', '--colour', 'red'], {}, 2],
    ['a field that does not exist', ['count', 'acton:user.login'], {}, 2],
    ['an impossible date', ['count', '--from', '2026-02-30'], {}, 2],
    ['a period that ends before it begins', ['count', '--from', '2026-02-03', '--to', '2026-02-01'], {}, 2],
    ['an address that is none', ['count', '--ip', '300.1.1.1'], {}, 2],
    ['an unknown rule', ['detect', '--rule', 'nothing'], {}, 2],
    ['an unknown format', ['export', '--format', 'xls', '--out', 'x'], {}, 2],
    ['a folder that is not there', ['export', '--format', 'csv', '--out', 'no/such/folder/x.csv'], {}, 2],
    ['an archive that exists', ['init'], {}, 2],
    ['a zone that is none', ['count', '--tz', 'Mars/Olympus'], {}, 2],
    ['plain http to a stranger', ['sync', '--url', 'http://jetty.example'], {}, 2],
    ['a dead server', ['sync', '--url', 'http://127.0.0.1:9', '--plan', 'harbor'], {}, 4],
  ] as const)('by %s is one clear sentence with its exit code', async (_what, args, env, code) => {
    const { run } = await newRoom();
    const ran = await run([...args], env as Record<string, string>);
    expect(ran.code).toBe(code);
    // A sync that broke off tells what it achieved all the same.
    if (code !== 4) expect(ran.out).toBe('');
    expectOneSentence(ran);
  });

  it('names the folder that is no archive', async () => {
    const cwd = temporaryFolder();
    const ran = await logbook(cwd, ['count', '--archive', 'nowhere.logbook'], { LOGBOOK_PASSPHRASE: PASSPHRASE });
    expect(ran.code).toBe(2);
    expect(ran.err).toContain('nowhere.logbook');
  });

  it('by a wrong token or role is exit 3', async () => {
    const { run } = await newRoom();
    const server = unwrap(await startSimulator({ port: 0, entries: 100, days: 5, seed: 1, now: Date.parse(NOW) }));
    onTestFinished(() => server.close());
    const wrong = await run(['sync', '--url', server.url]);
    expect(wrong.code).toBe(3);
    expectOneSentence(wrong);
    const member = await run(['sync', '--url', server.url], { JETTY_TOKEN: server.memberToken });
    expect(member.code).toBe(3);
    expect(member.err).toMatch(/Owner|Admin/);
    expect(member.err).not.toContain(server.memberToken);
  });

  it('by a page of broken JSON is exit 4, and what came before is kept', async () => {
    const { run } = await newRoom();
    const entry = { id: 'log_1', timestamp: '2026-10-15T08:00:00Z', action: 'user.login' };
    let requests = 0;
    const server = createServer((request, response) => {
      const page = new URL(request.url ?? '', 'http://x').searchParams.get('page') ?? '1';
      requests++;
      response.setHeader('content-type', 'application/json');
      if (requests > 2 && page !== '1') return response.end('{"data":[{"id":');
      return response.end(
        JSON.stringify({
          data: page === '1' ? [entry] : [],
          links: { next: `?page=${Number(page) + 1}` },
          meta: { current_page: Number(page) },
        }),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const ran = await run([
      'sync',
      '--url',
      `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      '--from',
      '2026-10-15',
      '--json',
    ]);
    expect([0, 4]).toContain(ran.code);
    expect((await run(['count', '--json'])).json().total).toBe(1);
  }, 120_000);

  it('by a full disk leaves the archive as it was or further on', async () => {
    if (process.platform !== 'linux' || process.getuid?.() !== 0) {
      console.warn('A full disk was not tried: mounting a small tmpfs needs root on Linux.');
      return;
    }
    const cwd = temporaryFolder();
    const small = join(cwd, 'small');
    mkdirSync(small);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', small]);
    onTestFinished(() => void execFileSync('umount', ['-l', small]));
    const run = (args: string[]) =>
      logbook(small, [...args, '--archive', 'org.logbook', '--now', NOW], { LOGBOOK_PASSPHRASE: PASSPHRASE });
    expect((await run(['init'])).code).toBe(0);
    const lines = Array.from({ length: 20_000 }, (_, i) =>
      JSON.stringify({
        id: `log_${i}`,
        timestamp: new Date(Date.parse(NOW) - i * 1000).toISOString(),
        action: 'user.login',
        // Nothing that could be compressed.
        metadata: { note: randomBytes(150).toString('base64') },
      }),
    );
    writeFileSync(join(cwd, 'many.ndjson'), lines.join('\n'));
    const full = await run(['import', join(cwd, 'many.ndjson')]);
    expect(full.code).toBe(1);
    expect(full.err).toMatch(/disk is full/);
    expectOneSentence(full);
    const kept = Number((await run(['count', '--json'])).json().total);
    expect(kept).toBeLessThan(20_000);
    const exported = await run(['export', '--format', 'ndjson', '--out', join(cwd, 'kept.ndjson'), '--json']);
    expect(exported.json()).toMatchObject({ entries: kept });
    expect(
      readFileSync(join(cwd, 'kept.ndjson'), 'utf8')
        .split('\n')
        .filter(Boolean)
        .every((line) => lines.includes(line)),
    ).toBe(true);
  });
});
