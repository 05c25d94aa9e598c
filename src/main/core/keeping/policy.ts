import { fail, ok, type Result } from '../../../shared/errors.ts';
import { addDays, dayOf, startOfDay } from '../../../shared/instant.ts';
import type { DeletionRecord, LegalHold } from '../archive/deletion/holds.ts';
import type { ArchiveReader } from '../archive/reader.ts';
import type { ArchiveWriter } from '../archive/writer.ts';
import { type HoldingCase, holdingCases } from '../investigation/held-entries.ts';
import type { QueryPlan } from '../search/plan.ts';
import { type KeepingWord, keepingLine } from './keeping-lines.ts';

// How long entries are kept. The default is for good: this archive exists because others delete. Where a law or a contract
// wants an end, whole UTC days are deleted, what a legal hold covers excepted, and only when somebody says so.

const SETTING = 'keep_days';

/** What applying the policy now would do. `before` is the first UTC day that is kept, null where nothing is ever deleted. */
export type Keeping = {
  readonly keepDays: number | null;
  readonly before: string | null;
  /** Entries older than that, and how many of them holds keep all the same. */
  readonly due: number;
  readonly held: number;
  readonly holds: readonly LegalHold[];
  /** Cases that are not closed: what is pinned in them is kept. */
  readonly cases: readonly HoldingCase[];
  readonly deletions: readonly DeletionRecord[];
};

/** Days from words: `400d`, `18m` (months of 31 days), `7y` (years of 366), `off`: never less than what was meant. */
export function parseKeep(text: string): Result<number | null> {
  if (text === 'off') return ok(null);
  const [, number = '', unit = ''] = /^(\d{1,5})([dmy])$/.exec(text) ?? [];
  const days = Number(number) * (unit === 'd' ? 1 : unit === 'm' ? 31 : 366);
  return days >= 1 && days <= 36_600
    ? ok(days)
    : fail('bad_input', `“${text}” is no time to keep entries.`, 'Write 400d, 18m, 7y or off.');
}

/** Sets how long entries are kept, null is for good; a line of the journal says who did. */
export function setKeep(writer: ArchiveWriter, keepDays: number | null, word: KeepingWord): Result<void> {
  const set = writer.setSetting(SETTING, keepDays === null ? '' : String(keepDays));
  if (!set.ok) return set;
  const noted = writer.appendJournal([keepingLine('set', null, word, { keepDays })]);
  return noted.ok ? ok(undefined) : noted;
}

export function readKeeping(reader: ArchiveReader, now: number): Keeping {
  const text = reader.setting(SETTING);
  const keepDays = text === null || text === '' ? null : Number(text);
  const before = keepDays === null ? null : addDays(dayOf(now, 'UTC'), -keepDays);
  const older = before === null ? null : olderThan(before);
  const holds = reader.holds();
  const cases = holdingCases(reader);
  return {
    keepDays,
    before,
    due: older === null ? 0 : reader.count(older),
    held: older === null ? 0 : countHeld(reader, holds, cases, older),
    holds,
    cases,
    deletions: reader.deletions(),
  };
}

/** Deletes what the policy says is to be deleted now, and notes by whom. `bad_input` where the policy is off. */
export function applyKeeping(writer: ArchiveWriter, word: KeepingWord): Result<DeletionRecord> {
  const now = word.at;
  const { keepDays, before } = readKeeping(writer, now);
  if (before === null) {
    return fail(
      'bad_input',
      'This archive keeps its entries for good.',
      'Set a time first: logbook retention --keep 7y.',
    );
  }
  const deleted = writer.deleteBefore({ before, reason: `kept for ${keepDays} days`, at: now });
  if (!deleted.ok) return deleted;
  const { id, entries, held } = deleted.value;
  const noted = writer.appendJournal([keepingLine('applied', id, word, { before, entries, held })]);
  if (!noted.ok) return noted;
  // The days that lost something get an amending seal that says so.
  const sealed = writer.seal(now);
  return sealed.ok ? deleted : sealed;
}

function olderThan(day: string): QueryPlan {
  return { filter: { terms: [] }, fromMs: null, toMs: startOfDay(day, 'UTC') - 1 };
}

function countHeld(
  reader: ArchiveReader,
  holds: readonly LegalHold[],
  cases: readonly HoldingCase[],
  older: QueryPlan,
): number {
  const held = new Set<number>();
  for (const { plan, releasedAt } of holds) {
    if (releasedAt !== null) continue;
    const toMs = Math.min(plan.toMs ?? Number.POSITIVE_INFINITY, older.toMs ?? Number.POSITIVE_INFINITY);
    for (const row of reader.rows({ ...plan, toMs })) held.add(row.key);
  }
  for (const { keys } of cases) for (const key of reader.among(older, keys)) held.add(key);
  return held.size;
}
