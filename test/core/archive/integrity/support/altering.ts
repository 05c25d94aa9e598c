import { join } from 'node:path';
import { openEncrypted, type WriteConnection } from '../../../../../src/main/core/archive/sqlite.ts';
import type { Random } from '../../../../../src/main/core/simulator/random.ts';
import { unwrap } from '../../../../../src/shared/errors.ts';
import type { IntegrityProblem, ProblemPart } from '../../../../../src/shared/integrity.ts';
import type { SealedArchive } from './sealed-archive.ts';

/** What a verification must say of an alteration: one problem that fits, and none that blames another day. */
export type Expected = {
  readonly what?: readonly IntegrityProblem['what'][];
  readonly part: readonly ProblemPart[];
  /** Days that may be named; the one that fits must name one of them. Null where it is about no day. */
  readonly days: readonly string[] | null;
  readonly entry?: string;
  /** Heads to verify against. */
  readonly against?: readonly string[];
};

export type Altering = {
  readonly db: WriteConnection;
  readonly dir: string;
  readonly lot: Random;
  readonly archive: SealedArchive;
};

/** Alters an archive; null where chance led to something that changes nothing. */
export type Alteration = (altering: Altering) => Expected | null;

/** Opens an archive as its owner could, past all of Logbook: the guards are taken away and put back. */
export function alterArchive(
  dir: string,
  key: Uint8Array,
  work: (db: WriteConnection) => Expected | null,
): Expected | null {
  const db = unwrap(openEncrypted(join(dir, 'entries.db'), key, 'write'));
  try {
    db.pragma('foreign_keys = OFF');
    const guards = db.prepare(`SELECT name, sql FROM sqlite_master WHERE type = 'trigger'`).all() as {
      name: string;
      sql: string;
    }[];
    for (const { name } of guards) db.exec(`DROP TRIGGER ${name}`);
    const expected = work(db);
    for (const { sql } of guards) db.exec(sql);
    return expected;
  } finally {
    db.close();
  }
}

/** Another byte than the one that is there. */
export function otherByte(lot: Random, byte: number): number {
  return (byte + lot.int(1, 255)) % 256;
}

/** A row drawn by chance. */
export function anyRow<T>(db: WriteConnection, lot: Random, sql: string): T {
  return lot.pick(db.prepare(sql).all() as T[]);
}
