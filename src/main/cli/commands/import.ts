import { basename, resolve } from 'node:path';
import { lookForWatched } from '../../core/investigation/watch.ts';
import { importFiles } from '../../core/sync/import.ts';
import { beginRun } from '../../core/sync/run-history.ts';
import { type Answer, grouped, type Outcome, outcome, printable } from '../answer.ts';
import { type CommonOptions, clockOf } from '../common-options.ts';
import { openForWriting } from '../open-archive.ts';
import { progressBar } from '../progress.ts';
import { seenWords } from '../seen-words.ts';
import { stampAfter } from '../stamp-after.ts';
import type { Terminal } from '../terminal.ts';

const SHOWN_REASONS = 10;

/** `logbook import FILE…`: reads earlier exports, in any order, with any overlap. */
export async function runImport(
  files: readonly string[],
  options: CommonOptions,
  terminal: Terminal,
): Promise<Outcome> {
  const clock = clockOf(options);
  if (!clock.ok) return outcome(clock);
  const opened = await openForWriting(options, terminal, clock.value);
  if (!opened.ok) return outcome(opened);
  const progress = progressBar(terminal);
  const label = files.length === 1 ? basename(files[0] ?? '') : `${files.length} files or folders`;
  const run = beginRun(opened.value, clock.value, { kind: 'import', source: label });
  try {
    const imported = await importFiles({
      writer: opened.value,
      files: files.map((file) => resolve(terminal.cwd, file)),
      clock: clock.value,
      onProgress: progress.onProgress,
      signal: terminal.signal,
    });
    if (!imported.ok) {
      run.failed(imported.error);
      return outcome(imported);
    }
    run.imported(imported.value);
    await stampAfter(opened.value, clock.value, terminal);
    const r = imported.value;
    const reasons = r.rejected
      .slice(0, SHOWN_REASONS)
      .map((one) => `  ${printable(one.file)}:${one.line ?? '–'}  ${one.reason}`);
    const text = [
      `${grouped(r.read)} ${r.read === 1 ? 'entry' : 'entries'} read from ${r.files} ${r.files === 1 ? 'file' : 'files'}: ${grouped(r.inserted)} new, ${grouped(r.duplicates)} known, ${grouped(r.changed)} with other content, ${grouped(r.rejected.length)} rejected`,
      ...reasons,
      ...(r.rejected.length > SHOWN_REASONS
        ? [`  … and ${r.rejected.length - SHOWN_REASONS} more (--json lists all)`]
        : []),
    ].join('\n');
    const answer: Answer = { json: r, text };
    const seen = lookForWatched(opened.value, clock.value.now());
    if (!seen.ok) return { result: seen, achieved: answer };
    terminal.err(seenWords(seen.value));
    return { result: { ok: true, value: answer } };
  } finally {
    progress.stop();
    opened.value.close();
  }
}
