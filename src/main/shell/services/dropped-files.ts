import { appendFileSync, closeSync, mkdirSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import { explainFile } from '../../core/files/explain-file.ts';

/** A file the person dropped on the window, as the page tells of it. Size in bytes. */
export type DroppedFile = { readonly name: string; readonly size: number };

/** Files that arrive from the page in pieces. `paths` is complete when every file has all its bytes. */
export type Drop = {
  add(file: number, bytes: Uint8Array): Result<void>;
  paths(): Result<readonly string[]>;
  remove(): void;
};

const MOST_BYTES = 16 * 1024 ** 3;
const LONGEST_NAME_BYTES = 200;

/** Where dropped files lie until they are imported: a folder of the application's own data, mode 0700. */
export function droppedFilesFolder(userData: string): string {
  return join(userData, 'incoming');
}

/** Removes what a process that was killed has left. Called before anything is dropped. */
export function removeLeftDrops(userData: string): void {
  rmSync(droppedFilesFolder(userData), { recursive: true, force: true });
}

/**
 * Begins to receive files. The page says names and bytes, never a place: whatever it sends lands in a folder of its own
 * and nowhere else, and never more than it announced.
 */
export function receiveDrop(userData: string, id: string, files: readonly DroppedFile[]): Result<Drop> {
  const total = files.reduce((sum, file) => sum + file.size, 0);
  if (total > MOST_BYTES) {
    return fail('bad_input', 'These files are too large to be dropped.', 'Use “Choose files…” for them instead.');
  }
  const folder = join(droppedFilesFolder(userData), id);
  const got = files.map(() => 0);
  // A folder a file: names may repeat, and the archive remembers each entry's file by its name.
  const pathOf = (file: number): string => join(folder, String(file), ownName(files[file]?.name ?? ''));
  try {
    for (const file of files.keys()) {
      mkdirSync(join(folder, String(file)), { recursive: true, mode: 0o700 });
      closeSync(openSync(pathOf(file), 'wx', 0o600));
    }
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    return explainFile(error, 'keep the dropped files');
  }
  return ok({
    add(file, bytes) {
      const size = files[file]?.size;
      const before = got[file];
      if (size === undefined || before === undefined || before + bytes.length > size) {
        return fail('bad_input', 'A dropped file changed while it was read.', 'Drop the files again.');
      }
      try {
        appendFileSync(pathOf(file), bytes);
      } catch (error) {
        return explainFile(error, 'keep the dropped files');
      }
      got[file] = before + bytes.length;
      return ok(undefined);
    },
    paths() {
      const whole = files.every((file, i) => got[i] === file.size);
      return whole
        ? ok([...files.keys()].map(pathOf))
        : fail('bad_input', 'Not all of the dropped files have arrived.', 'Drop the files again.');
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  });
}

// The last part of a name, without what a file system gives a meaning to; the ending stays, it tells a backup's day.
function ownName(name: string): string {
  let last = (name.normalize('NFC').split(/[\\/]/).at(-1) ?? '')
    .replace(/[\u0000-\u001f\u007f<>:"|?*]/g, '_')
    .replace(/[. ]+$/, '');
  while (Buffer.byteLength(last) > LONGEST_NAME_BYTES) last = last.slice(1);
  return last === '' ? 'dropped' : last;
}
