import type { DayState } from '../../../../shared/coverage.ts';
import { dateOfDay, dayOfKey } from '../columns/day-columns.ts';
import type { WriteConnection } from '../sqlite.ts';

/** The scope of what nobody could read, which belongs to no day. */
export const UNREADABLE = -1;

/**
 * Notes what changes of a day that is sealed, within the transaction that changes it: what was not noted and is there all the
 * same is an alteration.
 */
export type UnsealedNotes = {
  /** An entry (n = 0) or a later version of one has been added. */
  added(key: number, n: number): void;
  unreadable(digest: Uint8Array): void;
  coverage(day: string, state: DayState, served: number | null): void;
  /** Days have been sealed since: what is remembered of them is no longer true. */
  forget(): void;
};

export function createUnsealedNotes(db: WriteConnection): UnsealedNotes {
  const isSealed = db.prepare('SELECT EXISTS (SELECT 1 FROM seal WHERE day = ?)').pluck();
  const note = db.prepare('INSERT INTO unsealed VALUES (?, ?, ?) ON CONFLICT DO NOTHING');
  const noteCoverage = db.prepare('INSERT INTO unsealed_coverage VALUES (?) ON CONFLICT DO NOTHING');
  const known = db.prepare('SELECT state, served FROM day WHERE day = ?');
  const sealed = new Map<number, boolean>();
  const sealedDay = (day: number): boolean => {
    const there = sealed.get(day) ?? isSealed.get(dateOfDay(day)) === 1;
    sealed.set(day, there);
    return there;
  };
  return {
    added(key, n) {
      const day = dayOfKey(key);
      if (sealedDay(day)) note.run(day, key, n);
    },
    unreadable: (digest) => void note.run(UNREADABLE, unreadableKey(digest), 0),
    coverage(day, state, served) {
      if (isSealed.get(day) !== 1) return;
      const before = known.get(day) as { state: DayState; served: number | null } | undefined;
      if (before?.state !== state || before.served !== served) noteCoverage.run(day);
    },
    forget: () => sealed.clear(),
  };
}

/** What nobody could read is sorted by its digest; its first six bytes are its key. */
export function unreadableKey(digest: Uint8Array): number {
  return Buffer.from(digest.buffer, digest.byteOffset, digest.byteLength).readUIntBE(0, 6);
}
