import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { quarters } from '../../src/renderer/features/reports/quarters.ts';
import { makeExceptions } from './exceptions-archive.ts';
import { say } from './table.ts';
import { summary } from './timing.ts';
import { Verdicts } from './verdicts.ts';
import { WINDOW } from './wanted.ts';
import { archiveOf, startBefore } from './window/archive.ts';
import { compared } from './window/far.ts';
import { heldWhile } from './window/memory.ts';
import { settled } from './window/page.ts';
import { reported } from './window/reporting.ts';
import { drag } from './window/scrolling.ts';
import { queries, typed } from './window/typing.ts';
import { watch, watched } from './window/watch.ts';

// The built application over a million entries, measured inside its window. `window.ts [ENTRIES] [--queries N] [--minutes M] [--far ENTRIES]
// [--report EXCEPTIONS]`: minutes of use for the memory, the second archive in which the list is compared with what the archive says,
// and a report of so many exceptions that is made in the window (0: none). `--report` with ENTRIES 0: only that.

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    queries: { type: 'string', default: '48' },
    minutes: { type: 'string', default: '10' },
    far: { type: 'string', default: '5000000' },
    report: { type: 'string', default: '10000' },
  },
});
const entries = Number(positionals[0] ?? 1_000_000);
const minutes = Number(flags.minutes);
const far = Number(flags.far);
const exceptions = Number(flags.report);
const STARTS = 3;

const verdicts = new Verdicts();
const line = (name: string, text: string): void => say(`${name.padEnd(46)}${text}`);
const ms = (n: number): string => `${n.toFixed(0)} ms`;
const percent = (n: number): string => `${(100 * n).toFixed(1)} %`;
const home = mkdtempSync(join(tmpdir(), 'logbook-bench-window-'));
try {
  const starts: number[] = [];
  for (let i = 0; i < STARTS && entries > 0; i++) {
    const { app, ms: took } = await firstRows(await archiveOf(entries), join(home, `start ${i}`));
    starts.push(took);
    if (i < STARTS - 1) await app.close();
    else await measure(app);
  }
  if (far > 0) await compareFar();
  if (exceptions > 0) await makeReport();
  say('');
  for (const sentence of verdicts.summed()) say(sentence);

  async function measure(app: Awaited<ReturnType<typeof startBefore>>): Promise<void> {
    const { page } = app;
    say(`${entries} entries, ${app.runtime}, ${availableParallelism()} processors, window of 1440 × 900`);
    say('');
    const first = summary(starts).median;
    line('unlocking to the first rows', verdicts.below('first rows', first, WINDOW.firstRowsMs, ms));
    const times: number[] = [];
    for (const query of queries(Number(flags.queries))) times.push(await typed(page, query));
    const sorted = times.toSorted((a, b) => a - b);
    const p95 = sorted[Math.ceil(0.95 * sorted.length) - 1] ?? 0;
    line('the last key to the answer painted, p95', verdicts.below('typing, p95', p95, WINDOW.typingMs, ms));
    line('  median, slowest', `${ms(summary(times).median)}, ${ms(sorted.at(-1) ?? 0)}`);
    await page.getByLabel('Search entries').fill('');
    await settled(page);
    const dragged = await drag(page);
    line('dragging the scroll bar: longest blank', verdicts.below('blank', dragged.blankMs, WINDOW.blankMs, ms));
    line(
      `  ${dragged.frames} frames, done within 16 ms`,
      verdicts.shareOf('frames', dragged.soon, WINDOW.frames, percent),
    );
    line('  in step with the screen', `${percent(dragged.inStep)}, one every ${dragged.refreshMs.toFixed(1)} ms`);
    const { total, script, style, layout, paint, carried } = dragged.work;
    line(
      '  once more, traced: the page from frame to frame',
      `${total.toFixed(1)} ms of a processor in the mean, under 16 ms in ${percent(dragged.light)}`,
    );
    line(
      '    of it script, style, layout, paint; DevTools',
      `${[script, style, layout, paint].map((part) => `${part.toFixed(1)} ms`).join(', ')}; ${carried.toFixed(1)} ms`,
    );
    if (minutes > 0) {
      const held = await heldWhile(page, minutes * 60_000);
      line(
        `the page's heap after ${minutes} minutes of use`,
        verdicts.atMost('heap', held.after / held.before, WINDOW.heap),
      );
      line(
        '  before, after',
        `${(held.before / 1e6).toFixed(1)} MB, ${(held.after / 1e6).toFixed(1)} MB, ${held.rounds} rounds`,
      );
    }
    await app.close();
  }

  async function makeReport(): Promise<void> {
    const [quarter] = quarters(Date.now(), 'UTC');
    const dir = join(home, 'exceptions.logbook');
    const start = Date.parse(quarter?.from ?? '');
    await makeExceptions(dir, exceptions, { start, days: 90 });
    const { app } = await firstRows(dir, join(home, 'report'));
    const { heaviest, over, frames, longestGapMs, pages, ms: took } = await reported(app.page);
    line(
      `a report of ${exceptions} exceptions, heaviest frame`,
      verdicts.below('frame while a report is made', heaviest.total, WINDOW.reportFrameMs, ms),
    );
    line(
      '  script, style, layout, paint, garbage of it',
      [heaviest.script, heaviest.style, heaviest.layout, heaviest.paint, heaviest.collect].map(ms).join(', '),
    );
    line('  frames, over 50 ms, longest gap', `${frames}, ${over}, ${ms(longestGapMs)}`);
    line('  until its first page is drawn', `${(took / 1000).toFixed(1)} s, ${pages}`);
    await app.close();
  }

  async function compareFar(): Promise<void> {
    const { app } = await firstRows(await archiveOf(far), join(home, 'far'));
    const problems = await compared(app.page, far);
    line(
      `the list at ${far} entries`,
      verdicts.none('list', problems, 'first, middle and last rows are those of the archive'),
    );
    await app.close();
  }
} finally {
  rmSync(home, { recursive: true, force: true });
}

/** Unlocks in a fresh start; the derivation of the key from the passphrase is made cheap in these archives. */
async function firstRows(
  dir: string,
  at: string,
): Promise<{ app: Awaited<ReturnType<typeof startBefore>>; ms: number }> {
  const app = await startBefore(dir, at);
  await watch(app.page);
  await app.page.getByRole('button', { name: 'Unlock' }).click();
  await app.page.locator('[data-key]').first().waitFor();
  await settled(app.page);
  const { frames, lastClick } = await watched(app.page);
  const frame = frames.find((one) => one.first !== '' && !one.blank && !one.stale);
  if (frame === undefined) throw new Error('no rows came');
  return { app, ms: frame.at + frame.work - lastClick };
}
