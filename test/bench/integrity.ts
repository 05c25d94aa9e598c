import { hash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { verifyArchive } from '../../src/main/core/archive/integrity/verify.ts';
import { openReader } from '../../src/main/core/archive/open.ts';
import { parseEntry } from '../../src/main/core/jetty/parse-entry.ts';
import { WHOLE_ARCHIVE } from '../../src/main/core/search/plan.ts';
import { importFiles } from '../../src/main/core/sync/import.ts';
import { systemClock } from '../../src/main/system-ports.ts';
import { startVerifier } from '../../src/main/worker/verifier-thread.ts';
import { unwrap } from '../../src/shared/errors.ts';
import { benchKey, newBenchArchive } from './archive-folder.ts';
import { dataFile } from './data/file.ts';
import { say } from './table.ts';
import { Verdicts } from './verdicts.ts';
import { SEALING } from './wanted.ts';

// What sealing adds to an import, and what a full verification takes beside hashing the same bytes once. `integrity.ts [ENTRIES]`.

const SCRIPT = join(import.meta.dirname, '../../out/main/archive-worker.js');
const entries = Number(process.argv[2] ?? 1_000_000);
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

  const key = await benchKey(dir);
  const reader = unwrap(openReader(dir, key, 'moment'));
  let hashing = 0;
  let bytes = 0;
  for (const { raw } of reader.rawRows(WHOLE_ARCHIVE)) {
    const from = performance.now();
    hash('sha256', raw, 'buffer');
    hashing += performance.now() - from;
    bytes += raw.length;
  }
  reader.close();
  line('hashing the same bytes once', `${seconds(hashing)}, ${(bytes / MB).toFixed(0)} MB`);

  let most = 0;
  const from = performance.now();
  const report = unwrap(
    await verifyArchive(dir, key, {
      parse: parseEntry,
      against: [],
      helper: () => startVerifier(SCRIPT, dir, key),
      onProgress: () => {
        most = Math.max(most, process.memoryUsage.rss());
      },
    }),
  );
  const verifying = performance.now() - from;
  if (!report.ok) throw new Error('an untouched archive does not verify');
  line(
    'full verification',
    `${seconds(verifying)}, ${verdicts.atMost('verify', verifying / hashing, SEALING.verifyOfHashing)} of hashing`,
  );
  line('  resident at most', `${(most / MB).toFixed(0)} MB`);
  say('');
  for (const sentence of verdicts.summed()) say(sentence);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
