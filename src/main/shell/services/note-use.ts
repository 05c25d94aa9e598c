import type { NewJournalLine } from '../../core/archive/journal.ts';
import { REVIEW_LINES, reviewLine, type Said } from '../../core/review/review-lines.ts';
import { type USE_LINES, useLine, type Written } from '../../core/review/use-lines.ts';
import { systemClock } from '../../system-ports.ts';
import { systemUser } from '../../system-user.ts';
import type { Session } from './open-session.ts';

/**
 * Writes down that the archive was unlocked, or that something was taken out of it: a line of its journal. An archive that is
 * open for reading only is left as it is. What cannot be written down does not undo what was done: whatever keeps the
 * journal from being written shows with the next decision.
 */
export async function noteUse(
  session: Session,
  kind: keyof typeof USE_LINES,
  written: Written | null = null,
): Promise<void> {
  await note(session, (said) => useLine(kind, said, written));
}

/** The same of a review that was exported, with the hash of its manifest. */
export async function noteExport(session: Session, review: string, manifest: string): Promise<void> {
  await note(session, (said) => reviewLine(REVIEW_LINES.exported, review, said, { manifest }));
}

async function note(session: Session, line: (said: Said) => NewJournalLine): Promise<void> {
  const writer = session.writer();
  if (!writer.ok) return;
  await writer.value.call('appendJournal', { lines: [line({ by: systemUser(), at: systemClock.now() })] });
}
