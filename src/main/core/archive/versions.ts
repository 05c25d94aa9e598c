import type { ChangedEntry } from './reader.ts';
import type { ReadConnection } from './sqlite.ts';
import { fromStored } from './stored-text.ts';
import { msOfKey } from './time-key.ts';

// Versions are what came later under an id that was known. A table's row says less than the API does and says it
// otherwise: where an entry was read from one, what the API says of it is the better evidence, and no change upstream.

const FIRST_IS_ROW = `EXISTS (SELECT 1 FROM entry e JOIN source s ON s.id = e.source WHERE e.key = v.key AND s.kind = 'table')`;

/** How many versions say that something was changed upstream. */
export const CHANGED_COUNT = `SELECT count(*) FROM entry_version v WHERE NOT ${FIRST_IS_ROW}`;

/** The entries that came again with another content, oldest first. */
export function changedEntries(db: ReadConnection): readonly ChangedEntry[] {
  const rows = db
    .prepare(
      `SELECT e.key, e.shift, e.id, count(*) AS versions, min(v.received_at) AS noticed
       FROM entry_version v JOIN entry e ON e.key = v.key WHERE NOT ${FIRST_IS_ROW} GROUP BY e.key ORDER BY e.key`,
    )
    .all() as { key: number; shift: number; id: string; versions: number; noticed: number }[];
  return rows.map(({ key, shift, id, versions, noticed }) => ({
    key,
    id: fromStored(id),
    ts: msOfKey(key) - shift,
    versions,
    noticedAt: noticed,
  }));
}

/** The number of the version that is better evidence than an entry's own bytes; null where those are the best. */
export function betterVersion(db: ReadConnection): (key: number) => number | null {
  const better = db
    .prepare(
      `SELECT min(v.n) FROM entry_version v JOIN source s ON s.id = v.source
       WHERE v.key = ? AND s.kind <> 'table' AND ${FIRST_IS_ROW}`,
    )
    .pluck();
  return (key) => better.get(key) as number | null;
}

/** The bytes to show for an entry. Costs nothing extra in an archive that no table was ever read into. */
export function evidenceOf(db: ReadConnection): (key: number) => Uint8Array {
  const own = db.prepare('SELECT bytes FROM entry_raw WHERE key = ?').pluck();
  const version = db.prepare('SELECT bytes FROM entry_version WHERE key = ? AND n = ?').pluck();
  const anyTable = db.prepare(`SELECT EXISTS (SELECT 1 FROM source WHERE kind = 'table')`).pluck();
  const better = betterVersion(db);
  let tables = false;
  return (key) => {
    tables ||= anyTable.get() === 1;
    const n = tables ? better(key) : null;
    return (n === null ? own.get(key) : version.get(key, n)) as Uint8Array;
  };
}
