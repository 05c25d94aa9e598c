import type { ReadConnection } from './sqlite.ts';

// Versions are what came later under an id that was known. A table's row says less than the API does and says it
// otherwise: where an entry was first read from one (`over_table`), what the API says of it is the better evidence, and
// no change upstream.

export type Version = {
  readonly n: number;
  readonly bytes: Uint8Array;
  readonly source: number;
  readonly receivedAt: number;
};

export type Versions = {
  /** Takes note of what was committed since. */
  refresh(): void;
  /** All that came later under an entry's id, in order. */
  of(key: number): readonly Version[];
  /** The number of the version that is better evidence than an entry's own bytes; null where those are the best. */
  better(key: number): number | null;
  /** How many versions say that something was changed upstream. */
  changedCount(): number;
  /** The keys of entries that came again with another content, oldest first; how often, and when it was first noticed. */
  changed(): readonly { readonly key: number; readonly versions: number; readonly noticedAt: number }[];
};

export function createVersions(db: ReadConnection): Versions {
  const all = db.prepare(
    'SELECT n, bytes, source, received_at AS receivedAt FROM entry_version WHERE key = ? ORDER BY n',
  );
  const better = db
    .prepare(
      `SELECT min(v.n) FROM entry_version v JOIN source s ON s.id = v.source
       WHERE v.key = ? AND v.over_table = 1 AND s.kind <> 'table'`,
    )
    .pluck();
  const anyOverTable = db.prepare('SELECT EXISTS (SELECT 1 FROM entry_version WHERE over_table = 1)').pluck();
  const changedCount = db.prepare('SELECT count(*) FROM entry_version WHERE over_table = 0').pluck();
  const changed = db.prepare(
    `SELECT key, count(*) AS versions, min(received_at) AS noticedAt FROM entry_version
     WHERE over_table = 0 GROUP BY key ORDER BY key`,
  );
  let overTables = false;
  return {
    refresh() {
      overTables ||= anyOverTable.get() === 1;
    },
    of: (key) => all.all(key) as Version[],
    // Costs nothing in an archive that no table was ever read into.
    better: (key) => (overTables ? (better.get(key) as number | null) : null),
    changedCount: () => changedCount.get() as number,
    changed: () => changed.all() as { key: number; versions: number; noticedAt: number }[],
  };
}
