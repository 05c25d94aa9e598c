import { fail, ok, type Result } from '../../../shared/errors.ts';
import { fold } from '../../../shared/text.ts';
import type { ArchiveReader } from '../archive/reader.ts';
import type { ArchiveWriter } from '../archive/writer.ts';
import type { QueryPlan } from '../search/plan.ts';
import { type MarkChange, type MarkedEntry, markLines } from './mark-lines.ts';
import type { EntryMarks } from './marks.ts';

/** Entries that can be marked in one go: a line of the journal names each of them. */
export const MOST_MARKED = 10_000;

/** What a change did: the entries for which it changed anything, and the lines that say so. */
export type Marked = { readonly keys: readonly number[]; readonly lines: readonly number[] };

/**
 * Puts something beside the entries a plan selects, or takes it away. Only entries for which it changes something get a
 * line, so that taking it back takes back no more. `bad_input` where no name is given or there are too many entries.
 */
export function markEntries(
  writer: Pick<ArchiveReader, 'count' | 'identities' | 'marks'> & Pick<ArchiveWriter, 'appendJournal'>,
  plan: QueryPlan,
  change: MarkChange,
  word: { readonly by: string; readonly at: number },
): Result<Marked> {
  if (word.by.trim() === '') return fail('bad_input', 'A mark names who made it.', 'Give your name.');
  const total = writer.count(plan);
  if (total > MOST_MARKED)
    return fail(
      'bad_input',
      `These are ${total} entries; at most ${MOST_MARKED} can be marked at once.`,
      'Narrow the search, or select fewer.',
    );
  const known = new Map(writer.marks().entries.map((one) => [one.key, one]));
  const changing: MarkedEntry[] = [];
  for (const entry of writer.identities(plan)) if (changes(change, known.get(entry.key))) changing.push(entry);
  const written = writer.appendJournal(markLines(change, changing, word.by, word.at));
  return written.ok ? ok({ keys: changing.map((one) => one.key), lines: written.value }) : written;
}

function changes(change: MarkChange, before: EntryMarks | undefined): boolean {
  switch (change.kind) {
    case 'tag':
      return (before?.tags.has(fold(change.tag)) ?? false) !== change.set;
    case 'pin':
      return (before !== undefined && before.pin !== null) !== change.set;
    case 'note':
      return true;
    case 'noteSet':
      return change.set || (before?.notes.some((one) => change.notes.includes(one.note)) ?? false);
  }
}
