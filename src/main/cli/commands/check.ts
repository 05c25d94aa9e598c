import { fail, ok, type Result } from '../../../shared/errors.ts';
import { checkArchive } from '../../core/archive/check-archive.ts';
import { parseEntry } from '../../core/jetty/parse-entry.ts';
import { type Answer, grouped, type Outcome, outcome } from '../answer.ts';
import { type CommonOptions, clockOf } from '../common-options.ts';
import { openForWriting, unlock } from '../open-archive.ts';
import type { Terminal } from '../terminal.ts';

export type CheckOptions = CommonOptions & { readonly repair?: boolean };

/**
 * `logbook check`: compares the columns that questions are answered from with the raw bytes they were read from, and lets
 * SQLite check the file. `--repair` makes the columns anew first.
 */
export async function check(options: CheckOptions, terminal: Terminal): Promise<Outcome> {
  const clock = clockOf(options);
  if (!clock.ok) return outcome(clock);
  const unlocked = await unlock(options, terminal);
  if (!unlocked.ok) return outcome(unlocked);
  if (options.repair) {
    const repaired = await repair(options, terminal, clock.value);
    if (!repaired.ok) return outcome(repaired);
  }
  const checked = checkArchive(unlocked.value.dir, unlocked.value.key, parseEntry);
  if (!checked.ok) return outcome(checked);
  const { entries, problems } = checked.value;
  const answer: Answer = {
    json: { ok: problems.length === 0, entries, problems, repaired: options.repair ?? false },
    text:
      problems.length === 0
        ? `${grouped(entries)} entries; everything that is answered from agrees with the raw bytes.`
        : problems.map((problem) => `  ${problem}`).join('\n'),
  };
  if (problems.length === 0) return outcome(ok(answer));
  const failed = fail(
    'integrity',
    'The archive is not as it should be.',
    'Where only columns differ, logbook check --repair makes them anew from the raw bytes.',
  );
  return { result: failed, achieved: answer };
}

async function repair(
  options: CheckOptions,
  terminal: Terminal,
  clock: Parameters<typeof openForWriting>[2],
): Promise<Result<void>> {
  const opened = await openForWriting(options, terminal, clock);
  if (!opened.ok) return opened;
  try {
    const rebuilt = opened.value.rebuild(parseEntry);
    return rebuilt.ok ? ok(undefined) : rebuilt;
  } finally {
    opened.value.close();
  }
}
