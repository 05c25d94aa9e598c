import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dateOfDay, dayOfKey } from '../../../../../src/main/core/archive/columns/day-columns.ts';
import { lineHash } from '../../../../../src/main/core/archive/integrity/journal-chain.ts';
import { readSealText, sealHash, sealText } from '../../../../../src/main/core/archive/integrity/seal.ts';
import { fingerprintOf } from '../../../../../src/main/core/archive/integrity/seal-key.ts';
import type { JournalLine } from '../../../../../src/main/core/archive/journal.ts';
import type { WriteConnection } from '../../../../../src/main/core/archive/sqlite.ts';
import { type Alteration, anyRow, otherByte } from './altering.ts';

type Seal = { seq: number; day: string | null; content: string; signature: Buffer; change: Buffer };
const seals = (db: WriteConnection) => db.prepare('SELECT * FROM seal ORDER BY seq').all() as Seal[];
const days = ({ day }: Pick<Seal, 'day'>) => (day === null ? null : [day]);

const sealEdited: Alteration = ({ db, lot }) => {
  const seal = lot.pick(seals(db));
  const content = readSealText(seal.content)!;
  const edited = lot.pick([
    { ...content, tree: { ...content.tree, count: content.tree.count + 1 } },
    { ...content, tree: { ...content.tree, root: content.journal.hash } },
    { ...content, coverage: { state: 'lost' as const, served: 3 } },
    { ...content, at: content.at + 1 },
    { ...content, day: content.day === '2026-03-03' ? '2026-03-04' : '2026-03-03' },
    { ...content, deletion: content.deletion + 1 },
    { ...content, journal: { ...content.journal, line: content.journal.line + 1 } },
  ]);
  db.prepare('UPDATE seal SET content = ? WHERE seq = ?').run(sealText(edited), seal.seq);
  return { part: ['seal'], what: ['unsigned'], days: days(seal) };
};

const sealText1: Alteration = ({ db, lot }) => {
  const seal = lot.pick(seals(db));
  const i = lot.int(0, seal.content.length - 1);
  const text = `${seal.content.slice(0, i)}${seal.content[i] === '7' ? '8' : '7'}${seal.content.slice(i + 1)}`;
  db.prepare('UPDATE seal SET content = ? WHERE seq = ?').run(text, seal.seq);
  return { part: ['seal'], days: days(seal) };
};

const signature: Alteration = ({ db, lot }) => {
  const seal = lot.pick(seals(db));
  const i = lot.int(0, seal.signature.length - 1);
  seal.signature[i] = otherByte(lot, seal.signature[i]!);
  db.prepare('UPDATE seal SET signature = ? WHERE seq = ?').run(seal.signature, seal.seq);
  return { part: ['seal'], what: ['unsigned'], days: days(seal) };
};

const sealDay: Alteration = ({ db, lot }) => {
  const seal = lot.pick(seals(db));
  const day = seal.day === '2026-03-03' ? '2026-03-04' : '2026-03-03';
  db.prepare('UPDATE seal SET day = ? WHERE seq = ?').run(day, seal.seq);
  return { part: ['seal'], days: [day, ...(seal.day === null ? [] : [seal.day])] };
};

const sealChange: Alteration = ({ db, lot }) => {
  const [a, b] = lot.shuffled(seals(db).filter((seal) => seal.day !== null));
  db.prepare('UPDATE seal SET change = ? WHERE seq = ?').run(b!.change, a!.seq);
  return { part: ['seal'], days: [a!.day!] };
};

const sealRemoved: Alteration = ({ db, lot }) => {
  const all = seals(db);
  const seal = lot.pick(all.slice(0, -1));
  db.prepare('DELETE FROM seal WHERE seq = ?').run(seal.seq);
  return { part: ['seal'], what: ['missing'], days: null };
};

const sealsSwapped: Alteration = ({ db, lot }) => {
  const [a, b] = lot.shuffled(seals(db));
  const put = db.prepare('UPDATE seal SET day = ?, content = ?, signature = ?, change = ? WHERE seq = ?');
  put.run(b!.day, b!.content, b!.signature, b!.change, a!.seq);
  put.run(a!.day, a!.content, a!.signature, a!.change, b!.seq);
  const days = [a!, b!].flatMap((one) => (one.day === null ? [] : [one.day]));
  // Two seals of no day: what could not be read, and the reviewers' log alone.
  return { part: ['seal'], days: days.length === 0 ? null : days };
};

const tailCut: Alteration = ({ db, lot, archive }) => {
  const all = seals(db);
  const from = lot.int(Math.max(2, all.length - 4), all.length);
  db.prepare('DELETE FROM seal WHERE seq >= ?').run(from);
  return { part: ['head'], what: ['rolled_back'], days: null, against: lot.chance(0.5) ? [archive.head] : [] };
};

