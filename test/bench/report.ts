import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { openReader } from '../../src/main/core/archive/open.ts';
import { reportArchive } from '../../src/main/core/report/report-archive.ts';
import { unwrap } from '../../src/shared/errors.ts';
import { benchKey } from './archive-folder.ts';
import { makeExceptions } from './exceptions-archive.ts';
import { megabytes, row, say } from './table.ts';

// An evidence report of so many exceptions (`report.ts [EXCEPTIONS]`, 10,000 at first): from an encrypted archive on disk,
// which the shipped rules are run over, in a process that does nothing else. Time and memory are that process's, from its
// start to the finished bytes, the rules included.

const [wanted = '10000', child] = process.argv.slice(2);
const exceptions = Number(wanted);
const RESOURCES = join(import.meta.dirname, '../../resources');
const QUARTER = { start: Date.parse('2026-07-01T00:00:00Z'), days: 92 };
const NOW = Date.parse('2026-10-15T12:00:00Z');

async function writeReport(dir: string): Promise<void> {
  // As the command opens it: one moment of the archive, read day by day.
  const reader = unwrap(openReader(dir, await benchKey(dir), 'moment'));
  const began = performance.now();
  let read = began;
  let laidOut = began;
  const made = unwrap(
    await reportArchive({
      reader,
      resourcesDir: RESOURCES,
      template: 'soc2',
      fromDay: '2026-07-01',
      toDay: '2026-09-30',
      zone: 'UTC',
      now: NOW,
      onProgress: ({ note }) => {
        if (note === 'Reading entries') read = performance.now();
        if (note === 'Laying out pages') laidOut = performance.now();
      },
    }),
  );
  const ended = performance.now();
  reader.close();
  const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;
  say(
    `${made.exceptions} exceptions of ${made.population} entries: ${made.pages} pages, ${megabytes(made.bytes.length)}`,
  );
  row('rules, and reading the period', [seconds(read - began)]);
  row('model, files and layout', [seconds(laidOut - read)]);
  row('drawing and writing', [seconds(ended - laidOut)]);
  row('from the start of the process', [seconds(ended), `${seconds(process.cpuUsage().user / 1_000)} of processor`]);
  row('most memory of the process', [megabytes(process.resourceUsage().maxRSS * 1_024)]);
}

if (child !== undefined) await writeReport(child);
else {
  const folder = mkdtempSync(join(tmpdir(), 'logbook-bench-'));
  try {
    const dir = join(folder, 'bench.logbook');
    await makeExceptions(dir, exceptions, QUARTER);
    say(`An evidence report; Node ${process.versions.node}, ${availableParallelism()} cores`);
    // The flag of scripts/logbook.mjs.
    const args = [...process.execArgv, '--max-semi-space-size=4', import.meta.filename, String(exceptions), dir];
    process.exitCode = spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
