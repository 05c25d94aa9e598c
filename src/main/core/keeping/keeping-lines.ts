import type { NewJournalLine } from '../archive/journal.ts';

// Who decided what is deleted here and what must not be, as lines of the reviewers' log: what was deleted has its tombstones
// and a record, and this says by whom.

export const KEEPING_LINES = {
  set: 'keeping.set',
  applied: 'keeping.applied',
  held: 'hold.placed',
  released: 'hold.released',
} as const;

/** Who says something, and when (milliseconds UTC). */
export type KeepingWord = { readonly by: string; readonly at: number };

/** `subject` is the number of the hold or of the deletion, empty where there is none. */
export function keepingLine(
  kind: keyof typeof KEEPING_LINES,
  subject: number | null,
  { by, at }: KeepingWord,
  body: object,
): NewJournalLine {
  const about = subject === null ? '' : String(subject);
  return { kind: KEEPING_LINES[kind], subject: about, at, by, body: JSON.stringify(body) };
}
