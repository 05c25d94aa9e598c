import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createArchive, openReader } from '../../../../src/main/core/archive/open.ts';
import { type Random, randomFor } from '../../../../src/main/core/simulator/random.ts';
import { startSimulator } from '../../../../src/main/core/simulator/server.ts';
import { unwrap } from '../../../../src/shared/errors.ts';
import { chance, contentsOf, NOW } from './fixtures.ts';

// One backfill whose process is killed with SIGKILL again and again at moments drawn by chance. Without vitest, because
// the long form runs outside of the suite.

export type Campaign = {
  readonly kills: number;
  readonly entries: number;
  readonly days: number;
  readonly perPageMax: number;
  readonly seed: number;
};

export type CampaignResult = {
  readonly kills: number;
  readonly entries: number;
  readonly lost: number;
  readonly doubled: number;
  /** Days of the log that are over and not complete. */
  readonly incompleteDays: number;
  readonly requests: number;
  readonly undisturbed: number;
};

const PROCESS = new URL('./sync-process.ts', import.meta.url).pathname;
const CHEAP = { memoryKiB: 8, passes: 1, lanes: 1 };
// A kill falls somewhere between two answers of the server: so long one takes.
const LATENCY_MS = 8;

export async function killCampaign(campaign: Campaign): Promise<CampaignResult> {
  const { kills, entries, days, perPageMax, seed } = campaign;
  const folder = mkdtempSync(join(tmpdir(), 'logbook-kills-'));
  const clock = { now: () => NOW, sleep: async (ms: number) => void (await pause(ms)) };
  const simulator = unwrap(
    await startSimulator({
      port: 0,
      entries,
      days,
      seed,
      now: NOW,
      clock,
      perPageMax,
      faults: [`latency:${LATENCY_MS}`],
    }),
  );
  const lot = randomFor(seed, 'kills');
  try {
    const target = (dir: string, key: Uint8Array) => [
      '--disable-warning=ExperimentalWarning',
      ...[PROCESS, dir, Buffer.from(key).toString('hex'), simulator.url, simulator.token],
    ];
    const calm = await archiveIn(join(folder, 'calm'));
    await life(target(calm.dir, calm.key), async () => undefined);
    const undisturbed = simulator.requests();

    const { dir, key } = await archiveIn(join(folder, 'killed'));
    let killed = 0;
    for (let finished = false; !finished; ) {
      const done = simulator.requests() - undisturbed;
      const left = undisturbed - done;
      const share = left / Math.max(1, kills - killed);
      // Some are left for the kills to come: a run that comes to its end can no longer be killed.
      const most = Math.min(2 * share, left - 3 * (kills - killed));
      const after = simulator.requests() + 1 + lot.int(0, Math.max(1, Math.round(most)));
      const code = await life(target(dir, key), (child) =>
        killIn(child, lot, () => simulator.requests() >= after, killed < kills),
      );
      if (code === null) killed++;
      else finished = true;
    }
    return { kills: killed, entries, undisturbed, requests: simulator.requests() - undisturbed, ...compare() };

    function compare() {
      const reader = unwrap(openReader(dir, key));
      const found = contentsOf(reader);
      const served = [...simulator.servedBetween(NOW, NOW)];
      const lost = served.filter(({ id, raw }) => found.get(id) !== Buffer.from(raw).toString()).length;
      const info = reader.info();
      const states = reader.coverage('1970-01-01', new Date(NOW - 86_400_000).toISOString().slice(0, 10));
      const over = served.filter(({ ts }) => ts < Math.floor(NOW / 86_400_000) * 86_400_000);
      const dates = new Set(over.map(({ ts }) => new Date(ts).toISOString().slice(0, 10)));
      const complete = states.filter((day) => day.state === 'complete' && dates.has(day.day)).length;
      reader.close();
      const doubled = info.entries - found.size + info.changedUpstream + info.unreadable + found.size - served.length;
      return { lost, doubled: doubled + lost, incompleteDays: dates.size - complete };
    }
  } finally {
    await simulator.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function archiveIn(dir: string) {
  const ports = { clock: { now: () => NOW, sleep: async () => undefined }, random: chance, kdfCost: CHEAP };
  const { writer, key } = unwrap(await createArchive(dir, { name: 'Kills', passphrase: 'kills', zone: 'UTC' }, ports));
  writer.close();
  return { dir, key };
}

/** One process from its start to its end; null where it was killed. */
async function life(
  args: readonly string[],
  meanwhile: (child: ChildProcess) => Promise<void>,
): Promise<number | null> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  await Promise.race([meanwhile(child), ended]);
  return ended;
}

async function killIn(child: ChildProcess, lot: Random, isTime: () => boolean, wanted: boolean): Promise<void> {
  if (!wanted) return;
  while (child.exitCode === null && !isTime()) await pause(1);
  await pause(lot.int(0, 2 * LATENCY_MS));
  child.kill('SIGKILL');
}
