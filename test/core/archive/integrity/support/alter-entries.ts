import {
  dateOfDay,
  dayOfKey,
  decodeColumns,
  encodeColumns,
  ID_COLUMNS,
} from '../../../../../src/main/core/archive/columns/day-columns.ts';
import { decodeRefs, encodeRefs } from '../../../../../src/main/core/archive/columns/day-refs.ts';
import { decodeText, encodeText } from '../../../../../src/main/core/archive/columns/day-text.ts';
import {
  createSegmentReader,
  createSegmentStore,
  pickFrom,
} from '../../../../../src/main/core/archive/columns/segment.ts';
import { decodeBlock, encodeBlock, rawAt } from '../../../../../src/main/core/archive/raw/block.ts';
import { KEYS_PER_MS } from '../../../../../src/main/core/archive/time-key.ts';
import { type Alteration, type Altering, anyRow, otherByte } from './altering.ts';

type Block = { id: number; bytes: Buffer };

/** A sealed entry drawn by chance, with its block unpacked and its place in it. */
function anyEntry({ db, lot, archive }: Altering) {
  const entry = lot.pick(archive.entries);
  for (const row of db.prepare('SELECT id, bytes FROM block').all() as Block[]) {
    const { keys, starts, bytes } = decodeBlock(row.bytes);
    const slot = keys.indexOf(entry.key);
    if (slot < 0 || starts[slot] === starts[slot + 1]) continue;
    const raws = Array.from(keys, (_key, i) => Buffer.from(rawAt({ keys, starts, bytes }, i)));
    const put = () => db.prepare('UPDATE block SET bytes = ? WHERE id = ?').run(encodeBlock(keys, raws), row.id);
    return { entry, keys, raws, slot, put, days: [entry.day] };
  }
  throw new Error('a listed entry has no raw bytes');
}

const rawByte: Alteration = (altering) => {
  const { entry, raws, slot, put, days } = anyEntry(altering);
  const raw = raws[slot]!;
  const i = altering.lot.int(0, raw.length - 1);
  raw[i] = otherByte(altering.lot, raw[i]!);
  put();
  return { part: ['entry'], what: ['altered'], days, entry: entry.id };
};

const timestamp: Alteration = (altering) => {
  const { entry, raws, slot, put, days } = anyEntry(altering);
  const text = raws[slot]!.toString();
  const i = text.indexOf('"timestamp":"') + 13 + altering.lot.pick([5, 6, 8, 9, 11, 12, 14, 15]);
  raws[slot] = Buffer.from(text.slice(0, i) + ((Number(text[i]) + 1) % 3) + text.slice(i + 1));
  if (raws[slot].toString() === text) return null;
  put();
  return { part: ['entry'], what: ['altered'], days, entry: entry.id };
};

const key: Alteration = (altering) => {
  const { entry, keys, slot, put, days } = anyEntry(altering);
  const moved = keys[slot]! + altering.lot.pick([7, 3 * KEYS_PER_MS, 40_000 * KEYS_PER_MS]);
  if (dayOfKey(moved) !== dayOfKey(keys[slot]!) || keys.includes(moved)) return null;
  keys[slot] = moved;
  put();
  return { part: ['entry'], what: ['reordered'], days, entry: entry.id };
};

const rawsSwapped: Alteration = (altering) => {
  const { entry, keys, raws, slot, put, days } = anyEntry(altering);
  const others = [...keys.keys()].filter(
    (i) => i !== slot && raws[i]!.length > 0 && dayOfKey(keys[i]!) === dayOfKey(keys[slot]!),
  );
  if (others.length === 0) return null;
  const other = altering.lot.pick(others);
  [raws[slot], raws[other]] = [raws[other]!, raws[slot]!];
  put();
  return { part: ['entry'], what: ['reordered'], days, entry: entry.id };
};

const rawRemoved: Alteration = (altering) => {
  const { entry, raws, slot, put, days } = anyEntry(altering);
  raws[slot] = Buffer.alloc(0);
  put();
  return { part: ['entry'], what: ['missing'], days, entry: entry.id };
};

