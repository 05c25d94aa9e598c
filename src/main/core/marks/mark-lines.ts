import { z } from 'zod';
import type { NewJournalLine } from '../archive/journal.ts';

/** Kinds of journal lines that are about single entries: what a reviewer put beside them. */
export const MARK_KINDS = {
  tag: 'entry.tag',
  pin: 'entry.pin',
  note: 'entry.note',
  noteSet: 'entry.note-set',
} as const;

/** An entry that a line is about: its key, its id, and the leaf hash (RFC 6962, hexadecimal) of the bytes as received. */
export const markedEntry = z.object({ key: z.int().nonnegative(), id: z.string(), leaf: z.string() });
export type MarkedEntry = z.output<typeof markedEntry>;

const entries = z.array(markedEntry);

/** Bodies by kind. `set` false takes back what an earlier line said. The subject of a tag's line is the tag. */
export const MARK_BODIES = {
  [MARK_KINDS.tag]: z.object({ set: z.boolean(), entries }),
  [MARK_KINDS.pin]: z.object({ set: z.boolean(), entries }),
  [MARK_KINDS.note]: z.object({ text: z.string(), entries }),
  /** `notes`: the lines (by number) whose notes are taken away, or stand again. */
  [MARK_KINDS.noteSet]: z.object({ set: z.boolean(), notes: z.array(z.int()), entries }),
} as const;

/** What is to be said of entries. */
export type MarkChange =
  | { readonly kind: 'tag'; readonly tag: string; readonly set: boolean }
  | { readonly kind: 'pin'; readonly set: boolean }
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'noteSet'; readonly notes: readonly number[]; readonly set: boolean };

/** Entries a line may hold: beyond, a change becomes several lines, written together. */
const MOST_A_LINE = 1_000;

/** The lines of one change. `at` is milliseconds UTC. */
export function markLines(
  change: MarkChange,
  marked: readonly MarkedEntry[],
  by: string,
  at: number,
): readonly NewJournalLine[] {
  const lines: NewJournalLine[] = [];
  for (let from = 0; from < marked.length; from += MOST_A_LINE) {
    const some = marked.slice(from, from + MOST_A_LINE);
    lines.push({
      kind: MARK_KINDS[change.kind],
      subject: subjectOf(change),
      at,
      by: by.trim(),
      body: bodyText(change, some),
    });
  }
  return lines;
}

function subjectOf(change: MarkChange): string {
  return change.kind === 'tag' ? change.tag : '';
}

function bodyText(change: MarkChange, marked: readonly MarkedEntry[]): string {
  const { kind: _kind, ...said } = change;
  const { tag: _tag, ...rest } = said as { tag?: string };
  return JSON.stringify({ ...rest, entries: marked });
}
