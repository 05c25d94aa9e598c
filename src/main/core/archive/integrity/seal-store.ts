import type { Head } from '../../../../shared/integrity.ts';
import type { ReadConnection } from '../sqlite.ts';
import { decodeChange, type LeafMarks } from './leaf-list.ts';
import { readSealText, type SealContent, sealHash } from './seal.ts';
import { readPublicKey } from './seal-key.ts';

/** A seal as it stands in the archive. `content` is null where its text is none of a seal. */
export type StoredSeal = {
  readonly seq: number;
  /** As the archive lists it; what was signed is in `content`. */
  readonly day: string | null;
  readonly text: string;
  readonly hash: string;
  readonly content: SealContent | null;
  readonly signature: Uint8Array;
};

type Row = { seq: number; day: string | null; content: string; signature: Uint8Array };

/** Whether an archive has seals at all: one of an older form, opened read-only, has no place for them yet. */
export function hasSeals(db: ReadConnection): boolean {
  return db.prepare(`SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'seal'`).pluck().get() === 1;
}

/** Every seal, first to last, one at a time. */
export function* storedSeals(db: ReadConnection): IterableIterator<StoredSeal> {
  for (const row of db
    .prepare('SELECT seq, day, content, signature FROM seal ORDER BY seq')
    .iterate() as Iterable<Row>) {
    yield storedSeal(row);
  }
}

/** Reads single seals, and what each added and removed. */
export function createSealStore(db: ReadConnection) {
  const last = db.prepare('SELECT seq, day, content, signature FROM seal ORDER BY seq DESC LIMIT 1');
  const ofDay = db.prepare('SELECT seq, day, content, signature FROM seal WHERE day IS ? ORDER BY seq');
  const change = db.prepare('SELECT change FROM seal WHERE seq = ?').pluck();
  return {
    last(): StoredSeal | null {
      const row = last.get() as Row | undefined;
      return row === undefined ? null : storedSeal(row);
    },
    /** Seals of a day; with null, those of no day. */
    ofDay: (day: string | null): readonly StoredSeal[] => (ofDay.all(day) as Row[]).map(storedSeal),
    change: (seq: number): { readonly added: LeafMarks; readonly removed: LeafMarks } =>
      decodeChange(change.get(seq) as Uint8Array),
    /** The list beside a seal as it is kept. */
    list: (seq: number): Uint8Array => change.get(seq) as Uint8Array,
  };
}
export type SealStore = ReturnType<typeof createSealStore>;

/** The part of a reader that tells how far the archive is sealed. */
export type SealReader = {
  /** The newest seal; null while nothing is sealed. */
  head(): Head | null;
  /** Whether a hash (hexadecimal) is that of a seal of the chain, the newest or an earlier one. */
  hasSeal(hash: string): boolean;
  /** The sealed days from one UTC day to another, both included, in order. */
  sealedDays(from: string, to: string): readonly string[];
};

export function createSealReader(db: ReadConnection): SealReader {
  return {
    head() {
      if (!hasSeals(db)) return null;
      const row = db.prepare('SELECT seq, day, content, signature FROM seal ORDER BY seq DESC LIMIT 1').get();
      const key = readPublicKey(db);
      if (row === undefined || key === null) return null;
      const { seq, hash, content } = storedSeal(row as Row);
      const days = db.prepare('SELECT count(DISTINCT day) AS count, max(day) AS newest FROM seal').get() as {
        count: number;
        newest: string | null;
      };
      return {
        sequence: seq,
        hash,
        day: days.newest,
        sealedDays: days.count,
        at: content?.at ?? 0,
        fingerprint: key.fingerprint,
        publicKey: Buffer.from(key.bytes).toString('hex'),
      };
    },
    hasSeal(hash) {
      if (!hasSeals(db)) return false;
      const contents = db.prepare('SELECT content FROM seal ORDER BY seq DESC').pluck();
      for (const content of contents.iterate()) if (sealHash(content as string) === hash) return true;
      return false;
    },
    sealedDays(from, to) {
      if (!hasSeals(db)) return [];
      const days = db.prepare('SELECT DISTINCT day FROM seal WHERE day BETWEEN ? AND ? ORDER BY day').pluck();
      return days.all(from, to) as string[];
    },
  };
}

function storedSeal({ seq, day, content: text, signature }: Row): StoredSeal {
  return { seq, day, text, hash: sealHash(text), content: readSealText(text), signature };
}