// The entry goes from everywhere, as if it had never been.
const entryRemoved: Alteration = (altering) => {
  const { db } = altering;
  const { entry, raws, slot, put, days } = anyEntry(altering);
  raws[slot] = Buffer.alloc(0);
  put();
  const reader = createSegmentReader(db);
  const store = createSegmentStore(db);
  const day = dayOfKey(entry.key);
  for (const seq of db.prepare('SELECT seq FROM segment WHERE day = ?').pluck().all(day) as number[]) {
    const whole = reader.whole(day, [seq]);
    const left = [...whole.columns.keys.keys()].filter((i) => whole.columns.keys[i] !== entry.key);
    if (left.length === whole.columns.length) continue;
    if (left.length > 0) store(pickFrom(whole, Uint32Array.from(left)), 0);
    for (const table of ['segment', 'segment_refs', 'segment_text'])
      db.prepare(`DELETE FROM ${table} WHERE seq = ?`).run(seq);
  }
  return { part: ['entry'], what: ['missing'], days };
};

const blockRemoved: Alteration = ({ db, lot, archive }) => {
  const { id, bytes } = anyRow<Block>(db, lot, 'SELECT id, bytes FROM block');
  const block = decodeBlock(bytes);
  const sealed = new Set(archive.entries.map((entry) => entry.key));
  const own = [...block.keys].filter((one) => sealed.has(one));
  if (own.length === 0) return null;
  db.prepare('DELETE FROM block WHERE id = ?').run(id);
  return { part: ['entry'], what: ['missing'], days: own.map((one) => dateOfDay(dayOfKey(one))) };
};

const blocksSwapped: Alteration = ({ db, lot }) => {
  const [a, b] = lot.shuffled(db.prepare('SELECT id, bytes FROM block').all() as Block[]);
  const put = db.prepare('UPDATE block SET bytes = ? WHERE id = ?');
  put.run(b!.bytes, a!.id);
  put.run(a!.bytes, b!.id);
  const days = [a!, b!].flatMap((one) => [...decodeBlock(one.bytes).keys].map((of) => dateOfDay(dayOfKey(of))));
  return { part: ['columns'], days };
};

const packedByte: Alteration = ({ db, lot, archive }) => {
  const { id, bytes } = anyRow<Block>(db, lot, 'SELECT id, bytes FROM block');
  const before = decodeBlock(bytes);
  const sealed = new Set(archive.entries.map((entry) => entry.key));
  const days = [...before.keys].filter((one) => sealed.has(one)).map((one) => dateOfDay(dayOfKey(one)));
  if (days.length === 0) return null;
  const i = lot.int(0, bytes.length - 1);
  bytes[i] = otherByte(lot, bytes[i]!);
  try {
    const after = decodeBlock(bytes);
    // Some bits of a packed block say nothing.
    if (before.bytes.equals(after.bytes) && before.keys.join() === after.keys.join()) return null;
    for (const one of after.keys) if (Number.isSafeInteger(one)) days.push(dateOfDay(dayOfKey(one)));
  } catch {
    // It cannot be unpacked any more: that is to be found, too.
  }
  db.prepare('UPDATE block SET bytes = ? WHERE id = ?').run(bytes, id);
  return { part: ['entry', 'columns'], days };
};

const laterVersion: Alteration = ({ db, lot }) => {
  const row = anyRow<{ key: number; n: number; bytes: Buffer }>(db, lot, 'SELECT key, n, bytes FROM entry_version');
  const i = lot.int(0, row.bytes.length - 1);
  row.bytes[i] = otherByte(lot, row.bytes[i]!);
  if (lot.chance(0.3)) db.prepare('DELETE FROM entry_version WHERE key = ? AND n = ?').run(row.key, row.n);
  else db.prepare('UPDATE entry_version SET bytes = ? WHERE key = ? AND n = ?').run(row.bytes, row.key, row.n);
  return { part: ['entry'], what: ['altered', 'missing'], days: [dateOfDay(dayOfKey(row.key))] };
};

const unreadable: Alteration = ({ db, lot }) => {
  const row = anyRow<{ digest: Buffer; bytes: Buffer }>(db, lot, 'SELECT digest, bytes FROM unreadable');
  const i = lot.int(0, row.bytes.length - 1);
  row.bytes[i] = otherByte(lot, row.bytes[i]!);
  if (lot.chance(0.3)) db.prepare('DELETE FROM unreadable WHERE digest = ?').run(row.digest);
  else db.prepare('UPDATE unreadable SET bytes = ? WHERE digest = ?').run(row.bytes, row.digest);
  return { part: ['entry'], what: ['altered', 'missing'], days: null };
};

