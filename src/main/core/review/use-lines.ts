import type { NewJournalLine } from '../archive/journal.ts';

/** Kinds of journal lines that say what somebody did with the whole archive; reports have theirs in report/issued.ts. */
export const USE_LINES = {
  unlocked: 'archive.unlocked',
  exported: 'entries.exported',
  bundled: 'bundle.written',
} as const;

/** What was written, as far as it may be known elsewhere: how many entries, and the SHA-256 of the file. */
export type Written = { readonly what: string; readonly entries: number; readonly sha256: string };

/** The line of a use. `by` is who the system says is there, `at` milliseconds UTC; no path is in it. */
export function useLine(
  kind: keyof typeof USE_LINES,
  { by, at }: { readonly by: string; readonly at: number },
  written: Written | null,
): NewJournalLine {
  return { kind: USE_LINES[kind], subject: written?.what ?? '', at, by, body: JSON.stringify(written ?? {}) };
}
