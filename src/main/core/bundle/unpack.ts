import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, normalize, sep } from 'node:path';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import { explainFile } from '../files/explain-file.ts';
import { explainBundle } from './age-file.ts';
import type { Part } from './tar.ts';

/** Writes the parts of a bundle into a new folder (0700, files 0600), there whole or not at all. How many there are. */
export async function unpackBundle(parts: AsyncIterable<Part>, out: string): Promise<Result<number>> {
  try {
    mkdirSync(out, { mode: 0o700 });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
      return fail('exists', `The folder ${basename(out)} is there already.`, 'Name a new one with --out.');
    return explainFile(error, `create the folder ${basename(out)}`);
  }
  try {
    let count = 0;
    for await (const { name, content } of parts) {
      const path = normalize(name);
      if (path.startsWith('..') || path.startsWith(sep) || path.split(sep).length > 2) {
        rmSync(out, { recursive: true, force: true });
        return fail(
          'integrity',
          'The bundle holds a part with a name that leads elsewhere.',
          'It was not made by Logbook.',
        );
      }
      mkdirSync(dirname(join(out, path)), { recursive: true, mode: 0o700 });
      writeFileSync(join(out, path), content, { mode: 0o600, flag: 'wx' });
      count++;
    }
    return ok(count);
  } catch (error) {
    rmSync(out, { recursive: true, force: true });
    return explainBundle(error);
  }
}
