import { createHash } from 'node:crypto';
import type { ReadConnection } from '../sqlite.ts';
import { toStored } from '../stored-text.ts';

/** What was deleted stays deleted: an entry that comes again is known by the digest of its id. */
export type Tombstones = {
  /** Takes note of what was committed since. */
  refresh(): void;
  has(storedId: string): boolean;
};

export function createTombstones(db: ReadConnection): Tombstones {
  const any = db.prepare('SELECT EXISTS (SELECT 1 FROM tombstone)').pluck();
  const find = db.prepare('SELECT 1 FROM tombstone WHERE id_digest = ?').pluck();
  let some = false;
  return {
    refresh() {
      some ||= any.get() === 1;
    },
    has: (storedId) => some && find.get(idDigest(storedId)) === 1,
  };
}

/** Whether an entry, by key and id, has a tombstone. */
export function isBuriedIn(db: ReadConnection): (key: number, id: string) => boolean {
  const find = db.prepare('SELECT 1 FROM tombstone WHERE key = ? AND id_digest = ?').pluck();
  return (key, id) => find.get(key, idDigest(toStored(id))) === 1;
}

/** What a tombstone keeps of an id: enough to know it again, too little to tell it. */
export function idDigest(storedId: string): Buffer {
  return createHash('sha256').update(`logbook id ${storedId}`).digest();
}
