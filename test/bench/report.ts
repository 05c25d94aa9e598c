import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { openReader } from '../../src/main/core/archive/open.ts';
import { reportArchive } from '../../src/main/core/report/report-archive.ts';
import { unwrap } from '../../src/shared/errors.ts';
import { benchKey, newBenchArchive } from './archive-folder.ts';
import { megabytes, row, say } from './table.ts';

// An evidence report of so many exceptions (`report.ts [EXCEPTIONS]`, 10,000 at first): from an encrypted archive on disk,
// which the shipped rules are run over, in a process that does nothing else. Time and memory are that process's, from its
// start to the finished bytes, the rules included.

const [wanted = '10000', child] = process.argv.slice(2);
const exceptions = Number(wanted);
const RESOURCES = join(import.meta.dirname, '../../resources');
const START = Date.parse('2026-07-01T00:00:00Z');
const SPAN_MS = 92 * 86_400_000;
const NOW = Date.parse('2026-10-15T12:00:00Z');
const BATCH = 5_000;
// Half of the log is what the rules raise an exception for, each by itself; half is everyday.
const entries = exceptions * 2;

function entry(i: number): object {
  const grave = i % 2 === 0;
  const n = i >> 1;
  return {
    id: `log_${((i * 2_654_435_761) >>> 0).toString(16).padStart(8, '0')}${i.toString(16)}`,
    timestamp: new Date(START + Math.floor((i / entries) * SPAN_MS)).toISOString(),
    action: grave ? 'tunnel.ip_allowlist_changed' : 'tunnel.started',
    actor: { id: `u${n % 2_000}`, name: `Person ${n % 2_000}`, email: `p${n % 2_000}@example.com` },
    target: { type: 'tunnel', id: `t${n}`, name: `tunnel-${n}` },
    context: {
      ip_address: `198.51.${n % 200}.${(n % 2_000) % 250}`,
      user_agent: 'Mozilla/5.0',
      team_id: 't1',
      team_name: 'Core',
    },
    metadata: grave ? { before: ['198.51.100.0/24'], after: ['0.0.0.0/0'] } : {},
  };
}

async function makeArchive(dir: string): Promise<void> {
  const { parseEntry } = await import('../../src/main/core/jetty/parse-entry.ts');
  const writer = await newBenchArchive(dir);
  for (let at = 0; at < entries; at += BATCH) {
    const items = Array.from({ length: Math.min(BATCH, entries - at) }, (_, n) =>
      parseEntry(Buffer.from(JSON.stringify(entry(at + n)))),
    );
    unwrap(writer.ingest({ items, source: { kind: 'file', detail: 'bench' }, receivedAt: NOW }));
  }
  writer.close();
}

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
    await makeArchive(dir);
    say(`An evidence report; Node ${process.versions.node}, ${availableParallelism()} cores`);
    // The flag of scripts/logbook.mjs.
    const args = [...process.execArgv, '--max-semi-space-size=4', import.meta.filename, String(exceptions), dir];
    process.exitCode = spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
