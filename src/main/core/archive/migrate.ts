import { fail, ok, type Result } from '../../../shared/errors.ts';
import { FIRST_FORM } from './migrations/0001-first-form.ts';
import { JOURNAL } from './migrations/0002-journal.ts';
import { addSeals } from './migrations/0003-seals.ts';
import { FROZEN_LISTS } from './migrations/0004-frozen-lists.ts';
import { STAMPS } from './migrations/0005-stamps.ts';
import { explain, type ReadConnection, type WriteConnection } from './sqlite.ts';

/** Numbered steps; step n leads from `user_version` n - 1 to n. Never edited once released. */
const MIGRATIONS: readonly ((db: WriteConnection) => void)[] = [
  (db) => db.exec(FIRST_FORM),
  (db) => db.exec(JOURNAL),
  addSeals,
  (db) => db.exec(FROZEN_LISTS),
  (db) => db.exec(STAMPS),
];

export const NEWEST_SCHEMA = MIGRATIONS.length;

/** The schema an open file has, or `newer_version` where a newer Logbook wrote it. */
export function schemaVersion(db: ReadConnection): Result<number> {
  const version = Number(db.pragma('user_version', { simple: true }));
  return version > NEWEST_SCHEMA
    ? fail(
        'newer_version',
        `This archive has format ${version}; this Logbook knows up to ${NEWEST_SCHEMA}.`,
        'Update Logbook, then open it again.',
      )
    : ok(version);
}

/** Brings a file to the newest schema, a transaction a step. The caller has backed it up. */
export function migrate(db: WriteConnection): Result<void> {
  const version = schemaVersion(db);
  if (!version.ok) return version;
  try {
    for (let next = version.value; next < NEWEST_SCHEMA; next++) {
      db.transaction(() => {
        MIGRATIONS[next]?.(db);
        db.pragma(`user_version = ${next + 1}`);
      }).immediate();
    }
    return ok(undefined);
  } catch (error) {
    return explain(error, 'prepare the archive');
  }
}
