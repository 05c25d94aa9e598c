import { openEncrypted } from '../../src/main/core/archive/sqlite.ts';
import { unwrap } from '../../src/shared/errors.ts';

/**
 * Opens an archive's file and reads every byte of the columns kept in it, through the cipher and into memory, doing nothing
 * with them. How many bytes there are.
 */
export function readColumnBytes(file: string, key: Uint8Array): number {
  const db = unwrap(openEncrypted(file, key, 'read'));
  let bytes = 0;
  for (const columns of db.prepare('SELECT columns FROM segment').pluck().iterate() as Iterable<Uint8Array>) {
    bytes += columns.length;
  }
  db.close();
  return bytes;
}
