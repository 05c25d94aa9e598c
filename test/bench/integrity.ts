import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { importFiles } from '../../src/main/core/sync/import.ts';
import { systemClock } from '../../src/main/system-ports.ts';
import { unwrap } from '../../src/shared/errors.ts';
import { newBenchArchive } from './archive-folder.ts';
import { dataFile } from './data/file.ts';
import { fresh } from './processes/answer.ts';
import type { Looped, Verified } from './processes/verify.ts';
import { say } from './table.ts';
import { Verdicts } from './verdicts.ts';
import { SEALING } from './wanted.ts';

// What sealing adds to an import, and what a full verification takes beside a bare loop that hashes the same bytes once. The two run in
// turn, each in a process of its own. `integrity.ts [ENTRIES]`.

const entries = Number(process.argv[2] ?? 1_000_000);
const RUNS = 3;
const MB = 1e6;
const folder = mkdtempSync(join(tmpdir(), 'logbook-bench-'));
const verdicts = new Verdicts();
const line = (name: string, text: string): void => say(`${name.padEnd(46)}${text}`);
const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

try {
  const dir = join(folder, 'bench.logbook');
  const writer = await newBenchArchive(dir);
  let sealing = 0;
  const timed: typeof writer = {
    ...writer,
    seal(at) {
      const begun = performance.now();
      const sealed = writer.seal(at);
      sealing += performance.now() - begun;
      return sealed;
    },
  };
  const begun = performance.now();
  unwrap(await importFiles({ writer: timed, files: [dataFile(entries).path], clock: systemClock }));
  const whole = performance.now() - begun;
  writer.close();
  say(`${entries} entries`);
  line('import', seconds(whole));
  line(
    '  of it sealing',
    `${seconds(sealing)}, ${verdicts.below('sealing', sealing / (whole - sealing), SEALING.ofImport, percent)}`,
  );

  const loops: Looped[] = [];
  const verified: Verified[] = [];
  for (let i = 0; i < RUNS; i++) {
    loops.push(fresh<Looped>('verify', 'loop', dir));
    verified.push(fresh<Verified>('verify', 'verify', dir));
  }
  const looped = loops.toSorted((a, b) => a.ms - b.ms)[RUNS >> 1]!;
  const full = verified.toSorted((a, b) => a.ms - b.ms)[RUNS >> 1]!;
  if (full.entries !== entries) throw new Error(`${full.entries} of ${entries} entries were verified`);
  line(
    'a bare loop that reads and hashes each entry',
    `${seconds(looped.ms)}, ${(looped.bytes / MB).toFixed(0)} MB; the hashing alone ${seconds(looped.hashing)}`,
  );
  line(
    `full verification, ${availableParallelism()} processors`,
    `${seconds(full.ms)}, ${verdicts.atMost('verify', full.ms / looped.ms, SEALING.verifyOfHashing)} of that loop, ${(full.ms / looped.hashing).toFixed(2)}× of its hashing`,
  );
  const growth = Math.max(...verified.map(({ early, most }) => most / early));
  line(
    '  resident after a fifth of it, at most',
    `${(full.early / MB).toFixed(0)} MB, ${(full.most / MB).toFixed(0)} MB, ${verdicts.atMost('memory', growth, SEALING.growth)}`,
  );
  say('');
  for (const sentence of verdicts.summed()) say(sentence);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
