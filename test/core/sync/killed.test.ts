import { type ChildProcess, spawn } from 'node:child_process';
import { expect, onTestFinished, test } from 'vitest';
import { openReader } from '../../../src/main/core/archive/open.ts';
import { unwrap } from '../../../src/shared/errors.ts';
import { newArchive } from '../../support/archive.ts';
import { contentsOf, makeLog, truthOf } from './support/fixtures.ts';
import { startTinyServer } from './support/tiny-server.ts';

const PROCESS = new URL('./support/sync-process.ts', import.meta.url).pathname;

test('killed with -9 again and again: nothing lost, nothing doubled, no page fetched more than it must', async () => {
  const log = makeLog(5, 190);
  const server = await startTinyServer(log, { perPageMax: 20 });
  onTestFinished(() => server.close());

  const sync = async (killAt: number | null): Promise<{ code: number | null; requests: number }> => {
    const before = server.asked.length;
    let child: ChildProcess | null = null;
    server.behaviour.before = (asked) => {
      if (killAt !== null && asked.number - before === killAt) child?.kill('SIGKILL');
      return undefined;
    };
    child = spawn(process.execPath, [PROCESS, archive.dir, Buffer.from(archive.key).toString('hex'), server.url], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const code = await new Promise<number | null>((resolve) => child?.once('close', resolve));
    return { code, requests: server.asked.length - before };
  };

  let archive = await newArchive();
  archive.writer.close();
  const calm = await sync(null);
  expect(calm.code).toBe(0);

  archive = await newArchive();
  archive.writer.close();
  let requests = 0;
  let kills = 0;
  for (let killAt = 3; ; killAt += 2) {
    const run = await sync(killAt);
    requests += run.requests;
    if (run.code !== null) break;
    kills++;
  }
  expect(kills).toBeGreaterThanOrEqual(5);
  const reader = unwrap(openReader(archive.dir, archive.key));
  expect(contentsOf(reader)).toEqual(truthOf(log));
  expect(reader.info()).toMatchObject({ entries: log.length, changedUpstream: 0, unreadable: 0 });
  expect(reader.coverage('2026-03-26', '2026-03-30').map((day) => day.state)).toEqual(Array(5).fill('complete'));
  reader.close();
  // A kill costs what was in flight: one page, and one asked for ahead. Today's first page is read once more.
  expect(requests).toBeLessThanOrEqual(calm.requests + 2 * kills + 2);
});
