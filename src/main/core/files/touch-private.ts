import { closeSync, openSync } from 'node:fs';
import { basename } from 'node:path';
import { ok, type Result } from '../../../shared/errors.ts';
import { explainFile } from './explain-file.ts';

/**
 * Makes sure a file exists; a new one is readable by its owner alone. One that is there is not even opened: closing any
 * descriptor of a file drops every POSIX lock this process holds on it, and SQLite's locks are such.
 */
export function touchPrivate(file: string): Result<void> {
  try {
    closeSync(openSync(file, 'wx', 0o600));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) {
      return explainFile(error, `create ${basename(file)}`);
    }
  }
  return ok(undefined);
}
