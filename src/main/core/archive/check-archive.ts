import { ok, type Result } from '../../../shared/errors.ts';
import { NO_PLACES } from '../geo/places.ts';
import { createView } from './archive-view.ts';
import { checkColumns } from './columns/check-columns.ts';
import type { ParseRaw } from './columns/from-blocks.ts';
import { openForReading } from './read-only-medium.ts';
import { explain } from './sqlite.ts';

/** What a check found: a sentence for each thing that is not as it should be. */
export type ArchiveCheck = { readonly entries: number; readonly problems: readonly string[] };

/** Checks an archive as it stands: the file by SQLite's own check, the columns against the raw bytes. Changes nothing. */
export function checkArchive(dir: string, key: Uint8Array, parse: ParseRaw): Result<ArchiveCheck> {
  const opened = openForReading(dir, key);
  if (!opened.ok) return opened;
  const db = opened.value;
  try {
    const found = db.pragma('integrity_check') as { integrity_check: string }[];
    const ofFile = found.map((row) => row.integrity_check).filter((line) => line !== 'ok');
    if (ofFile.length > 0) return ok({ entries: 0, problems: ofFile.map((line) => `the file: ${line}`) });
    const view = createView(db, 'moment', () => NO_PLACES);
    return ok(
      view.ask(() => ({
        entries: view.store.days().reduce((sum, info) => sum + info.entries, 0),
        problems: checkColumns(db, view, parse),
      })),
    );
  } catch (error) {
    return explain(error, 'check the archive');
  } finally {
    db.close();
  }
}
