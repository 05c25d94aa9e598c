import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { openReader } from '../../../src/main/core/archive/open.ts';
import { exportEntries } from '../../../src/main/core/export/export.ts';
import { WHOLE_ARCHIVE } from '../../../src/main/core/search/plan.ts';
import { unwrap } from '../../../src/shared/errors.ts';
import { benchKey, openBenchArchive } from '../archive-folder.ts';
import { linesOf } from '../question.ts';
import { logbook } from '../rivals/logbook.ts';
import { answer } from './answer.ts';

// `memory.ts PATH ENTRIES`: bytes resident in a process that holds the archive open, after it was asked everything twice,
// and how many more at the worst moment of an export of everything.

export type Memory = { readonly open: number; readonly peakOpen: number; readonly peakExport: number };

const [path = '', entries = '0'] = process.argv.slice(2);

// The kernel keeps the highest value; writing 5 starts it anew. Elsewhere the peak of the whole life stands for both.
function peak(): number {
  return process.resourceUsage().maxRSS * 1_024;
}
function highWater(): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) * 1_024;
  } catch {
    return peak();
  }
}
function startAnew(): void {
  try {
    writeFileSync('/proc/self/clear_refs', '5');
  } catch {
    // Only Linux has it.
  }
}

const reader = await openBenchArchive(path);
const rival = logbook(reader);
for (const round of [0, 1]) for (const { question } of linesOf(round, Number(entries))) rival.ask(question);
const open = process.memoryUsage.rss();
const peakOpen = highWater();
startAnew();
const out = `${path}.export.ndjson`;
// As the program does it: over a view of its own, of one moment.
const moment = unwrap(openReader(path, await benchKey(path), 'moment'));
unwrap(await exportEntries(moment, WHOLE_ARCHIVE, { format: 'ndjson', out, resourcesDir: 'resources' }));
answer({ open, peakOpen, peakExport: highWater() } satisfies Memory);
rmSync(out);
