import { createHash } from 'node:crypto';
import type { JournalLine } from '../journal.ts';

/** What stands before the first line. */
export const NO_LINE = new Uint8Array(32);

/**
 * The hash of a line of the journal: SHA-256 over the hash of the line before and the line as a JSON array
 * `[seq, kind, subject, at, by, body]`. None can be altered, taken out or put in without all later hashes changing.
 */
export function lineHash(previous: Uint8Array, { seq, kind, subject, at, by, body }: JournalLine): Buffer {
  const line = JSON.stringify([seq, kind, subject, at, by, body]);
  return createHash('sha256').update(previous).update(line).digest();
}
