import { readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import { touchPrivate } from '../files/touch-private.ts';
import { explain, openLockFile } from './sqlite.ts';

/** Held by one process at a time; freed by the system when that process ends, however it ends. */
export type Lock = { release(): void };

// A database handle that nothing refers to any more is closed when memory is collected, and its lock falls with it. Who
// takes a lock may drop what it was given: it is held until it is released or the process ends.
const held = new Set<object>();

/** Takes the writer's lock of an archive folder; `now` null for moments that nobody need hear of. `in_use` says who holds it. */
export function lockForWriting(dir: string, now: number | null): Result<Lock> {
  const holder = join(dir, 'writer.json');
  return take(
    join(dir, 'writer.lock'),
    () => {
      if (now === null) return;
      const since = new Date(now).toISOString();
      writeFileSync(holder, JSON.stringify({ pid: process.pid, host: hostname(), since }), { mode: 0o600 });
    },
    () =>
      fail(
        'in_use',
        `The archive is in use by another writer${describeHolder(holder)}.`,
        'Close it there, or open the archive read-only.',
      ),
  );
}

/** Takes the lock under which `keyring.json` changes: a matter of moments, unless the data key itself is changed. */
export function lockKeyring(dir: string): Result<Lock> {
  return take(
    join(dir, 'keyring.lock'),
    () => undefined,
    () =>
      fail(
        'in_use',
        'The keys of this archive are being changed by another Logbook.',
        'Wait until that is done, then try again.',
      ),
  );
}

function take(file: string, onTaken: () => void, refused: () => Result<Lock>): Result<Lock> {
  const touched = touchPrivate(file);
  if (!touched.ok) return touched;
  const opened = openLockFile(file);
  if (!opened.ok) return opened;
  try {
    if (!opened.value.tryLock()) {
      opened.value.close();
      return refused();
    }
    onTaken();
    held.add(opened.value);
    return ok({
      release() {
        opened.value.close();
        held.delete(opened.value);
      },
    });
  } catch (error) {
    opened.value.close();
    return explain(error, 'lock the archive');
  }
}

function describeHolder(file: string): string {
  try {
    const { pid, host, since } = JSON.parse(readFileSync(file, 'utf8')) as { pid: number; host: string; since: string };
    return ` (process ${pid} on ${host}, since ${since})`;
  } catch {
    return '';
  }
}
