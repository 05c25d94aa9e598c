import { fail, ok, type Result } from '../../../shared/errors.ts';
import type { ArchiveReader } from '../../core/archive/reader.ts';
import { applyKeeping, type Keeping, parseKeep, readKeeping, setKeep } from '../../core/keeping/policy.ts';
import { systemUser } from '../../system-user.ts';
import { type Answer, grouped } from '../answer.ts';
import { type CommonOptions, clockOf } from '../common-options.ts';
import { openForReading, openForWriting } from '../open-archive.ts';
import { stampAfter } from '../stamp-after.ts';
import type { Terminal } from '../terminal.ts';

export type RetentionOptions = CommonOptions & {
  readonly keep?: string;
  readonly apply?: boolean;
  readonly yes?: boolean;
  readonly by?: string;
};

/** `logbook retention`: how long entries are kept here, and what that would delete; `--apply --yes` deletes it. */
export async function retention(options: RetentionOptions, terminal: Terminal): Promise<Result<Answer>> {
  const clock = clockOf(options);
  if (!clock.ok) return clock;
  const now = clock.value.now();
  if (options.keep === undefined && !options.apply) {
    const opened = await openForReading(options, terminal);
    if (!opened.ok) return opened;
    try {
      return ok(answerOf(opened.value.reader, now, 0));
    } finally {
      opened.value.release();
    }
  }
  const keep = options.keep === undefined ? null : parseKeep(options.keep);
  if (keep !== null && !keep.ok) return keep;
  if (options.apply && !options.yes) {
    return fail('bad_input', 'What is deleted is gone for good.', 'Look at it without --apply first, then add --yes.');
  }
  terminal.warm?.forgetReaders();
  const opened = await openForWriting(options, terminal, clock.value);
  if (!opened.ok) return opened;
  const writer = opened.value;
  const word = { by: options.by ?? systemUser(), at: now };
  try {
    if (keep !== null) {
      const set = setKeep(writer, keep.value, word);
      if (!set.ok) return set;
    }
    const done = options.apply ? applyKeeping(writer, word) : null;
    if (done !== null && !done.ok) return done;
    if (done !== null) await stampAfter(writer, clock.value, terminal);
    return ok(answerOf(writer, now, done?.value.entries ?? 0));
  } finally {
    writer.close();
  }
}

function answerOf(reader: ArchiveReader, now: number, deleted: number): Answer {
  const keeping = readKeeping(reader, now);
  const { keepDays, before, due, held, holds, cases, deletions } = keeping;
  return {
    json: {
      keep_days: keepDays,
      before,
      due: due - held,
      held,
      deleted,
      holds: holds.filter((hold) => hold.releasedAt === null).length,
      cases: cases.map(({ id, title, keys }) => ({ id, title, entries: keys.length })),
      deletions: deletions.map(({ at, ...one }) => ({ ...one, at: new Date(at).toISOString() })),
    },
    text: [...(deleted > 0 ? [`${grouped(deleted)} entries were deleted.`] : []), inWords(keeping)].join('\n'),
  };
}

function inWords({ keepDays, before, due, held, cases }: Keeping): string {
  if (keepDays === null) return 'Entries are kept for good.';
  const kept = `Entries are kept for ${grouped(keepDays)} days: from ${before} on.`;
  const waiting = due - held === 0 ? 'None is older.' : `${grouped(due - held)} are older; --apply --yes deletes them.`;
  const open = cases.length === 0 ? '' : ` (what is pinned in ${cases.map(({ id }) => id).join(', ')} among them)`;
  return `${kept} ${waiting}${held > 0 ? ` ${grouped(held)} older ones are under a legal hold${open}.` : ''}`;
}
