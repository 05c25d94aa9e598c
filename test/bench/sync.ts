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
const RUNS = 15;
const say = (text: string): void => void process.stdout.write(`${text}\n`);
const folder = mkdtempSync(join(tmpdir(), 'logbook-bench-'));

const server = await simulatorApart({ entries: total, days, retentionDays: 90 });
const { url, token } = server;
const headers = { Authorization: `Bearer ${token}`, Accept: 'application/json' };

let n = 0;
async function sync(): Promise<{ time: Run; pages: string[]; entries: number }> {
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
  const time = await timed(() => runSync({ writer: made.writer, client, clock: systemClock, plan: 'coastal' }));
  const outcome = unwrap(time.value);
  if (!outcome.complete) throw new Error('the sync was not complete');
  made.writer.close();
  return { time, pages, entries: outcome.inserted };
}

async function bareLoop(pages: readonly string[]): Promise<void> {
  for (const page of pages) await (await fetch(page, { headers })).arrayBuffer();
}

type Run = { readonly ms: number; readonly processor: number };

/** Wall and processor time (of this process: the server is another) of some work, in milliseconds. */
async function timed<T>(work: () => Promise<T>): Promise<Run & { readonly value: T }> {
  const before = process.cpuUsage();
  const started = performance.now();
  const value = await work();
  const ms = performance.now() - started;
  const { user, system } = process.cpuUsage(before);
  return { ms, processor: (user + system) / 1000, value };
}

const sorted = (runs: readonly Run[], of: keyof Run): number[] => runs.map((run) => run[of]).sort((a, b) => a - b);
const best = (runs: readonly Run[]): number => sorted(runs, 'ms')[0] ?? 0;
const median = (runs: readonly Run[], of: keyof Run = 'ms'): number =>
  sorted(runs, of)[Math.floor(runs.length / 2)] ?? 0;
const line = (name: string, runs: readonly Run[]): void =>
  say(
    `${name.padEnd(32)} best ${best(runs).toFixed(0)} ms, median ${median(runs).toFixed(0)} ms, of processor ${median(runs, 'processor').toFixed(0)} ms`,
  );

try {
  const { pages } = await sync();
  await bareLoop(pages);
  const syncs: Run[] = [];
  const loops: Run[] = [];
  let entries = 0;
  let requests = 0;
  for (let i = 0; i < RUNS; i++) {
    const run = await sync();
    syncs.push(run.time);
    loops.push(await timed(() => bareLoop(run.pages)));
    entries = run.entries;
    requests = run.pages.length;
  }
  say(
    `first sync of ${entries} entries over ${days} days, ${requests} requests; Node ${process.versions.node}; ${RUNS} runs of each in turn`,
  );
  line('sync into an encrypted archive', syncs);
  line('bare fetch loop, same pages', loops);
  // Of runs on a machine that others use, too, the best are those that were disturbed least.
  const pairs = syncs.map((run, i) => run.ms / loops[i]!.ms).sort((a, b) => a - b);
  say(
    `sync ÷ bare loop: best ${ratio(best(syncs), best(loops))}, median of pairs ${pairs[Math.floor(RUNS / 2)]!.toFixed(2)} (at most 1.2)`,
  );
} finally {
  server.close();
  rmSync(folder, { recursive: true, force: true });
}

function ratio(a: number, b: number): string {
  return (a / b).toFixed(2);
}
