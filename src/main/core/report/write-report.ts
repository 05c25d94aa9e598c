import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Result } from '../../../shared/errors.ts';
import { fail, ok } from '../../../shared/errors.ts';

/**
 * Writes a file whole or not at all: beside its place under another name, flushed to the disk, then renamed over what
 * was there. Only the owner may read it (0600). `tag` tells two writers apart. Errors: `disk`, `not_found`, `bad_input`.
 */
export async function writeReport(out: string, bytes: Uint8Array, tag: string): Promise<Result<void>> {
  const partial = join(dirname(out), `.${basename(out).slice(0, 120)}.${process.pid}-${tag}.partial`);
  try {
    const file = await open(partial, 'w', 0o600);
    try {
      // A file left behind by a crash keeps its old permissions.
      await file.chmod(0o600);
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(partial, out);
    await syncFolder(dirname(out));
    return ok(undefined);
  } catch (error) {
    await rm(partial, { force: true }).catch(() => undefined);
    return explained(error, basename(out));
  }
}

// The new name is on the disk once its folder is; Windows cannot flush a folder and does not need to.
async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch {
    // The report itself is safe under its name.
  }
}

function explained(error: unknown, name: string): Result<void> {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return fail(
      'disk',
      `There is no room on the disk for “${name}”.`,
      'Free some space or choose another disk; nothing was written.',
    );
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return fail('disk', `Logbook may not write “${name}” into this folder.`, 'Choose a folder you may write to.');
  }
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return fail('not_found', `The folder for “${name}” does not exist.`, 'Create it, or choose another.');
  }
  if (code === 'EISDIR' || code === 'ENOTEMPTY') {
    return fail('bad_input', `“${name}” is a folder.`, 'Choose a name for a file.');
  }
  if (code === 'ENAMETOOLONG') {
    return fail('bad_input', 'The name of the file is too long for this disk.', 'Choose a shorter name.');
  }
  return fail(
    'disk',
    `“${name}” could not be written${code === '' ? '' : ` (${code})`}.`,
    'Check the disk, then try again.',
  );
}
