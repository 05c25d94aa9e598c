import type { ReadConnection } from '../sqlite.ts';
import type { Problems } from './problems.ts';
import { NO_HASH, type SealContent } from './seal.ts';
import { isSigned, readPublicKey } from './seal-key.ts';
import { hasSeals, type StoredSeal, storedSeals } from './seal-store.ts';

/** What the other parts of a verification need of the chain. */
export type CheckedChain = {
  /** Hash of each seal by its sequence number. */
  readonly hashes: ReadonlyMap<number, string>;
  /** The day of each seal by its sequence number. */
  readonly days: ReadonlyMap<number, string | null>;
  /** Sealed days. */
  readonly sealedDays: ReadonlySet<string>;
  /** What the seals say of the journal: hash by line. */
  readonly journal: ReadonlyMap<number, string>;
  readonly last: SealContent | null;
};

/** Checks that every seal is as it was signed, and that each goes on from the one before. */
export function checkChain(db: ReadConnection, problems: Problems): CheckedChain {
  const hashes = new Map<number, string>();
  const days = new Map<number, string | null>();
  const journal = new Map<number, string>();
  const sealedDays = new Set<string>();
  let last: SealContent | null = null;
  const checked = { hashes, days, sealedDays, journal };
  if (!hasSeals(db)) return { ...checked, last };
  const key = readPublicKey(db);
  const archive = db.prepare(`SELECT value FROM setting WHERE name = 'archive_id'`).pluck().get();
  const unsigned: StoredSeal[] = [];
  let previous = { seq: 0, hash: NO_HASH, sound: true };
  for (const seal of storedSeals(db)) {
    const { seq, day, hash, content } = seal;
    let sound = true;
    const say = (what: 'altered' | 'missing', why: string): void => {
      sound = false;
      // Which day a missing seal was of, nothing tells any more.
      const of = what === 'missing' ? null : day;
      problems.add({ what, part: 'seal', day: of, entry: null, message: `Seal ${seq}${ofDay(day)} ${why}.` });
    };
    const signed = key !== null && content?.key === key.fingerprint && isSigned(seal.text, seal.signature, key);
    if (content === null) say('altered', 'is not readable as a seal any more');
    else if (!signed) unsigned.push(seal);
    else if (content.sequence !== seq || content.day !== day) {
      say('altered', `says it is seal ${content.sequence}${ofDay(content.day)}`);
    } else if (content.archive !== archive) say('altered', 'belongs to another archive');
    else if (seq !== previous.seq + 1) {
      const gone = seq - previous.seq - 1;
      say(
        'missing',
        `follows seal ${previous.seq}: ${gone === 1 ? 'the one' : `${gone} seals`} between them ${gone === 1 ? 'is' : 'are'} missing`,
      );
    } else if (content.previous !== previous.hash && previous.sound) {
      say('altered', 'does not go on from the seal before it');
    }
    hashes.set(seq, hash);
    // What is not as it was signed may name any day; the list then still knows which it was of.
    const sealed = signed && content !== null ? content.day : day;
    days.set(seq, sealed);
    if (sealed !== null) sealedDays.add(sealed);
    if (content !== null) {
      journal.set(content.journal.line, content.journal.hash);
      last = content;
    }
    previous = { seq, hash, sound: sound && signed };
  }
  reportUnsigned(unsigned, hashes.size, problems);
  return { ...checked, last };
}

// Where no signature fits, it is the key that was exchanged and not each of the seals.
function reportUnsigned(unsigned: readonly StoredSeal[], seals: number, problems: Problems): void {
  if (seals > 1 && unsigned.length === seals) {
    problems.add({
      what: 'unsigned',
      part: 'seal',
      day: null,
      entry: null,
      message: `None of the ${seals} seals is signed with the key of this archive: the key was exchanged, or all were signed anew.`,
    });
    return;
  }
  for (const { seq, day } of unsigned) {
    const message = `Seal ${seq}${ofDay(day)} is not as it was signed with the key of this archive.`;
    problems.add({ what: 'unsigned', part: 'seal', day, entry: null, message });
  }
}

function ofDay(day: string | null): string {
  return day === null ? '' : ` of ${day}`;
}
