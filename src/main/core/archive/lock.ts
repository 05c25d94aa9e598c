import { readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import { touchPrivate } from '../files/touch-private.ts';
import { explain, openLockFile } from './sqlite.ts';

/** Held by the one writer of an archive; freed by the system when its process ends, however it ends. */
export type WriterLock = { release(): void };

/** Takes the writer's lock of an archive folder. `in_use` says who holds it. */
export function lockForWriting(dir: string, now: number): Result<WriterLock> {
  const file = join(dir, 'writer.lock');
  const touched = touchPrivate(file);
  if (!touched.ok) return touched;
  const opened = openLockFile(file);
  if (!opened.ok) return opened;
  const holder = join(dir, 'writer.json');
  try {
    if (!opened.value.tryLock()) {
      opened.value.close();
      return fail(
        'in_use',
        `The archive is in use by another writer${describeHolder(holder)}.`,
        'Close it there, or open the archive read-only.',
      );
    }
    writeFileSync(holder, JSON.stringify({ pid: process.pid, host: hostname(), since: new Date(now).toISOString() }), {
      mode: 0o600,
    });
    return ok({ release: () => opened.value.close() });
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
