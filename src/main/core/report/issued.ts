import { createHash } from 'node:crypto';
import { z } from 'zod';
import { ok, type Result } from '../../../shared/errors.ts';
import { ISSUED_KINDS, type IssuedKind } from '../../../shared/report-template.ts';
import type { JournalLine, JournalReader, JournalWriter } from '../archive/journal.ts';
import type { ArchiveReader } from '../archive/reader.ts';
import { PRINTED } from './printed.ts';

// A report that left the archive is a line of the reviewers' journal: what it is, when and by whom it was written, its
// hash, and the head printed in it. So a PDF that somebody holds can be told from one that was changed.

const KIND = 'report.issued';

const body = z.object({
  template: z.enum(ISSUED_KINDS),
  /** Whom it is about; of an incident, its case. */
  person: z.string().nullable(),
  from: z.string(),
  to: z.string(),
  zone: z.string(),
  pages: z.int(),
  population: z.int(),
  exceptions: z.int(),
  head: z.string().nullable(),
});

/** What is written down of a report. Days are calendar dates in `zone`. */
export type IssuedFacts = Omit<z.output<typeof body>, 'template'> & {
  readonly template: IssuedKind;
  /** SHA-256 of the file, hexadecimal. */
  readonly sha256: string;
};

/** A report of the past: `line` is its line in the journal, `at` when it was written (milliseconds UTC). */
export type IssuedReport = IssuedFacts & { readonly line: number; readonly at: number; readonly by: string };

/** The reports that were written, newest first. A line that cannot be read names none. */
export function readIssued(reader: JournalReader): readonly IssuedReport[] {
  return reader
    .journal()
    .filter((line) => line.kind === KIND)
    .flatMap((line) => {
      const facts = factsOf(line);
      return facts === null ? [] : [{ ...facts, sha256: line.subject, line: line.seq, at: line.at, by: line.by }];
    })
    .reverse();
}

/** Writes down that a report was written; the number of the line. */
export function noteIssued(
  writer: JournalWriter,
  { sha256, ...facts }: IssuedFacts,
  word: { readonly by: string; readonly at: number },
): Result<number> {
  const written = writer.appendJournal([{ kind: KIND, subject: sha256, body: JSON.stringify(facts), ...word }]);
  return written.ok ? ok(written.value[0] ?? 0) : written;
}

/** What can be said of a file that is meant to be a report. */
export type CheckedReport = {
  /** SHA-256 of its bytes, hexadecimal. */
  readonly sha256: string;
  /** The reports of this archive with this hash: the file is one of them, byte for byte. */
  readonly known: readonly IssuedReport[];
  /** What the file says of itself; null where it does not say it is a report of Logbook's. */
  readonly printed: {
    readonly sameArchive: boolean;
    readonly head: string | null;
    /** Whether that head is a seal of this archive's chain; null where none is printed. */
    readonly inChain: boolean | null;
  } | null;
};

/** Compares a file with what was written down, and the head printed in it with the chain. */
export function checkReport(reader: ArchiveReader, bytes: Uint8Array): CheckedReport {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const found = PRINTED.exec(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'));
  const head = found?.groups?.head === 'none' ? null : (found?.groups?.head ?? null);
  return {
    sha256,
    known: readIssued(reader).filter((one) => one.sha256 === sha256),
    printed:
      found === null
        ? null
        : {
            sameArchive: found.groups?.archive === reader.info().archiveId,
            head,
            inChain: head === null ? null : reader.hasSeal(head),
          },
  };
}

function factsOf(line: JournalLine): z.output<typeof body> | null {
  try {
    const parsed = body.safeParse(JSON.parse(line.body));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
