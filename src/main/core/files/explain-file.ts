import { type Failure, fail } from '../../../shared/errors.ts';

/** Turns what the file system threw into a failure a reviewer can act on. */
export function explainFile(error: unknown, doing: string): { readonly ok: false; readonly error: Failure } {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return fail('disk', `Could not ${doing}: the disk is full.`, 'Free some space, then try again.');
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return fail('disk', `Could not ${doing}: permission denied.`, 'Choose a place you may write to.');
    case 'ENOENT':
      return fail(
        'bad_input',
        `Could not ${doing}: the file or folder does not exist.`,
        'Check the name and try again.',
      );
    case 'ENOTDIR':
    case 'EEXIST':
    case 'EISDIR':
      return fail(
        'bad_input',
        `Could not ${doing}: something else of that name is in the way.`,
        'Choose another name.',
      );
    default:
      return fail('disk', `Could not ${doing}${code ? ` (${code})` : ''}.`, 'Check the place and try again.');
  }
}
