import { lineHash, NO_LINE } from '../integrity/journal-chain.ts';
import type { JournalLine } from '../journal.ts';
import type { WriteConnection } from '../sqlite.ts';
import { JOURNAL_NO_UPDATE } from './0002-journal.ts';

const FINAL = ['seal', 'seal_key', 'version_tombstone'];

/**
 * Seals: a signed chain over what each day holds, to which only is added. `change` is what a seal added and removed, to find
 * the place where a root differs. What arrived for a sealed day and is not sealed yet stands in `unsealed` (scope: the day
 * since 1970) from the same transaction on, and so does a day whose coverage was settled anew: without that line it is an
 * alteration. Later versions that are lawfully deleted leave their leaf, as entries do.
 *
 * The journal becomes a chain, too: each line carries a hash over the one before and itself.
 */
export function addSeals(db: WriteConnection): void {
  db.exec(SEALS);
  chainJournal(db);
}

const SEALS = `
  CREATE TABLE seal (
    seq INTEGER PRIMARY KEY,
    day TEXT,
    content TEXT NOT NULL,
    signature BLOB NOT NULL,
    change BLOB NOT NULL
  ) STRICT;
  CREATE INDEX seal_by_day ON seal (day, seq);
  CREATE TRIGGER seal_goes_on BEFORE INSERT ON seal WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM seal)
  BEGIN SELECT RAISE(ABORT, 'what was sealed is never altered'); END;

  CREATE TABLE seal_key (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    public BLOB NOT NULL,
    private BLOB NOT NULL,
    made_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE unsealed (
    scope INTEGER NOT NULL,
    key INTEGER NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (scope, key, n)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE unsealed_coverage (day TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

  CREATE TABLE version_tombstone (
    key INTEGER NOT NULL,
    n INTEGER NOT NULL,
    deletion INTEGER NOT NULL REFERENCES deletion (id),
    leaf BLOB NOT NULL
  ) STRICT;
  CREATE INDEX version_tombstone_by_key ON version_tombstone (key, n);
  CREATE INDEX tombstone_by_deletion ON tombstone (deletion);
${FINAL.flatMap((table) =>
  ['UPDATE', 'DELETE'].map(
    (verb) => `
  CREATE TRIGGER ${table}_no_${verb.toLowerCase()} BEFORE ${verb} ON ${table}
  BEGIN SELECT RAISE(ABORT, 'what was sealed is never altered'); END;`,
  ),
).join('')}
`;

function chainJournal(db: WriteConnection): void {
  db.exec(`
    ALTER TABLE journal ADD COLUMN hash BLOB NOT NULL DEFAULT x'';
    DROP TRIGGER journal_no_update;
  `);
  const lines = db.prepare('SELECT seq, kind, subject, at, by, body FROM journal ORDER BY seq').all() as JournalLine[];
  const put = db.prepare('UPDATE journal SET hash = ? WHERE seq = ?');
  let previous: Uint8Array = NO_LINE;
  for (const line of lines) {
    previous = lineHash(previous, line);
    put.run(previous, line.seq);
  }
  db.exec(JOURNAL_NO_UPDATE);
}
