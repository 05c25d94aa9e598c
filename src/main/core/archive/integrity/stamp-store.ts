import { createHash } from 'node:crypto';
import { fail, ok, type Result } from '../../../../shared/errors.ts';
import type { StampedHead } from '../../../../shared/integrity.ts';
import { checkStamp } from '../../stamp/stamp.ts';
import { explain, type ReadConnection, type WriteConnection } from '../sqlite.ts';
import { sealHash } from './seal.ts';
import { readSigner } from './seal-key.ts';
import { STAMP_SETTING, trustedIn } from './stamp-setting.ts';

/** A time stamp as it is kept. */
export type StoredStamp = {
  /** The number of the seal it is of. */
  readonly seal: number;
  /** The authority’s answer, DER of a TimeStampResp. */
  readonly response: Uint8Array;
  /** The archive’s own, over `stampText`. */
  readonly signature: Uint8Array;
};

/** The part of a reader that tells of time stamps. */
export type StampReader = {
  /** All of them, oldest seal first. */
  stamps(): readonly StoredStamp[];
  isStamped(seal: number): boolean;
  /** The newest head with a stamp that is sound; null where there is none. */
  stampedHead(): StampedHead | null;
};

/** The part of the writer that keeps time stamps. It takes what it is given: whoever asked for it has checked it. */
export type StampWriter = { keepStamp(stamp: Pick<StoredStamp, 'seal' | 'response'>): Result<void> };

// An archive of an older form, opened read-only, has no place for them yet.
function hasStamps(db: ReadConnection): boolean {
  return db.prepare(`SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'stamp'`).pluck().get() === 1;
}

export function createStampReader(db: ReadConnection, setting: (name: string) => string | null): StampReader {
  return {
    stamps: () =>
      hasStamps(db)
        ? (db.prepare('SELECT seal, response, signature FROM stamp ORDER BY seal, id').all() as StoredStamp[])
        : [],
    isStamped: (seal) =>
      hasStamps(db) && (db.prepare('SELECT count(*) FROM stamp WHERE seal = ?').pluck().get(seal) as number) > 0,
    stampedHead() {
      if (!hasStamps(db)) return null;
      const trusted = trustedIn(setting(STAMP_SETTING));
      const rows = db
        .prepare('SELECT seq, content, response FROM stamp JOIN seal ON seq = seal ORDER BY seq DESC, id DESC LIMIT 20')
        .all() as { seq: number; content: string; response: Uint8Array }[];
      for (const { seq, content, response } of rows) {
        const hash = sealHash(content);
        const stamp = checkStamp(response, { head: hash, trusted });
        if (typeof stamp !== 'string') return { ...stamp, sequence: seq, hash };
      }
      return null;
    },
  };
}

/** What the archive signs of a stamp: the answer as it came, and which seal it is of. */
export function stampText({ seal, response }: Pick<StoredStamp, 'seal' | 'response'>): string {
  const sha256 = createHash('sha256').update(response).digest('hex');
  return JSON.stringify({ format: 'logbook-stamp/1', seal, sha256 });
}

export function stampWriter(db: WriteConnection): StampWriter['keepStamp'] {
  const insert = db.prepare('INSERT INTO stamp (seal, response, signature) VALUES (?, ?, ?)');
  return (stamp) => {
    try {
      const signer = readSigner(db);
      if (signer === null) return NO_KEY;
      insert.run(stamp.seal, stamp.response, signer.sign(stampText(stamp)));
      return ok(undefined);
    } catch (error) {
      return explain(error, 'keep the time stamp');
    }
  };
}

const NO_KEY = fail('integrity', 'This archive has no key to sign with any more.', 'Run logbook verify.');
