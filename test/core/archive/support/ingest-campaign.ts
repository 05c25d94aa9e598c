import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { checkArchive } from '../../../../src/main/core/archive/check-archive.ts';
import { createArchive, openReader, openWriter } from '../../../../src/main/core/archive/open.ts';
import { openEncrypted } from '../../../../src/main/core/archive/sqlite.ts';
import { parseEntry } from '../../../../src/main/core/jetty/parse-entry.ts';
import { type Random, randomFor } from '../../../../src/main/core/simulator/random.ts';
import { systemClock, systemRandom } from '../../../../src/main/system-ports.ts';
import { unwrap } from '../../../../src/shared/errors.ts';
import { CHEAP_KDF } from '../../../support/ports.ts';
import { StreamModel } from './stream-model.ts';

// One archive whose writer is killed with SIGKILL again and again while it stores batches, at moments drawn by chance:
// before it is open, between two batches, within one. Without vitest, because the long form runs outside of the suite.

export type IngestCampaign = {
  readonly kills: number;
  readonly seed: number;
  /** Entries of a batch, at most; a burst has up to three times as many. */
  readonly largest: number;
};

export type IngestCampaignResult = {
  readonly kills: number;
  readonly acknowledged: number;
  /** Batches that were committed when the kill came before they were acknowledged. */
  readonly unheard: number;
  readonly entries: number;
  /** Everything found wrong after any of the kills, with its number. */
  readonly problems: readonly string[];
};

const PROCESS = new URL('./ingest-process.ts', import.meta.url).pathname;
const LONGEST_MS = 120;

export async function ingestCampaign(
  { kills, seed, largest }: IngestCampaign,
  say: (line: string) => void = () => undefined,
): Promise<IngestCampaignResult> {
  const folder = mkdtempSync(join(tmpdir(), 'logbook-kills-'));
  const dir = join(folder, 'killed.logbook');
  const ports = { clock: systemClock, random: systemRandom, kdfCost: CHEAP_KDF };
  const lot = randomFor(seed, 'kills');
  const model = new StreamModel(seed, largest);
  const problems: string[] = [];
  let last = -1;
  let acknowledged = 0;
  let unheard = 0;
  try {
    const made = unwrap(await createArchive(dir, { name: 'Kills', passphrase: 'kills', zone: 'UTC' }, ports));
    made.writer.close();
    for (let kill = 1; kill <= kills; kill++) {
      const heard = await life([dir, String(seed), String(last + 1), String(largest)], made.key, lot);
      acknowledged += heard.length;
      const promised = heard.at(-1) ?? last;
      const found = examine(dir, made.key, ports, lot, model, promised);
      problems.push(...found.problems.map((problem) => `kill ${kill}: ${problem}`));
      if (found.committed > promised) unheard++;
      // Goes on from what was acknowledged: what was committed unheard comes again.
      last = promised;
      if (kill % 20 === 0) say(`${kill} kills, ${acknowledged} batches, ${model.entries} entries`);
      if (problems.length > 20) break;
    }
    problems.push(...madeAnew(dir, made.key, ports, lot, model).map((problem) => `made anew: ${problem}`));
    return { kills, acknowledged, unheard, entries: model.entries, problems };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

// What many broken-off lives left behind must be what one reading of the raw bytes makes.
function madeAnew(dir: string, key: Uint8Array, ports: Ports, lot: Random, model: StreamModel): readonly string[] {
  const writer = unwrap(openWriter(dir, key, ports));
  unwrap(writer.rebuild(parseEntry));
  writer.close();
  const reader = unwrap(openReader(dir, key));
  const problems = model.differences(reader, lot);
  reader.close();
  return [...problems, ...integrity(dir, key)];
}

type Ports = Parameters<typeof openWriter>[2];

// The first to open it after the kill is now a reader and now a writer: both must cope with what was left behind.
function examine(dir: string, key: Uint8Array, ports: Ports, lot: Random, model: StreamModel, promised: number) {
  const early = lot.chance(0.5) ? unwrap(openReader(dir, key)) : null;
  early?.info();
  const writer = unwrap(openWriter(dir, key, ports));
  const committed = Number(writer.walk('2026-01-01') ?? -1);
  writer.close();
  early?.close();
  const problems: string[] = [];
  if (committed !== promised && committed !== promised + 1) {
    problems.push(`batch ${promised} was acknowledged and ${committed} is the last one there`);
  }
  model.advanceTo(committed);
  const reader = unwrap(openReader(dir, key));
  problems.push(...model.differences(reader, lot));
  reader.close();
  return { committed, problems: [...problems, ...integrity(dir, key)] };
}

// Every page of the file, and with it the code that authenticates it; every entry read anew from its raw bytes and compared
// with the columns of its day.
function integrity(dir: string, key: Uint8Array): readonly string[] {
  const db = unwrap(openEncrypted(join(dir, 'entries.db'), key, 'read'));
  const orphans = db.pragma('foreign_key_check') as readonly unknown[];
  db.close();
  const { problems } = unwrap(checkArchive(dir, key, parseEntry));
  return [...problems, ...orphans.map((row) => `without what it belongs to: ${JSON.stringify(row)}`)];
}

/** One process from its start to the kill; the batches it acknowledged. */
async function life(args: readonly string[], key: Uint8Array, lot: Random): Promise<readonly number[]> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', PROCESS, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.on('error', () => undefined);
  child.stdin.write(`${Buffer.from(key).toString('hex')}\n`);
  let said = '';
  child.stdout.on('data', (text: Buffer) => {
    said += text.toString();
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  // Before it is open, or after some of its lines, and then somewhere in what it does next.
  if (!lot.chance(0.1)) await Promise.race([heardLines(child, lot.int(1, 4)), ended]);
  await Promise.race([pause(lot.int(0, LONGEST_MS)), ended]);
  child.kill('SIGKILL');
  const code = await ended;
  if (code !== null) throw new Error(`The writing process ended by itself with ${code}.`);
  return said
    .split('\n')
    .slice(0, -1)
    .filter((line) => line !== 'open')
    .map(Number);
}

function heardLines(child: ChildProcess, lines: number): Promise<void> {
  return new Promise((resolve) => {
    let heard = 0;
    child.stdout?.on('data', (text: Buffer) => {
      heard += text.toString().split('\n').length - 1;
      if (heard >= lines) resolve();
    });
  });
}
