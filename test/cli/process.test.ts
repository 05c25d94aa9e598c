import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { unwrap } from '../../src/shared/errors.ts';
import { batchOf, newArchive, PASSPHRASE } from '../support/archive.ts';
import { temporaryFolder } from '../support/ports.ts';

const CLI = new URL('../../src/main/cli/index.ts', import.meta.url).pathname;

type Finished = { code: number | null; signal: string | null; out: string; err: string };

function start(args: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [CLI, ...args], {
    env: { PATH: process.env.PATH ?? '', HOME: temporaryFolder(), LOGBOOK_PASSPHRASE: PASSPHRASE, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let out = '';
  let err = '';
  child.stdout.on('data', (text) => {
    out += text;
  });
  child.stderr.on('data', (text) => {
    err += text;
  });
  const finished = once(child, 'close').then(([code, signal]): Finished => ({ code, signal, out, err }));
  return { child: child as ChildProcess, finished };
}

const run = (args: string[], env?: Record<string, string>): Promise<Finished> => {
  const { child, finished } = start(args, env);
  child.stdin?.end();
  return finished;
};

function entries(n: number) {
  return Array.from({ length: n }, (_, i) => ({
    id: `log_${i}`,
    timestamp: new Date(Date.parse('2026-10-01T00:00:00Z') + i * 1000).toISOString(),
    action: 'user.login',
    metadata: { note: 'x'.repeat(100) },
  }));
}

/** A server whose first answer comes at once and whose second never does. */
async function stallingServer() {
  let requests = 0;
  const server = createServer((_request, response) => {
    if (++requests > 1) return;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ data: entries(3), links: { next: '?page=2' }, meta: { current_page: 1 } }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const second = new Promise<void>((resolve) => {
    server.on('request', () => {
      if (requests > 1) resolve();
    });
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, second };
}

describe('the command as a process', () => {
  it('refuses a second writer with exit 7 and says who holds the archive; readers go on', async () => {
    const { dir, writer } = await newArchive();
    writer.close();
    const server = await stallingServer();
    const first = start(['sync', '--archive', dir, '--url', server.url, '--from', '2026-10-01'], {
      JETTY_TOKEN: 'jetty_00000000',
    });
    await server.second;
    writeFileSync(join(dirname(dir), 'one.json'), JSON.stringify(entries(1)));
    for (const args of [
      ['import', join(dirname(dir), 'one.json')],
      ['key', 'rekey'],
    ]) {
      const second = await run([...args, '--archive', dir]);
      expect(second).toMatchObject({ code: 7, out: '' });
      expect(second.err).toContain(`process ${first.child.pid}`);
    }
    expect(await run(['count', '--archive', dir, '--json'])).toMatchObject({ code: 0, out: '{"total":3}\n' });

    // Ctrl-C: what arrived is kept, and told.
    first.child.kill('SIGINT');
    const stopped = await first.finished;
    expect(stopped.code).toBe(130);
    expect(stopped.out).toContain('3 new entries');
    expect(stopped.err).toMatch(/^logbook: .*(cancelled|stopped).*\n$/);
    expect((await run(['import', join(dirname(dir), 'one.json'), '--archive', dir])).code).toBe(0);
  });

  it('ends quietly when whoever reads its output goes away', async () => {
    const { dir, writer } = await newArchive();
    unwrap(writer.ingest(batchOf(entries(3_000))));
    writer.close();
    const { child, finished } = start(['search', '--limit', '3000', '--archive', dir]);
    child.stdout?.once('data', () => child.stdout?.destroy());
    expect(await finished).toMatchObject({ code: 0, err: '' });
  });

  it('a recovery code that could not be printed counts as one that nobody has seen', async () => {
    const { dir, writer } = await newArchive();
    writer.close();
    for (const command of ['new-recovery-code', 'rekey']) {
      const { child, finished } = start(['key', command, '--archive', dir]);
      child.stdout?.destroy();
      await finished;
      expect((await run(['count', '--archive', dir])).err).toContain('Nobody has seen the present recovery code');
      expect((await run(['key', 'new-recovery-code', '--archive', dir])).code).toBe(0);
      expect((await run(['count', '--archive', dir])).err).toBe('');
    }
  });

  it('an export stopped by Ctrl-C leaves nothing, and the file of before as it was', async () => {
    const { dir, writer } = await newArchive();
    unwrap(writer.ingest(batchOf(entries(60_000))));
    writer.close();
    const folder = temporaryFolder();
    const { child, finished } = start([
      'export',
      '--format',
      'ocsf',
      '--out',
      join(folder, 'all.ndjson'),
      '--archive',
      dir,
    ]);
    while (!readdirSync(folder).some((name) => name.endsWith('.part')))
      await new Promise((resolve) => setTimeout(resolve, 2));
    child.kill('SIGINT');
    expect(await finished).toMatchObject({ code: 130, out: '', err: expect.stringContaining('cancelled') });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('reads a batch from standard input as it comes', async () => {
    const { dir, writer } = await newArchive();
    unwrap(writer.ingest(batchOf(entries(5))));
    writer.close();
    const { child, finished } = start(['batch', '--archive', dir]);
    child.stdin?.write('\uFEFFcount\r\n');
    const [answer] = await once(child.stdout!, 'data');
    expect(JSON.parse(String(answer))).toMatchObject({ total: 5, exit: 0 });
    child.stdin?.write('count te');
    child.stdin?.end('xt:"é 日本"');
    const { code, out } = await finished;
    expect(code).toBe(0);
    expect(
      out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).total),
    ).toEqual([5, 0]);
  });

  it('opens an archive on a medium that cannot be written, or says why not', async () => {
    if (process.platform !== 'linux' || process.getuid?.() !== 0) {
      console.warn('NOT TRIED: an archive on a read-only medium; mounting one needs root on Linux.');
      return;
    }
    const { dir, writer } = await newArchive();
    unwrap(writer.ingest(batchOf(entries(5))));
    writer.close();
    const mounted = join(temporaryFolder(), 'medium');
    mkdirSync(mounted);
    execFileSync('mount', ['--bind', dirname(dir), mounted]);
    onTestFinished(() => void execFileSync('umount', ['-l', mounted]));
    execFileSync('mount', ['-o', 'remount,bind,ro', mounted]);
    const there = join(mounted, 'test.logbook');
    expect(existsSync(there)).toBe(true);
    expect(await run(['count', '--archive', there, '--json'])).toMatchObject({ code: 0, out: '{"total":5}\n' });
    expect((await run(['key', 'status', '--archive', there])).code).toBe(0);
    const refused = await run(['import', '/dev/null', '--archive', there]);
    expect(refused).toMatchObject({ code: 1, err: expect.stringMatching(/permission|cannot be written/) });
  });
});
