import { appendFileSync, existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { ok, type Result } from '../../../../shared/errors.ts';
import { explainFile } from '../../files/explain-file.ts';
import { parseHead, readHeadsLog } from './heads-log.ts';
import type { SealWriter } from './sealing.ts';

// Heads are strong where the owner of the archive cannot reach them: at every seal they are also written to a place of the
// person's choice, a share or a mail drop. A place that is not there is no reason not to seal; it is tried again with the next.

const SETTING = 'heads_to';

/** Where heads are written besides, and how that went last. `at` in milliseconds UTC. */
export type HeadCopies = {
  readonly path: string;
  readonly at: number | null;
  /** Why it could not be written; null where it was. */
  readonly failed: string | null;
};

const headCopies = z.object({ path: z.string(), at: z.number().nullable(), failed: z.string().nullable() });

/** Where heads are written besides; null where they are not. */
export function readHeadCopies(setting: string | null): HeadCopies | null {
  return setting === null || setting === '' ? null : headCopies.parse(JSON.parse(setting));
}

/** The setting that says where heads are to be written; with null, nowhere. */
export function headCopiesText(copies: HeadCopies | null): { readonly name: string; readonly value: string } {
  return { name: SETTING, value: copies === null ? '' : JSON.stringify(copies) };
}

export const HEAD_COPIES_SETTING = SETTING;

/**
 * Adds to a copy of `heads.log` what it does not have yet: `path` is a file, or a folder in which the archive's own file is
 * made. The lines that are there stay as they are. Where it was written.
 */
export function copyHeads(dir: string, archiveId: string, path: string): Result<string> {
  const isFolder = existsSync(path) && statSync(path).isDirectory();
  const file = isFolder ? join(path, `heads-${archiveId.slice(0, 8)}.log`) : path;
  try {
    const there = existsSync(file) ? readFileSync(file, 'utf8') : '';
    const last = Math.max(0, ...there.split('\n').map((line) => parseHead(line)?.sequence ?? 0));
    const missing = readHeadsLog(dir).filter((line) => (parseHead(line)?.sequence ?? 0) > last);
    const begin = there === '' || there.endsWith('\n') ? '' : '\n';
    if (missing.length > 0) appendFileSync(file, begin + missing.map((line) => `${line}\n`).join(''));
    return ok(file);
  } catch (error) {
    return explainFile(error, `write the heads to ${basename(dirname(file))}/${basename(file)}`);
  }
}

/** Seals as before, and writes the heads to where they are wanted besides. */
export function withHeadCopies(
  sealing: SealWriter,
  archive: {
    readonly dir: string;
    setting(name: string): string | null;
    setSetting(name: string, value: string): Result<void>;
  },
): SealWriter {
  return {
    ...sealing,
    seal(at) {
      const sealed = sealing.seal(at);
      const copies = readHeadCopies(archive.setting(SETTING));
      if (!sealed.ok || sealed.value.head === null || copies === null) return sealed;
      const written = copyHeads(archive.dir, archive.setting('archive_id') ?? '', copies.path);
      const now = {
        path: copies.path,
        at: written.ok ? at : copies.at,
        failed: written.ok ? null : written.error.message,
      };
      // A sealing that changes nothing writes nothing.
      if (sealed.value.made > 0 || now.failed !== copies.failed) {
        const { name, value } = headCopiesText(now);
        archive.setSetting(name, value);
      }
      return sealed;
    },
  };
}
