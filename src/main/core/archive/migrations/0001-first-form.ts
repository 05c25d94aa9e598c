/**
 * The first form of the archive. Facts are clustered by their time key and narrow; the raw bytes and the folded metadata
 * lie in tables of their own under the same key, so that counting never reads them. Id 0 of a dictionary is "has none".
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

  CREATE TABLE entry (
    key INTEGER PRIMARY KEY,
    shift INTEGER NOT NULL,
    id TEXT NOT NULL,
    actor INTEGER NOT NULL,
    action INTEGER NOT NULL,
    target INTEGER NOT NULL,
    address INTEGER NOT NULL,
    agent INTEGER NOT NULL,
    team INTEGER NOT NULL,
    source INTEGER NOT NULL,
    received_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX entry_by_id ON entry (id);

  CREATE TABLE entry_raw (key INTEGER PRIMARY KEY REFERENCES entry (key), bytes BLOB NOT NULL) STRICT;
  CREATE TABLE entry_text (key INTEGER PRIMARY KEY REFERENCES entry (key), folded TEXT NOT NULL) STRICT;

  CREATE TABLE entry_version (
    key INTEGER NOT NULL REFERENCES entry (key),
    n INTEGER NOT NULL,
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
${['entry', 'entry_raw', 'entry_version', 'unreadable', 'term', 'source']
  .flatMap((table) =>
    ['UPDATE', 'DELETE'].map(
      (verb) => `
  CREATE TRIGGER ${table}_no_${verb.toLowerCase()} BEFORE ${verb} ON ${table}
  BEGIN SELECT RAISE(ABORT, 'what was received is never altered'); END;`,
    ),
  )
  .join('')}
`;
