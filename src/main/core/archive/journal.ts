import { ok, type Result } from '../../../shared/errors.ts';
import { lineHash, NO_LINE } from './integrity/journal-chain.ts';
import { explain, type ReadConnection, type WriteConnection } from './sqlite.ts';

/** What a line of the journal is about: the kind of a decision and who or what it was made of. */
export type NewJournalLine = {
  readonly kind: string;
  readonly subject: string;
  /** Milliseconds UTC. */
  readonly at: number;
  /** Who decided, as they name themselves. */
  readonly by: string;
  /** What was decided, as JSON; its shape belongs to the kind. */
  readonly body: string;
};

/** A line as it stands. `seq` rises from 1 in the order in which lines were written. */
export type JournalLine = NewJournalLine & { readonly seq: number };

/** The part of a reader that tells what was decided. */
export type JournalReader = {
  /** The lines after `seq`, oldest first. */
  journal(after?: number): readonly JournalLine[];
};

/** The part of the writer that adds to it. All lines of a call are written, or none. */
export type JournalWriter = JournalReader & {
  appendJournal(lines: readonly NewJournalLine[]): Result<readonly number[]>;
};

/** Answers from the journal. An archive of an older form, opened read-only, has none yet. */
export function journalReader(db: ReadConnection): JournalReader['journal'] {
  let select: ReturnType<ReadConnection['prepare']> | null = null;
  return (after = 0) => {
    if (select === null) {
      const there = db.prepare(`SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'journal'`).pluck();
      if (there.get() === 0) return [];
      select = db.prepare('SELECT seq, kind, subject, at, by, body FROM journal WHERE seq > ? ORDER BY seq');
    }
    return select.all(after) as JournalLine[];
  };
}

/** Adds lines, in one transaction, each chained to the one before. */
export function journalWriter(db: WriteConnection): JournalWriter['appendJournal'] {
  const insert = db.prepare('INSERT INTO journal VALUES (@seq, @kind, @subject, @at, @by, @body, @hash)');
  const last = db.prepare('SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1');
  const append = db.transaction((lines: readonly NewJournalLine[]) => {
    let { seq, hash } = (last.get() as { seq: number; hash: Uint8Array } | undefined) ?? { seq: 0, hash: NO_LINE };
    return lines.map((given) => {
      const line = { seq: ++seq, ...asRead(given) };
      hash = lineHash(hash, line);
      insert.run({ ...line, hash });
      return seq;
    });
  });
  return (lines) => {
    try {
      return ok(append.immediate(lines));
    } catch (error) {
      return explain(error, 'write down the decision');
    }
  };
}

// As it will be read again, and its hash made again: the database keeps no lone surrogates.
function asRead({ kind, subject, at, by, body }: NewJournalLine): NewJournalLine {
  return {
    kind: kind.toWellFormed(),
    subject: subject.toWellFormed(),
    at,
    by: by.toWellFormed(),
    body: body.toWellFormed(),
  };
}