// The last days go altogether, and with them what tells of them beside the file: only a head that is elsewhere shows it.
const lastDaysDropped: Alteration = ({ db, dir, lot, archive }) => {
  const all = seals(db).filter((seal) => seal.day !== null);
  const first = lot.pick([...new Set(all.map((seal) => seal.day!))].slice(-3));
  const cut = Math.min(...all.filter((seal) => seal.day! >= first).map((seal) => seal.seq));
  const day = Date.parse(first) / 86_400_000;
  db.prepare('DELETE FROM seal WHERE seq >= ?').run(cut);
  db.prepare('DELETE FROM segment WHERE day >= ?').run(day);
  db.prepare('DELETE FROM day WHERE day >= ?').run(first);
  db.prepare('DELETE FROM block WHERE received_at >= ?').run(Date.parse(first) + 86_400_000);
  const log = join(dir, 'heads.log');
  const lines = readFileSync(log, 'utf8').split('\n');
  writeFileSync(
    log,
    lines
      .filter((line) => line !== '' && Number(line.split(' ')[0]) < cut)
      .join('\n')
      .concat('\n'),
  );
  return { part: ['head'], what: ['rolled_back'], days: null, against: [archive.head] };
};

const earlierFile: Alteration = ({ dir, archive, lot }) => {
  const all = lot.chance(0.5);
  return {
    part: ['head'],
    what: ['rolled_back'],
    days: null,
    against: all ? [archive.head] : [],
    ...replaced(dir, archive.earlier, all),
  };
};

function replaced(dir: string, earlier: string, all: boolean) {
  for (const suffix of ['-wal', '-shm']) rmSync(join(dir, `entries.db${suffix}`), { force: true });
  REPLACE.push(() => {
    for (const suffix of ['', '-wal', '-shm']) rmSync(join(dir, `entries.db${suffix}`), { force: true });
    cpSync(join(earlier, 'entries.db'), join(dir, 'entries.db'));
    if (all) cpSync(join(earlier, 'heads.log'), join(dir, 'heads.log'));
  });
  return {};
}

/** What is to be done once the database is closed. */
export const REPLACE: (() => void)[] = [];

const resigned: Alteration = ({ db, dir, lot, archive }) => {
  const secret = Buffer.from(lot.hex(64), 'hex');
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), secret]);
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const bytes = createPublicKey(key).export({ type: 'spki', format: 'der' }).subarray(12);
  db.prepare('UPDATE seal_key SET public = ?, private = ?').run(bytes, secret);
  const onlySignatures = lot.chance(0.3);
  const withLog = lot.chance(0.5);
  let previous = '0'.repeat(64);
  const lines: string[] = [];
  for (const { seq, content } of seals(db)) {
    const seal = readSealText(content)!;
    const text = onlySignatures ? content : sealText({ ...seal, key: fingerprintOf(bytes), previous });
    previous = sealHash(text);
    db.prepare('UPDATE seal SET content = ?, signature = ? WHERE seq = ?').run(
      text,
      sign(null, Buffer.from(text), key),
      seq,
    );
    lines.push(`${seq} ${seal.day ?? '-'} ${previous} ${fingerprintOf(bytes)} ${new Date(seal.at).toISOString()}`);
  }
  if (onlySignatures) return { part: ['seal'], what: ['unsigned'], days: null };
  if (!withLog) return { part: ['head'], what: ['altered'], days: seals(db).flatMap((seal) => seal.day ?? []) };
  writeFileSync(join(dir, 'heads.log'), `${lines.join('\n')}\n`);
  return { part: ['head'], what: ['rolled_back'], days: null, against: [archive.head] };
};

const journalEdited: Alteration = ({ db, lot }) => {
  const { seq } = anyRow<{ seq: number }>(db, lot, 'SELECT seq FROM journal');
  const field = lot.pick(['kind', 'subject', 'by', 'body', 'at']);
  db.prepare(`UPDATE journal SET ${field} = ${field === 'at' ? 'at + 1' : `${field} || 'x'`} WHERE seq = ?`).run(seq);
  return { part: ['journal'], what: ['altered'], days: null };
};

const journalHash: Alteration = ({ db, lot }) => {
  const row = anyRow<{ seq: number; hash: Buffer }>(db, lot, 'SELECT seq, hash FROM journal');
  row.hash[lot.int(0, 31)]! ^= 1;
  db.prepare('UPDATE journal SET hash = ? WHERE seq = ?').run(row.hash, row.seq);
  return { part: ['journal'], what: ['altered'], days: null };
};

const journalRemoved: Alteration = ({ db, lot }) => {
  const { seq } = anyRow<{ seq: number }>(db, lot, 'SELECT seq FROM journal');
  db.prepare('DELETE FROM journal WHERE seq = ?').run(seq);
  return { part: ['journal'], what: ['missing'], days: null };
};

