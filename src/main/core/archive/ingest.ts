import { createHash } from 'node:crypto';
import type { Entry } from '../../../shared/entry.ts';
import { ok, type Result } from '../../../shared/errors.ts';
import type { DictionaryName, Tuples } from '../search/compile.ts';
import { metadataText } from '../search/metadata-text.ts';
import { sameContent } from './canonical-json.ts';
import { DICTIONARIES, DICTIONARY_NAMES, encodeTuple } from './dictionary.ts';
import { explain, type WriteConnection } from './sqlite.ts';
import { toSearchable, toStored } from './stored-text.ts';
import { KEYS_PER_MS, msOfKey } from './time-key.ts';
import type { Batch, IngestCount, LedgerChange, RawItem, Source } from './writer.ts';

type Fate = keyof IngestCount;
type StoredSource = { readonly id: number; readonly kind: Source['kind'] };
type Known = { readonly key: number; readonly shift: number; readonly action: number; readonly kind: string };

/** Returns the function that stores batches, each in one transaction. */
export function createIngest(db: WriteConnection): (batch: Batch) => Result<IngestCount> {
  const intern = createInterner(db);
  const place = createPlacer(db);
  const applyLedger = createLedger(db);
  const knownById = db.prepare(
    'SELECT e.key, e.shift, e.action, s.kind FROM entry e JOIN source s ON s.id = e.source WHERE e.id = ?',
  );
  const rawOf = db.prepare('SELECT bytes FROM entry_raw WHERE key = ?').pluck();
  const versionsOf = db.prepare('SELECT bytes FROM entry_version WHERE key = ? ORDER BY n').pluck();
  const insertEntry = db.prepare('INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const insertRaw = db.prepare('INSERT INTO entry_raw VALUES (?, ?)');
  const insertText = db.prepare('INSERT INTO entry_text VALUES (?, ?)');
  const insertVersion = db.prepare('INSERT INTO entry_version VALUES (?, ?, ?, ?, ?)');
  const insertUnreadable = db.prepare('INSERT INTO unreadable VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING');
  const addSource = db.prepare('INSERT INTO source (kind, detail) VALUES (?, ?) ON CONFLICT DO NOTHING');
  const sourceId = db.prepare('SELECT id FROM source WHERE kind = ? AND detail = ?').pluck();
  const raiseVersion = db.prepare(
    `INSERT INTO setting VALUES ('version', '1') ON CONFLICT DO UPDATE SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT)`,
  );

  // A table's row tells less than the API and in other words: it differs only where it tells of something else.
  const rowAgrees = (entry: Entry, known: Known): boolean =>
    Math.floor((msOfKey(known.key) - known.shift) / 1000) === Math.floor(entry.ts / 1000) &&
    known.action === intern('action', entry.action === '' ? null : entry.action);

  const storeEntry = (entry: Entry, raw: Uint8Array, { id: source, kind }: StoredSource, receivedAt: number): Fate => {
    const id = toStored(entry.id);
    const known = knownById.get(id) as Known | undefined;
    if (known !== undefined) {
      const stored = [rawOf.get(known.key) as Uint8Array, ...(versionsOf.all(known.key) as Uint8Array[])];
      if (stored.some((bytes) => sameContent(bytes, raw))) return 'duplicates';
      if (kind === 'table' && rowAgrees(entry, known)) return 'duplicates';
      insertVersion.run(known.key, stored.length, raw, source, receivedAt);
      return known.kind === 'table' && rowAgrees(entry, known) ? 'duplicates' : 'changed';
    }
    const { key, shift } = place(entry.ts);
    insertEntry.run(
      key,
      shift,
      id,
      intern('actor', entry.actor),
      intern('action', entry.action === '' ? null : entry.action),
      intern('target', entry.target),
      intern('address', entry.address),
      intern('agent', entry.agent),
      intern('team', entry.team),
      source,
      receivedAt,
    );
    insertRaw.run(key, raw);
    const text = toSearchable(metadataText(entry.metadata));
    if (text !== '') insertText.run(key, text);
    return 'inserted';
  };

  const store = db.transaction((batch: Batch): IngestCount => {
    const count = { inserted: 0, duplicates: 0, changed: 0, unreadable: 0 };
    addSource.run(batch.source.kind, batch.source.detail);
    const source = sourceId.get(batch.source.kind, batch.source.detail) as number;
    const from = { id: source, kind: batch.source.kind };
    for (const item of oldestFirst(batch)) {
      if (item.entry) {
        count[storeEntry(item.entry, item.raw, from, batch.receivedAt)]++;
      } else {
        const digest = createHash('sha256').update(item.raw).digest();
        const added = insertUnreadable.run(digest, item.raw, item.reason, source, batch.receivedAt).changes;
        count[added > 0 ? 'unreadable' : 'duplicates']++;
      }
    }
    for (const change of batch.ledger ?? []) applyLedger(change);
    if (count.inserted + count.changed + count.unreadable + (batch.ledger?.length ?? 0) > 0) raiseVersion.run();
    return count;
  });

  return (batch) => {
    try {
      return ok(store.immediate(batch));
    } catch (error) {
      // What the transaction had learned is undone with it.
      intern.forget();
      return explain(error, 'store what arrived');
    }
  };
}

// Servers list newest first. Stored from the end, entries of one instant get keys in the order in which they happened: a
// sign-in that follows its failures in the same second stays behind them.
function oldestFirst({ items, source }: Batch): readonly RawItem[] {
  const first = items.find((item) => item.entry !== null)?.entry?.ts;
  const last = items.findLast((item) => item.entry !== null)?.entry?.ts;
  if (first === undefined || last === undefined) return items;
  return first > last || (first === last && source.kind === 'api') ? items.toReversed() : items;
}

type Interner = { (name: DictionaryName, tuple: Tuples[DictionaryName]): number; forget(): void };

function createInterner(db: WriteConnection): Interner {
  const insert = db.prepare('INSERT INTO term VALUES (?, ?, ?)');
  const select = db.prepare('SELECT id, tuple FROM term WHERE dictionary = ?');
  let known: Map<DictionaryName, Map<string, number>> | null = null;
  const load = (): Map<DictionaryName, Map<string, number>> =>
    new Map(
      DICTIONARY_NAMES.map((name) => {
        const rows = select.all(DICTIONARIES[name]) as { id: number; tuple: string }[];
        return [name, new Map(rows.map((row) => [row.tuple, row.id]))];
      }),
    );
  const intern = (name: DictionaryName, tuple: Tuples[DictionaryName]): number => {
    if (tuple === null) return 0;
    known ??= load();
    const ids = known.get(name) ?? new Map<string, number>();
    const text = encodeTuple(name, tuple);
    const found = ids.get(text);
    if (found !== undefined) return found;
    const id = ids.size + 1;
    insert.run(DICTIONARIES[name], id, text);
    ids.set(text, id);
    return id;
  };
  return Object.assign(intern, {
    forget() {
      known = null;
    },
  });
}

// The next free key of a millisecond. Where 2,048 entries share one (bursts with whole-second timestamps do), the rest
// move into the following milliseconds and remember by how much.
function createPlacer(db: WriteConnection): (ts: number) => { key: number; shift: number } {
  const last = db.prepare('SELECT max(key) FROM entry WHERE key >= ? AND key < ?').pluck();
  const furthest = db.prepare(`SELECT CAST(value AS INTEGER) FROM setting WHERE name = 'max_shift'`).pluck();
  const setFurthest = db.prepare(
    `INSERT INTO setting VALUES ('max_shift', ?) ON CONFLICT DO UPDATE SET value = excluded.value`,
  );
  return (ts) => {
    for (let shift = 0; ; shift++) {
      const first = (ts + shift) * KEYS_PER_MS;
      const used = last.get(first, first + KEYS_PER_MS) as number | null;
      if (used !== null && used === first + KEYS_PER_MS - 1) continue;
      if (shift > Number(furthest.get() ?? 0)) setFurthest.run(String(shift));
      return { key: used === null ? first : used + 1, shift };
    }
  };
}

function createLedger(db: WriteConnection): (change: LedgerChange) => void {
  const putDay = db.prepare(
    `INSERT INTO day VALUES (@day, @state, @served, @checkedAt, @note) ON CONFLICT DO UPDATE
     SET state = excluded.state, served = excluded.served, checked_at = excluded.checked_at, note = excluded.note`,
  );
  const putWalk = db.prepare('INSERT INTO walk VALUES (?, ?) ON CONFLICT DO UPDATE SET state = excluded.state');
  const endWalk = db.prepare('DELETE FROM walk WHERE day = ?');
  return (change) => {
    if (change.kind === 'day') {
      const { kind: _kind, ...day } = change;
      putDay.run(day);
    } else if (change.state === null) {
      endWalk.run(change.day);
    } else {
      putWalk.run(change.day, change.state);
    }
  };
}
