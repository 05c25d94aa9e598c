import { createRequire } from 'node:module';
import type BetterSqlite3 from 'better-sqlite3';
import { type Failure, fail, ok, type Result } from '../../../shared/errors.ts';

// The only file that loads the SQLite module: it kills the process on Node < 22 instead of throwing, so the version is
// looked at first.

declare const writable: unique symbol;

/** A connection that can only read: opened read-only, and without a method that writes. */
export type ReadConnection = {
  readonly inTransaction: boolean;
  prepare(sql: string): BetterSqlite3.Statement;
  pragma(source: string, options?: BetterSqlite3.PragmaOptions): unknown;
  close(): void;
};

/** The connection of the one writer. */
export type WriteConnection = ReadConnection & {
  readonly [writable]: true;
  exec(sql: string): void;
  transaction<A extends unknown[], R>(work: (...args: A) => R): BetterSqlite3.Transaction<(...args: A) => R>;
};

/** What went wrong below, in the few kinds that matter above. */
export type SqliteTrouble = 'not_a_database' | 'busy' | 'full' | 'read_only' | 'corrupt' | 'cannot_open' | 'other';

const OLDEST_NODE = 22;

type Constructor = new (file: string, options?: BetterSqlite3.Options) => BetterSqlite3.Database;

function load(): Result<Constructor> {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < OLDEST_NODE) {
    return fail(
      'unexpected',
      `The archive needs Node ${OLDEST_NODE} or newer; this is Node ${process.versions.node}.`,
      'Run it as an npm script or with npx logbook, which bring their own Node.',
    );
  }
  return ok(createRequire(import.meta.url)('better-sqlite3') as Constructor);
}

/**
 * Opens an encrypted database (SQLCipher 4 format, raw 32-byte key), creating it for a writer where it is missing.
 * `wrong_passphrase` where the key does not fit, `disk` where the medium refuses.
 */
export function openEncrypted(file: string, key: Uint8Array, mode: 'read'): Result<ReadConnection>;
export function openEncrypted(file: string, key: Uint8Array, mode: 'write'): Result<WriteConnection>;
export function openEncrypted(
  file: string,
  key: Uint8Array,
  mode: 'read' | 'write',
): Result<ReadConnection | WriteConnection> {
  const hex = Buffer.from(key).toString('hex');
  if (!/^[0-9a-f]{64}$/.test(hex))
    return fail('unexpected', 'The archive key has the wrong length.', 'Report this as a fault.');
  const Database = load();
  if (!Database.ok) return Database;
  let db: BetterSqlite3.Database | undefined;
  try {
    db = new Database.value(file, { readonly: mode === 'read', fileMustExist: mode === 'read', timeout: 10_000 });
    db.pragma(`cipher='sqlcipher'`);
    db.pragma('legacy=4');
    db.pragma(`key="x'${hex}'"`);
    db.prepare('SELECT count(*) FROM sqlite_master').get();
    db.pragma('temp_store = MEMORY');
    // A reader keeps what it read in its own form, and comes back to few pages.
    db.pragma(`cache_size = ${mode === 'write' ? -65_536 : -16_384}`);
    db.pragma('trusted_schema = OFF');
    if (mode === 'write') {
      db.pragma('journal_mode = WAL');
      db.pragma('synchronous = FULL');
      // Segments are merged into others soon after they were written: what is copied to the file less often is mostly gone by
      // then. 16 MiB of pages of 4 KiB.
      db.pragma('wal_autocheckpoint = 4096');
      db.pragma('foreign_keys = ON');
      db.pragma('secure_delete = ON');
    }
    return ok(db as unknown as WriteConnection);
  } catch (error) {
    db?.close();
    return explain(error, 'open the archive');
  }
}

/** Opens a small unencrypted database that only serves as a lock another process can see. */
export function openLockFile(file: string): Result<{ tryLock(): boolean; close(): void }> {
  const Database = load();
  if (!Database.ok) return Database;
  try {
    const db = new Database.value(file, { timeout: 0 });
    return ok({
      tryLock() {
        try {
          db.exec('BEGIN EXCLUSIVE');
          return true;
        } catch (error) {
          if (troubleOf(error) === 'busy') return false;
          throw error;
        }
      },
      close: () => db.close(),
    });
  } catch (error) {
    return explain(error, 'lock the archive');
  }
}

export function troubleOf(error: unknown): SqliteTrouble {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'SQLITE_NOTADB') return 'not_a_database';
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return 'busy';
  if (code === 'SQLITE_FULL' || code === 'ENOSPC' || code.startsWith('SQLITE_IOERR')) return 'full';
  if (code.startsWith('SQLITE_READONLY') || code === 'EROFS' || code === 'EACCES') return 'read_only';
  if (code.startsWith('SQLITE_CORRUPT')) return 'corrupt';
  if (code.startsWith('SQLITE_CANTOPEN')) return 'cannot_open';
  return 'other';
}

/** Turns what SQLite threw into a failure. Never repeats its text: a refused PRAGMA would quote the key. */
export function explain(error: unknown, doing: string): { readonly ok: false; readonly error: Failure } {
  switch (troubleOf(error)) {
    case 'not_a_database':
      return fail(
        'damaged_keyring',
        `Could not ${doing}: the key does not fit the file.`,
        'Restore entries.db and keyring.json from the same backup.',
      );
    case 'busy':
      return fail(
        'in_use',
        `Could not ${doing}: another program holds it.`,
        'Close the other program, then try again.',
      );
    case 'full':
      return fail(
        'disk',
        `Could not ${doing}: the disk is full or failing.`,
        'Free some space, then run it again; what was stored before is safe.',
      );
    case 'read_only':
      return fail(
        'disk',
        `Could not ${doing}: the folder cannot be written.`,
        'Check the permissions of the archive folder, or open it read-only.',
      );
    case 'corrupt':
      return fail(
        'integrity',
        `Could not ${doing}: the file is damaged.`,
        'Restore the archive from a backup; keep the damaged file for examination.',
      );
    case 'cannot_open':
      return fail(
        'not_found',
        `Could not ${doing}: the file is missing or cannot be opened.`,
        'Check that the folder is an archive and can be read.',
      );
    case 'other': {
      const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
      return fail('unexpected', `Could not ${doing}${code}.`, 'Run again with --debug and report what it prints.');
    }
  }
}
