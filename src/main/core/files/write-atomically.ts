import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ok, type Result } from '../../../shared/errors.ts';
import { explainFile } from './explain-file.ts';

/** A file in the making: nothing of that name exists until `finish`. */
export type FileInTheMaking = { write(bytes: Uint8Array | string): void; finish(): Result<void>; abandon(): void };

/** Writes a whole file so that it is there completely or not at all, with mode 0600. */
export function writeAtomically(file: string, content: Uint8Array | string): Result<void> {
  const draft = openAtomically(file);
  if (!draft.ok) return draft;
  try {
    draft.value.write(content);
    return draft.value.finish();
  } catch (error) {
    draft.value.abandon();
    return explainFile(error, `write ${basename(file)}`);
  }
}

/**
 * Opens a temporary file beside the target; `finish` syncs it and gives it its name, `abandon` leaves nothing behind.
 * `write` throws what the file system throws; give that to `explainFile` after `abandon`.
 */
export function openAtomically(file: string): Result<FileInTheMaking> {
  const draft = join(dirname(file), `.${basename(file)}.${process.pid}.part`);
  let fd: number;
  try {
    fd = openSync(draft, 'w', 0o600);
  } catch (error) {
    return explainFile(error, `write ${basename(file)}`);
  }
  const abandon = (): void => {
    closeSync(fd);
    rmSync(draft, { force: true });
  };
  return ok({
    write(content) {
      const bytes = typeof content === 'string' ? Buffer.from(content) : content;
      for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
    },
    finish() {
      try {
        fsyncSync(fd);
        renameSync(draft, file);
        closeSync(fd);
      } catch (error) {
        abandon();
        return explainFile(error, `write ${basename(file)}`);
      }
      syncFolder(dirname(file));
      return ok(undefined);
    },
    abandon,
  });
}

// The name is only durable once the folder is; some systems cannot sync folders, and then nothing more can be done.
function syncFolder(dir: string): void {
  try {
    const fd = openSync(dir, 'r');
    fsyncSync(fd);
    closeSync(fd);
  } catch {
    return;
  }
}
