import { accessSync, constants, copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ok, type Result } from '../../../shared/errors.ts';
import { explainFile } from '../files/explain-file.ts';
import { DATABASE } from './keyring-file.ts';
import { openEncrypted, type ReadConnection } from './sqlite.ts';

/**
 * Opens the database of an archive for reading, wherever it lies. SQLite keeps files beside a database in write-ahead
 * mode even to read it; on a medium that cannot be written (an auditor's disc, a locked share) a copy in a private temporary folder
 * is read instead, encrypted as it is, and removed when it is closed.
 */
export function openForReading(dir: string, key: Uint8Array): Result<ReadConnection> {
  const file = join(dir, DATABASE);
  const there = openEncrypted(file, key, 'read');
  if (there.ok || there.error.code === 'damaged_keyring' || isWritable(dir) || !existsSync(file)) return there;
  let copy: string | null = null;
  const remove = (): void => {
    if (copy !== null) rmSync(copy, { recursive: true, force: true });
  };
  try {
    copy = mkdtempSync(join(tmpdir(), 'logbook-read-only-'));
    for (const suffix of ['', '-wal']) {
      if (existsSync(file + suffix)) copyFileSync(file + suffix, join(copy, DATABASE) + suffix);
    }
  } catch (error) {
    remove();
    return explainFile(error, 'read the archive, which lies where nothing can be written, from a temporary copy');
  }
  const opened = openEncrypted(join(copy, DATABASE), key, 'read');
  if (!opened.ok) {
    remove();
    return opened;
  }
  const db = opened.value;
  return ok({
    get inTransaction() {
      return db.inTransaction;
    },
    prepare: (sql) => db.prepare(sql),
    pragma: (source, options) => db.pragma(source, options),
    close() {
      db.close();
      remove();
    },
  });
}

function isWritable(dir: string): boolean {
  try {
    accessSync(dir, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