const journalSwapped: Alteration = ({ db, lot }) => {
  const [a, b] = lot.shuffled(db.prepare('SELECT * FROM journal').all() as (JournalLine & { hash: Buffer })[]);
  const put = db.prepare(
    'UPDATE journal SET kind = @kind, subject = @subject, at = @at, by = @by, body = @body, hash = @hash WHERE seq = @to',
  );
  put.run({ ...b!, to: a!.seq });
  put.run({ ...a!, to: b!.seq });
  return { part: ['journal'], what: ['altered'], days: null };
};

// The line is edited and every hash made anew: only the seals tell.
const journalRechained: Alteration = ({ db, lot }) => {
  const lines = db.prepare('SELECT seq, kind, subject, at, by, body FROM journal ORDER BY seq').all() as JournalLine[];
  const edited = lot.int(0, lines.length - 1);
  let hash: Uint8Array = new Uint8Array(32);
  for (const [i, line] of lines.entries()) {
    const now = i === edited ? { ...line, by: `${line.by}x` } : line;
    hash = lineHash(hash, now);
    db.prepare('UPDATE journal SET by = ?, hash = ? WHERE seq = ?').run(now.by, hash, line.seq);
  }
  return { part: ['journal'], what: ['altered'], days: null };
};

const journalCut: Alteration = ({ db, lot }) => {
  const last = db.prepare('SELECT max(seq) FROM journal').pluck().get() as number;
  db.prepare('DELETE FROM journal WHERE seq >= ?').run(last - lot.int(0, 6));
  return { part: ['journal'], what: ['missing'], days: null };
};

const coverage: Alteration = ({ db, lot }) => {
  const row = anyRow<{ day: string; state: string; served: number | null }>(
    db,
    lot,
    'SELECT day, state, served FROM day',
  );
  const how = lot.int(0, 2);
  if (how === 0) db.prepare('DELETE FROM day WHERE day = ?').run(row.day);
  else if (how === 1)
    db.prepare('UPDATE day SET state = ? WHERE day = ?').run(row.state === 'lost' ? 'complete' : 'lost', row.day);
  else db.prepare('UPDATE day SET served = ? WHERE day = ?').run((row.served ?? 0) + 1, row.day);
  return { part: ['coverage'], what: ['altered', 'missing'], days: [row.day] };
};

const tombstone: Alteration = ({ db, lot }) => {
  const row = anyRow<{ key: number; leaf: Buffer }>(db, lot, 'SELECT key, leaf FROM tombstone');
  const i = lot.int(0, 31);
  row.leaf[i] = otherByte(lot, row.leaf[i]!);
  if (lot.chance(0.3)) db.prepare('DELETE FROM tombstone WHERE key = ?').run(row.key);
  else db.prepare('UPDATE tombstone SET leaf = ? WHERE key = ?').run(row.leaf, row.key);
  return { part: ['deletion'], days: [dateOfDay(dayOfKey(row.key))] };
};

type Stamp = { id: number; seal: number; response: Buffer; signature: Buffer };

// A byte of the authority's answer, another answer in its place, or one put beside another seal.
const stamp: Alteration = ({ db, lot }) => {
  const stamps = db.prepare('SELECT * FROM stamp').all() as Stamp[];
  const [one, other] = lot.shuffled(stamps);
  if (one === undefined || other === undefined) return null;
  const how = lot.int(0, 2);
  const to = how === 0 ? other.seal : one.seal;
  const put = db.prepare('UPDATE stamp SET seal = ?, response = ?, signature = ? WHERE id = ?');
  if (how === 0) put.run(to, one.response, one.signature, one.id);
  else if (how === 1) put.run(to, other.response, lot.chance(0.5) ? other.signature : one.signature, one.id);
  else {
    const i = lot.int(0, one.response.length - 1);
    one.response[i] = otherByte(lot, one.response[i]!);
    put.run(to, one.response, one.signature, one.id);
  }
  const seal = seals(db).find(({ seq }) => seq === to)!;
  return { part: ['stamp'], what: ['altered'], days: days(seal) };
};

const ALTERATIONS = {
  sealEdited,
  sealText: sealText1,
  signature,
  sealDay,
  sealChange,
  sealRemoved,
  sealsSwapped,
  tailCut,
  lastDaysDropped,
  earlierFile,
  resigned,
  journalEdited,
  journalHash,
  journalRemoved,
  journalSwapped,
  journalRechained,
  journalCut,
  coverage,
  tombstone,
  stamp,
} satisfies Record<string, Alteration>;

/** Alterations of the seals, the reviewers' log, the coverage, and of the archive as a whole. */
export const CHAIN_ALTERATIONS: Readonly<Record<string, Alteration>> = ALTERATIONS;
