import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { z } from 'zod';
import { fail, ok, type Result } from '../../../shared/errors.ts';

/** What every sidecar says: which file it lies beside, and its hash. */
const sidecar = z.object({ out: z.string(), sha256: z.string() });

/**
 * Where the sidecar of a file is written: `FILE.json` beside it. `exists` where a file of that name is there that is no sidecar:
 * nobody was asked whether that may go.
 */
export function sidecarPlace(out: string): Result<string> {
  const beside = `${out}.json`;
  if (!existsSync(beside) || isSidecar(beside)) return ok(beside);
  return fail(
    'exists',
    `Beside the export there is already ${basename(beside)}, which is no sidecar of one.`,
    'Choose another name.',
  );
}

function isSidecar(file: string): boolean {
  try {
    return sidecar.safeParse(JSON.parse(readFileSync(file, 'utf8'))).success;
  } catch {
    return false;
  }
}
