import { ok, type Result } from '../../../../shared/errors.ts';
import type { IntegrityProblem } from '../../../../shared/integrity.ts';
import { KEYS_PER_DAY, MS_PER_DAY } from '../columns/day-columns.ts';
import { openForReading } from '../read-only-medium.ts';
import { explain, type ReadConnection } from '../sqlite.ts';
import { parseHead, readHeadsLog } from './heads-log.ts';
import { NO_HASH, readSealText, sealHash } from './seal.ts';
import { isSigned, readPublicKey } from './seal-key.ts';
import { hasSeals } from './seal-store.ts';

type Row = { readonly seq: number; readonly content: string; readonly signature: Uint8Array };

/**
 * What shows at a glance, for whenever an archive is opened: the newest seal and its signature, the head that heads.log knows,
 * and the numbers of seals, of lines of the reviewers' log and of entries. It reads no raw bytes: that nothing is found is no
 * verification. Costs some milliseconds a thousand sealed days.
 */
export function quickCheck(dir: string, key: Uint8Array): Result<readonly IntegrityProblem[]> {
  const db = openForReading(dir, key);
  if (!db.ok) return db;
  try {
    db.value.prepare('BEGIN').run();
    return ok(hasSeals(db.value) ? problemsOf(db.value, dir) : []);
  } catch (error) {
    return explain(error, 'look at the seals');
  } finally {
    db.value.close();
  }
}

function problemsOf(db: ReadConnection, dir: string): readonly IntegrityProblem[] {
  const problems: IntegrityProblem[] = [];
  const say = (part: IntegrityProblem['part'], what: IntegrityProblem['what'], message: string): void => {
    problems.push({ part, what, day: null, entry: null, message });
  };
  const last = db.prepare('SELECT seq, content, signature FROM seal ORDER BY seq DESC LIMIT 1').get() as
    | Row
    | undefined;
  const seals = db.prepare('SELECT count(*) FROM seal').pluck().get() as number;
  const end = last?.seq ?? 0;
  if (last !== undefined) {
    const content = readSealText(last.content);
    const publicKey = readPublicKey(db);
    if (content === null || publicKey === null || !isSigned(last.content, last.signature, publicKey))
      say('seal', 'unsigned', `The newest seal, ${end}, is not as it was signed.`);
    else if (content.sequence !== end || content.previous !== hashOf(db, end - 1))
      say('seal', 'altered', `The newest seal, ${end}, does not go on from the one before it.`);
    else {
      const { line, hash } = content.journal;
      const there = db.prepare('SELECT hash FROM journal WHERE seq = ?').pluck().get(line) as Uint8Array | undefined;
      if (line > 0 && there === undefined)
        say('journal', 'missing', `Line ${line} of the reviewers’ log, which was sealed, is missing.`);
      else if (there !== undefined && Buffer.from(there).toString('hex') !== hash)
        say('journal', 'altered', `The reviewers’ log up to line ${line} is not the one that was sealed.`);
    }
  }
  if (seals !== end) say('seal', 'missing', `The newest seal is ${end}, and there are ${seals}.`);
  const written = parseHead(readHeadsLog(dir).at(-1) ?? '');
  const sequence = written?.sequence ?? 0;
  if (sequence > end) {
    say(
      'head',
      'rolled_back',
      `heads.log knows seal ${sequence}, and this archive ends with seal ${end}: its end was cut off, or an earlier copy took its place.`,
    );
  } else if (written !== null && sequence > 0 && hashOf(db, sequence) !== written.hash) {
    say('head', 'altered', `Seal ${sequence} is not the one that heads.log knows.`);
  }
  for (const [day, missing] of missingByDay(db)) {
    const message = `${missing === 1 ? 'An entry' : `${missing} entries`} of ${day} that ${missing === 1 ? 'was' : 'were'} sealed ${missing === 1 ? 'is' : 'are'} missing.`;
    problems.push({ part: 'entry', what: 'missing', day, entry: null, message });
  }
  return problems;
}

function hashOf(db: ReadConnection, seq: number): string {
  if (seq === 0) return NO_HASH;
  const text = db.prepare('SELECT content FROM seal WHERE seq = ?').pluck().get(seq) as string | undefined;
  return text === undefined ? '' : sealHash(text);
}

/** How many contents fewer a sealed day has than its newest seal counts, where it has. */
function missingByDay(db: ReadConnection): ReadonlyMap<string, number> {
  const texts = db
    .prepare('SELECT content FROM seal WHERE seq IN (SELECT max(seq) FROM seal WHERE day IS NOT NULL GROUP BY day)')
    .pluck()
    .all() as string[];
  const there = new Map<number, number>();
  const count = (sql: string, sign: 1 | -1): void => {
    for (const { day, n } of db.prepare(sql).all() as { day: number; n: number }[])
      there.set(day, (there.get(day) ?? 0) + sign * n);
  };
  const byKey = (table: string): string =>
    `SELECT CAST(key / ${KEYS_PER_DAY} AS INTEGER) AS day, count(*) AS n FROM ${table} GROUP BY 1`;
  // What is there or was lawfully deleted, without what came after the seal.
  count('SELECT day, sum(entries) AS n FROM segment GROUP BY day', 1);
  for (const table of ['entry_version', 'tombstone', 'version_tombstone']) count(byKey(table), 1);
  count('SELECT scope AS day, count(*) AS n FROM unsealed GROUP BY scope', -1);
  const missing = new Map<string, number>();
  for (const text of texts) {
    const content = readSealText(text);
    if (content?.day == null) continue;
    const fewer = content.tree.count - (there.get(Date.parse(content.day) / MS_PER_DAY) ?? 0);
    if (fewer > 0) missing.set(content.day, fewer);
  }
  return missing;
}
