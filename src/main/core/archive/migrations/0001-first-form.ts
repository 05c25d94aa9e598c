const RECEIVED = ['block', 'entry_version', 'unreadable', 'term', 'source'];
const FINAL = ['tombstone', 'deletion'];

/**
 * The first form of the archive. `block` holds what was received, and is the evidence; `segment` and the two tables beside
 * it are readings of it, a few for each UTC day, that can be made again from the blocks at any time. Id 0 of a dictionary
 * is "has none".
 *
 * What was received is never altered. It can be deleted only under a permit, which the deletion takes out and gives back
 * within its own transaction, leaving a tombstone for each entry.
 */
export const FIRST_FORM = `
  CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TABLE term (
    dictionary INTEGER NOT NULL,
    id INTEGER NOT NULL,
    tuple TEXT NOT NULL,
    PRIMARY KEY (dictionary, id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE source (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    detail TEXT NOT NULL,
    UNIQUE (kind, detail)
  ) STRICT;

  CREATE TABLE block (
    id INTEGER PRIMARY KEY,
    source INTEGER NOT NULL REFERENCES source (id),
    received_at INTEGER NOT NULL,
    entries INTEGER NOT NULL,
    bytes BLOB NOT NULL
  ) STRICT;

  CREATE TABLE segment (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    day INTEGER NOT NULL,
    level INTEGER NOT NULL,
    entries INTEGER NOT NULL,
    shifted INTEGER NOT NULL,
    columns BLOB NOT NULL
  ) STRICT;
  CREATE INDEX segment_by_day ON segment (day, seq, level, entries, shifted);
  CREATE TABLE segment_refs (seq INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
  CREATE TABLE segment_text (seq INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;

  CREATE TABLE entry_version (
    key INTEGER NOT NULL,
    n INTEGER NOT NULL,
    over_table INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    source INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    PRIMARY KEY (key, n)
  ) STRICT;

  CREATE TABLE unreadable (
    digest BLOB PRIMARY KEY,
    bytes BLOB NOT NULL,
    reason TEXT NOT NULL,
    source INTEGER NOT NULL,
    received_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE day (
    day TEXT PRIMARY KEY,
    state TEXT NOT NULL,
    served INTEGER,
    checked_at INTEGER NOT NULL,
    note TEXT
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE walk (day TEXT PRIMARY KEY, state TEXT NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TABLE deletion (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    before TEXT NOT NULL,
    reason TEXT NOT NULL,
    entries INTEGER NOT NULL,
    held INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE tombstone (
    key INTEGER PRIMARY KEY,
    deletion INTEGER NOT NULL REFERENCES deletion (id),
    id_digest BLOB NOT NULL,
    leaf BLOB NOT NULL
  ) STRICT;
  CREATE INDEX tombstone_by_id ON tombstone (id_digest);
  CREATE TABLE hold (
    id INTEGER PRIMARY KEY,
    reason TEXT NOT NULL,
    filter TEXT NOT NULL,
    from_ms INTEGER,
    to_ms INTEGER,
    created_at INTEGER NOT NULL,
    released_at INTEGER
  ) STRICT;
  CREATE TABLE deletion_permit (id INTEGER PRIMARY KEY) STRICT;
${[
  ...RECEIVED.map((table) => [table, 'WHEN NOT EXISTS (SELECT 1 FROM deletion_permit)'] as const),
  ...FINAL.map((table) => [table, ''] as const),
]
  .flatMap(([table, unless]) =>
    ['UPDATE', 'DELETE'].map(
      (verb) => `
  CREATE TRIGGER ${table}_no_${verb.toLowerCase()} BEFORE ${verb} ON ${table} ${unless}
  BEGIN SELECT RAISE(ABORT, 'what was received is never altered'); END;`,
    ),
  )
  .join('')}
`;
