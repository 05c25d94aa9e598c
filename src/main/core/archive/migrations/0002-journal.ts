const refusing = (verb: string): string => `
  CREATE TRIGGER journal_no_${verb.toLowerCase()} BEFORE ${verb} ON journal
  BEGIN SELECT RAISE(ABORT, 'what was decided is never altered'); END;`;

export const JOURNAL_NO_UPDATE = refusing('UPDATE');

/**
 * What people decide about the log, beside what was received: a journal to which lines are added and in which none is
 * changed. Taking something back is a further line.
 */
export const JOURNAL = `
  CREATE TABLE journal (
    seq INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    at INTEGER NOT NULL,
    by TEXT NOT NULL,
    body TEXT NOT NULL
  ) STRICT;
${JOURNAL_NO_UPDATE}
${refusing('DELETE')}
  CREATE TRIGGER journal_goes_on BEFORE INSERT ON journal WHEN NEW.seq <= (SELECT max(seq) FROM journal)
  BEGIN SELECT RAISE(ABORT, 'what was decided is never altered'); END;
`;
