import { ok, type Result } from '../../../../shared/errors.ts';
import type { ParseRaw } from '../columns/from-blocks.ts';
import { openForReading } from '../read-only-medium.ts';
import { explain, type ReadConnection } from '../sqlite.ts';
import type { Found } from './problems.ts';
import { hasSeals } from './seal-store.ts';
import { checkFile } from './verify-file.ts';
import { type DayShares, helpWithShares, type SharesFound } from './verify-shares.ts';

/** Another thread that takes its part of a verification. One call after the other. */
export type VerifyHelper = {
  /** Looks at the archive as it is now, and at nothing that is committed later. The name of the moment. */
  begin(): Promise<Result<string>>;
  file(): Promise<Result<Found>>;
  days(shares: DayShares): Promise<Result<SharesFound>>;
  close(): Promise<void>;
};

const HELP_FROM_ENTRIES = 50_000;
const MOST_TRIALS = 5;

/**
 * Begins to look at one moment of an archive: nothing is committed in between. Where a helper is worth it, together with one that looks
 * at the very same; null where there is none.
 */
export async function beginTogether(
  db: ReadConnection,
  options: { readonly helper?: () => Promise<Result<VerifyHelper>>; readonly helpFrom?: number },
): Promise<VerifyHelper | null> {
  const started = isWorthIt(db, options.helpFrom ?? HELP_FROM_ENTRIES) ? await options.helper?.() : undefined;
  for (let trial = 0; started?.ok && trial < MOST_TRIALS; trial++) {
    const theirs = await started.value.begin();
    if (!theirs.ok) break;
    db.prepare('BEGIN').run();
    // Something may have been committed since the other began.
    if (momentOf(db) === theirs.value) return started.value;
    db.prepare('ROLLBACK').run();
  }
  if (started?.ok) await started.value.close();
  db.prepare('BEGIN').run();
  return null;
}

/** The part of a helper that works, in its own thread. */
export function openVerifyHelp(dir: string, key: Uint8Array, parse: ParseRaw): Result<VerifyHelper> {
  const opened = openForReading(dir, key);
  if (!opened.ok) return opened;
  const db = opened.value;
  const attempt = async <T>(work: () => T | Promise<T>): Promise<Result<T>> => {
    try {
      return ok(await work());
    } catch (error) {
      return explain(error, 'verify the archive');
    }
  };
  return ok({
    begin: () =>
      attempt(() => {
        if (db.inTransaction) db.prepare('ROLLBACK').run();
        db.prepare('BEGIN').run();
        return momentOf(db);
      }),
    file: () => attempt(() => checkFile(db)),
    days: (shares) => attempt(() => helpWithShares(db, parse, shares)),
    close: async () => db.close(),
  });
}

function isWorthIt(db: ReadConnection, entries: number): boolean {
  try {
    return (db.prepare('SELECT coalesce(sum(entries), 0) FROM segment').pluck().get() as number) >= entries;
  } catch {
    // A file that is damaged is checked in one place.
    return false;
  }
}

// Whatever is committed raises one of these: entries and coverage the version, the others their own number.
function momentOf(db: ReadConnection): string {
  const version = db.prepare(`SELECT value FROM setting WHERE name = 'version'`).pluck().get();
  const lines = db.prepare('SELECT max(seq) FROM journal').pluck().get();
  const seals = hasSeals(db) ? db.prepare('SELECT max(seq) FROM seal').pluck().get() : null;
  const deletions = db.prepare('SELECT max(id) FROM deletion').pluck().get();
  return JSON.stringify([version, lines, seals, deletions]);
}
