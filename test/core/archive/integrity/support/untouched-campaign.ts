import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { readHeadsLog } from '../../../../../src/main/core/archive/integrity/heads-log.ts';
import { verifyArchive } from '../../../../../src/main/core/archive/integrity/verify.ts';
import { createArchive, openWriter } from '../../../../../src/main/core/archive/open.ts';
import { parseEntry } from '../../../../../src/main/core/jetty/parse-entry.ts';
import { type Random, randomFor } from '../../../../../src/main/core/simulator/random.ts';
import { systemClock, systemRandom } from '../../../../../src/main/system-ports.ts';
import { unwrap } from '../../../../../src/shared/errors.ts';
import { CHEAP_KDF } from '../../../../support/ports.ts';

// Archives that nobody altered, whose writer is killed with SIGKILL while it stores, deletes and seals: nothing may be
// reported of them, after any kill, before the next sealing and after it.

export type UntouchedResult = {
  readonly archives: number;
  readonly kills: number;
  readonly seals: number;
  /** Everything that was reported although nothing was altered. */
  readonly problems: readonly string[];
};

const PROCESS = new URL('./seal-process.ts', import.meta.url).pathname;
const LONGEST_MS = 80;
const PORTS = { clock: systemClock, random: systemRandom, kdfCost: CHEAP_KDF };

export async function untouchedCampaign(
  { archives, kills, seed }: { readonly archives: number; readonly kills: number; readonly seed: number },
  say: (line: string) => void = () => undefined,
): Promise<UntouchedResult> {
  const problems: string[] = [];
  let seals = 0;
  for (let n = 0; n < archives && problems.length < 20; n++) {
    const folder = mkdtempSync(join(tmpdir(), 'logbook-untouched-'));
    try {
      const dir = join(folder, 'untouched.logbook');
      const made = unwrap(await createArchive(dir, { name: 'Untouched', passphrase: 'untouched', zone: 'UTC' }, PORTS));
      made.writer.close();
      const lot = randomFor(seed, 'untouched', n);
      let first = 0;
      for (let kill = 1; kill <= kills; kill++) {
        first = (await life([dir, String(seed + n), String(first)], made.key, lot)) + 1;
        const found = await examine(dir, made.key);
        seals = Math.max(seals, 0) + found.newSeals;
        problems.push(...found.problems.map((problem) => `archive ${n}, kill ${kill}: ${problem}`));
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    if ((n + 1) % 20 === 0) say(`${n + 1} archives, ${seals} seals`);
  }
  return { archives, kills: archives * kills, seals, problems };
}

async function examine(
  dir: string,
  key: Uint8Array,
): Promise<{ readonly newSeals: number; readonly problems: readonly string[] }> {
  const before = unwrap(await verifyArchive(dir, key, { parse: parseEntry }));
  const heads = readHeadsLog(dir);
  const writer = unwrap(openWriter(dir, key, PORTS));
  const sealed = unwrap(writer.seal(Date.parse('2026-07-01T00:00:00Z')));
  writer.close();
  const after = unwrap(await verifyArchive(dir, key, { parse: parseEntry, against: heads }));
  const behind = after.head !== null && !readHeadsLog(dir).some((line) => line.includes(after.head!.hash));
  return {
    newSeals: sealed.made,
    problems: [
      ...before.problems.map((one) => `before sealing: ${one.message}`),
      ...sealed.refused.map((day) => `refused to seal ${day}`),
      ...after.problems.map((one) => `after sealing: ${one.message}`),
      ...(behind ? ['the newest head is not in heads.log'] : []),
    ],
  };
}

/** One process from its start to the kill; the last step it acknowledged, or the one before the first. */
async function life(args: readonly string[], key: Uint8Array, lot: Random): Promise<number> {
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
  await Promise.race([heardLines(child, lot.int(1, 12)), ended]);
  await Promise.race([pause(lot.int(0, LONGEST_MS)), ended]);
  child.kill('SIGKILL');
  const code = await ended;
  if (code !== null) throw new Error(`The sealing process ended by itself with ${code}.`);
  const steps = said
    .split('\n')
    .slice(0, -1)
    .filter((line) => line !== 'open');
  return Number(steps.at(-1) ?? Number(args[2]) - 1);
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