const column: Alteration = ({ db, lot }) => {
  const row = anyRow<{ seq: number; day: number; columns: Buffer }>(db, lot, 'SELECT seq, day, columns FROM segment');
  const columns = decodeColumns(row.day, row.columns);
  const i = lot.int(0, columns.length - 1);
  const name = lot.pick(ID_COLUMNS);
  columns.ids[name][i] = columns.ids[name][i]! === 1 ? 2 : 1;
  db.prepare('UPDATE segment SET columns = ? WHERE seq = ?').run(encodeColumns(columns), row.seq);
  return { part: ['columns'], what: ['altered'], days: [dateOfDay(row.day)] };
};

const listedId: Alteration = ({ db, lot }) => {
  const row = anyRow<{ seq: number; day: number; bytes: Buffer }>(
    db,
    lot,
    'SELECT seq, day, bytes FROM segment_refs JOIN segment USING (seq)',
  );
  const refs = decodeRefs(row.bytes);
  const i = lot.int(0, refs.block.length - 1);
  if (lot.chance(0.5)) refs.idBytes[refs.idStarts[i]!] = 'x'.charCodeAt(0);
  else refs.slot[i] = refs.slot[i]! + 1;
  db.prepare('UPDATE segment_refs SET bytes = ? WHERE seq = ?').run(encodeRefs(refs), row.seq);
  return { part: ['columns'], days: [dateOfDay(row.day)] };
};

const searchable: Alteration = ({ db, lot }) => {
  const row = anyRow<{ seq: number; day: number; bytes: Buffer }>(
    db,
    lot,
    'SELECT seq, day, bytes FROM segment_text JOIN segment USING (seq)',
  );
  const text = decodeText(row.bytes);
  const i = lot.int(0, text.leaves.length - 2);
  if (text.leaves[i]! > 0x7e) return null;
  text.leaves[i] = text.leaves[i] === 0x7a ? 0x61 : 0x7a;
  db.prepare('UPDATE segment_text SET bytes = ? WHERE seq = ?').run(encodeText(text), row.seq);
  return { part: ['columns'], days: [dateOfDay(row.day)] };
};

const segmentRemoved: Alteration = ({ db, lot }) => {
  const row = anyRow<{ seq: number; day: number }>(db, lot, 'SELECT seq, day FROM segment');
  db.prepare('DELETE FROM segment WHERE seq = ?').run(row.seq);
  return { part: ['columns'], what: ['missing'], days: [dateOfDay(row.day)] };
};

const dictionary: Alteration = ({ db, lot }) => {
  const names = ['actor', 'action', 'target', 'address', 'agent', 'team'] as const;
  const number = lot.int(0, names.length - 1);
  const name = names[number]!;
  const used = (db.prepare('SELECT day, columns FROM segment').all() as { day: number; columns: Buffer }[]).map(
    (row) => ({
      day: dateOfDay(row.day),
      ids: new Set(decodeColumns(row.day, row.columns).ids[name]),
    }),
  );
  const rows = db.prepare('SELECT id, tuple FROM term WHERE dictionary = ?').all(number + 1) as {
    id: number;
    tuple: string;
  }[];
  const { id, tuple } = lot.pick(rows.filter((row) => used.some((day) => day.ids.has(row.id))));
  const value = JSON.parse(tuple) as string | (string | null)[];
  const altered = typeof value === 'string' ? `${value}x` : value.map((part, i) => (i === 0 ? `${part}x` : part));
  db.prepare('UPDATE term SET tuple = ? WHERE dictionary = ? AND id = ?').run(JSON.stringify(altered), number + 1, id);
  return { part: ['columns'], what: ['altered'], days: used.filter((day) => day.ids.has(id)).map(({ day }) => day) };
};

const ALTERATIONS = {
  rawByte,
  timestamp,
  key,
  rawsSwapped,
  rawRemoved,
  entryRemoved,
  blockRemoved,
  blocksSwapped,
  packedByte,
  laterVersion,
  unreadable,
  column,
  listedId,
  searchable,
  segmentRemoved,
  dictionary,
} satisfies Record<string, Alteration>;

/** Alterations of what was received and of what is read from it. */
export const ENTRY_ALTERATIONS: Readonly<Record<string, Alteration>> = ALTERATIONS;
