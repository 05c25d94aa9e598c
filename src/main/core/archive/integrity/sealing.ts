import { FailureError, fail, ok, type Result } from '../../../../shared/errors.ts';
import type { Head } from '../../../../shared/integrity.ts';
import type { ArchiveView } from '../archive-view.ts';
import { explain, type WriteConnection } from '../sqlite.ts';
import { createDrafts, JOURNAL_ONLY } from './drafts.ts';
import type { FreshLeaves } from './fresh-leaves.ts';
import { appendHead } from './heads-log.ts';
import { NO_LINE } from './journal-chain.ts';
import { listHash, NO_HASH, sealHash, sealText } from './seal.ts';
import { isSigned, readSigner, type SealSigner } from './seal-key.ts';
import { createSealReader, createSealStore, type SealReader } from './seal-store.ts';
import type { UnsealedNotes } from './unsealed.ts';

/** What a sealing did. `refused`: sealed days that hold what nothing lawful explains; they stay as they were sealed. */
export type Sealing = { readonly made: number; readonly refused: readonly string[]; readonly head: Head | null };

/** The part of the writer that seals. */
export type SealWriter = SealReader & {
  /**
   * Seals every day that is past changing and not sealed yet, amends those to which something was added or of which something
   * was lawfully deleted, and covers the newest line of the journal. Costs what the touched days cost; does nothing where
   * nothing has changed. `at` in milliseconds UTC. `integrity` where the chain cannot be gone on with.
   */
  seal(at: number): Result<Sealing>;
};

export function createSealing(
  db: WriteConnection,
  view: ArchiveView,
  notes: UnsealedNotes,
  fresh: FreshLeaves,
  dir: string,
): SealWriter {
  const store = createSealStore(db);
  const reader = createSealReader(db);
  const drafted = createDrafts(db, view, fresh);
  const newestDeletion = db.prepare('SELECT coalesce(max(id), 0) FROM deletion').pluck();
  const newestLine = db.prepare('SELECT seq AS line, hash FROM journal ORDER BY seq DESC LIMIT 1');
  const insert = db.prepare('INSERT INTO seal VALUES (?, ?, ?, ?, ?)');

  const journalNow = (): { line: number; hash: string } => {
    const newest = newestLine.get() as { line: number; hash: Uint8Array } | undefined;
    return { line: newest?.line ?? 0, hash: Buffer.from(newest?.hash ?? NO_LINE).toString('hex') };
  };

  const work = db.transaction((signer: SealSigner, at: number): Sealing => {
    const last = store.last();
    if (last !== null && (last.content === null || !isSigned(last.text, last.signature, signer.key))) {
      throw new FailureError(CHAIN_BROKEN.error);
    }
    const accounted = last?.content?.deletion ?? 0;
    const { drafts, refused } = drafted(accounted, at);
    const journal = journalNow();
    const goesOn = journal.line > (last?.content?.journal.line ?? 0);
    const made = drafts.length === 0 && goesOn ? [JOURNAL_ONLY] : drafts;
    let sequence = last?.seq ?? 0;
    let previous = last?.hash ?? NO_HASH;
    for (const [i, { about, list }] of made.entries()) {
      // Deletions are accounted for once all days they touched are amended.
      const allTold = i === made.length - 1 && refused.length === 0;
      const text = sealText({
        ...about,
        archive: view.setting('archive_id') ?? '',
        sequence: ++sequence,
        list: listHash(list),
        deletion: allTold ? (newestDeletion.get() as number) : accounted,
        journal,
        previous,
        key: signer.key.fingerprint,
        at,
      });
      insert.run(sequence, about.day, text, signer.sign(text), list);
      previous = sealHash(text);
    }
    return { made: made.length, refused, head: reader.head() };
  });

  return {
    ...reader,
    seal(at) {
      try {
        view.ask(() => undefined);
        const signer = readSigner(db);
        if (signer === null) return CHAIN_BROKEN;
        const sealed = work.immediate(signer, at);
        notes.forget();
        const logged = sealed.head === null ? ok(undefined) : appendHead(dir, sealed.head);
        return logged.ok ? ok(sealed) : logged;
      } catch (error) {
        if (error instanceof FailureError) return { ok: false, error: error.failure };
        return explain(error, 'seal the finished days');
      }
    },
  };
}

const CHAIN_BROKEN = fail(
  'integrity',
  'The newest seal of this archive is not as it was made: nothing is sealed on top of it.',
  'Run logbook verify; it names what is wrong.',
);
