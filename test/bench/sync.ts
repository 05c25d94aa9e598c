import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createArchive } from '../../src/main/core/archive/open.ts';
import { createClient } from '../../src/main/core/jetty/client.ts';
import type { HttpFetch } from '../../src/main/core/ports.ts';
import { runSync } from '../../src/main/core/sync/sync.ts';
import { systemFetch } from '../../src/main/system-fetch.ts';
import { systemClock, systemRandom } from '../../src/main/system-ports.ts';
import { unwrap } from '../../src/shared/errors.ts';
import { simulatorApart } from '../support/simulator-apart.ts';

// A first sync into an encrypted archive beside a bare loop that fetches the same pages, one after the other, and throws
// them away. The server is a process of its own; the two run in turn, so that a machine that changes its speed changes it
// for both.

const total = Number(process.argv[2] ?? 25_000);
const days = Number(process.argv[3] ?? 90);
const RUNS = 7;
const say = (text: string): void => void process.stdout.write(`${text}\n`);
const folder = mkdtempSync(join(tmpdir(), 'logbook-bench-'));

const server = await simulatorApart({ entries: total, days, retentionDays: 90 });
const { url, token } = server;
const headers = { Authorization: `Bearer ${token}`, Accept: 'application/json' };

let n = 0;
async function sync(): Promise<{ ms: number; pages: string[]; entries: number }> {
  const made = unwrap(
    await createArchive(
      join(folder, `bench-${n++}.logbook`),
      { name: 'Bench', passphrase: 'bench', zone: 'UTC' },
      { clock: systemClock, random: systemRandom, kdfCost: { memoryKiB: 8, passes: 1, lanes: 1 } },
    ),
  );
  const pages: string[] = [];
  const system = systemFetch();
  const noting: HttpFetch = (page, init) => {
    pages.push(page);
    return system(page, init);
  };
  const client = unwrap(createClient({ address: url, token, fetch: noting, clock: systemClock, random: systemRandom }));
  const started = performance.now();
  const outcome = unwrap(await runSync({ writer: made.writer, client, clock: systemClock, plan: 'coastal' }));
  const ms = performance.now() - started;
  if (!outcome.complete) throw new Error('the sync was not complete');
  made.writer.close();
  return { ms, pages, entries: outcome.inserted };
}

async function bareLoop(pages: readonly string[]): Promise<number> {
  const started = performance.now();
  for (const page of pages) await (await fetch(page, { headers })).arrayBuffer();
  return performance.now() - started;
}

const median = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
try {
  const { pages } = await sync();
  await bareLoop(pages);
  const times: { readonly sync: number[]; readonly bare: number[] } = { sync: [], bare: [] };
  let entries = 0;
  let requests = 0;
  for (let i = 0; i < RUNS; i++) {
    const run = await sync();
    times.sync.push(run.ms);
    times.bare.push(await bareLoop(run.pages));
    entries = run.entries;
    requests = run.pages.length;
  }
  const [ours, bare] = [median(times.sync), median(times.bare)];
  say(
    `first sync of ${entries} entries over ${days} days, ${requests} requests; Node ${process.versions.node}; median of ${RUNS}`,
  );
  say(`sync into an encrypted archive  ${ours.toFixed(0)} ms (worst ${Math.max(...times.sync).toFixed(0)})`);
  say(`bare fetch loop, same pages     ${bare.toFixed(0)} ms (worst ${Math.max(...times.bare).toFixed(0)})`);
  say(`sync ÷ bare loop                ${(ours / bare).toFixed(2)}`);
} finally {
  server.close();
  rmSync(folder, { recursive: true, force: true });
}
