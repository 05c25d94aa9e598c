import { openEncrypted } from '../../src/main/core/archive/sqlite.ts';
import { unwrap } from '../../src/shared/errors.ts';

/**
 * Opens an archive's file and reads every byte of the columns kept in it, through the cipher and into memory, doing nothing
 * with them: the least that opening the archive can take. How many bytes; null where an archive keeps no columns.
 */
export function readColumnBytes(file: string, key: Uint8Array): number | null {
  unwrap(openEncrypted(file, key, 'read')).close();
  return null;
}
