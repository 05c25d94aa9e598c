import { createHash } from 'node:crypto';
import type { Entry } from '../../../../shared/entry.ts';
import { ok, type Result } from '../../../../shared/errors.ts';
import { createVersionRaise } from '../archive-version.ts';
import type { ArchiveView } from '../archive-view.ts';
import { sameContent } from '../canonical-json.ts';
import { storedIdAt } from '../columns/day-refs.ts';
import { createSegmentWriter } from '../columns/segment-writer.ts';
import { createTombstones } from '../deletion/tombstones.ts';
import type { FreshLeaves } from '../integrity/fresh-leaves.ts';
import type { UnsealedNotes } from '../integrity/unsealed.ts';
import { createLedger } from '../ledger.ts';
import { instantAt } from '../questions/matching.ts';
import { encodeBlock } from '../raw/block.ts';
import { explain, type WriteConnection } from '../sqlite.ts';
import { toStored } from '../stored-text.ts';
import type { Batch, IngestCount, RawItem, Source } from '../writer.ts';
import { hashText } from './id-hash.ts';
import { createInterner } from './interner.ts';
import { KnownIds } from './known-ids.ts';
import { blocksOf, idsOf, type Lies, leavesOf, type NewEntry, segmentsOf } from './new-entries.ts';
import { Placing } from './placing.ts';

type Fate = keyof IngestCount;
type ReadItem = Exclude<RawItem, { readonly entry: null }>;
type StoredSource = { readonly id: number; readonly kind: Source['kind'] };

/** What is compared with an entry that comes again under a known id. */
type Known = {
  readonly key: number;
  readonly ts: number;
  readonly action: number;
  readonly kind: Source['kind'];
  readonly raw: Uint8Array;
};

/** Returns the function that stores batches, each in one transaction. */
export function createIngest(
  db: WriteConnection,
  view: ArchiveView,
  unsealed: UnsealedNotes,
  fresh: FreshLeaves,
): (batch: Batch) => Result<IngestCount> {
  const { store, raws, versions, dictionaries } = view;
  const interner = createInterner(db, dictionaries);
  const segments = createSegmentWriter(db);
  const applyLedger = createLedger(db, unsealed);
  const tombstones = createTombstones(db);
  const insertBlock = db.prepare('INSERT INTO block (source, received_at, entries, bytes) VALUES (?, ?, ?, ?)');
  const insertVersion = db.prepare('INSERT INTO entry_version VALUES (?, ?, ?, ?, ?, ?)');
  const insertUnreadable = db.prepare('INSERT INTO unreadable VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING');
  const addSource = db.prepare('INSERT INTO source (kind, detail) VALUES (?, ?) ON CONFLICT DO NOTHING');
  const sourceId = db.prepare('SELECT id FROM source WHERE kind = ? AND detail = ?').pluck();
  const kindOf = db.prepare('SELECT kind FROM source WHERE id = ?').pluck();
  const raiseVersion = createVersionRaise(db);
  const keysOf = (day: number): Float64Array | null => {
    const info = store.day(day);
    return info === null ? null : store.columns(info).keys;
  };
  let deletions = view.deletions();
  let known: KnownIds | null = null;
  let placing = new Placing(keysOf);
  let wrote = false;
  // What a batch has added so far: not yet in any segment.
  let added = new Map<number, NewEntry & { readonly ts: number; readonly leafHash: Uint8Array | null }>();

  const forget = (): void => {
    known = null;
    placing = new Placing(keysOf);
    interner.forget();
    deletions = view.deletions();
  };

  const stored = (key: number, id: string, kindOfNew: Source['kind']): Known | null => {
    const fresh = added.get(key);
    if (fresh !== undefined) {
      return fresh.storedId === id
        ? { key, ts: fresh.ts, action: fresh.ids.action, kind: kindOfNew, raw: fresh.raw }
        : null;
    }
    const place = view.place(key);
    if (place === null || storedIdAt(place.refs, place.position) !== id) return null;
    const { columns, refs, position } = place;
    return {
      key,
      ts: instantAt(columns, position),
      action: columns.ids.action[position]!,
      kind: kindOf.get(columns.ids.source[position]!) as Source['kind'],
      raw: raws.at(refs.block[position]!, refs.slot[position]!),
    };
  };

  const find = (keys: readonly number[], id: string, kind: Source['kind']): Known | null => {
    for (const key of keys) {
      const found = stored(key, id, kind);
      if (found !== null) return found;
    }
    return null;
  };

  // A table's row tells less than the API and in other words: it differs only where it tells of something else.
  const rowAgrees = (entry: Entry, before: Known): boolean =>
    Math.floor(before.ts / 1000) === Math.floor(entry.ts / 1000) &&
    before.action === interner.idOf('action', entry.action === '' ? null : entry.action);

  const storeAgain = (entry: Entry, raw: Uint8Array, source: StoredSource, receivedAt: number, before: Known): Fate => {
    const others = versions.of(before.key);
    if (sameContent(before.raw, raw) || others.some((one) => sameContent(one.bytes, raw))) return 'duplicates';
    if (source.kind === 'table' && rowAgrees(entry, before)) return 'duplicates';
    const overTable = before.kind === 'table';
    insertVersion.run(before.key, others.length + 1, overTable ? 1 : 0, raw, source.id, receivedAt);
    unsealed.added(before.key, others.length + 1);
    wrote = true;
    return overTable && rowAgrees(entry, before) ? 'duplicates' : 'changed';
  };

  const storeEntry = (ids: KnownIds, item: ReadItem, source: StoredSource, receivedAt: number): Fate => {
    const { entry, raw, prepared } = item;
    const storedId = prepared?.storedId ?? toStored(entry.id);
    const hash = prepared?.idHash ?? hashText(storedId);
    if (!ids.isNew(hash)) {
      const before = find(ids.keysOf(hash), storedId, source.kind);
      if (before !== null) return storeAgain(entry, raw, source, receivedAt, before);
    }
    if (tombstones.has(storedId)) return 'duplicates';
    const { key, shift } = placing.place(entry.ts);
    added.set(key, {
      key,
      shift,
      ts: entry.ts,
      storedId,
      ids: idsOf(interner, entry, source.id),
      leaves: prepared?.leaves ?? leavesOf(entry),
      leafHash: prepared?.leafHash ?? null,
      raw,
    });
    ids.add(hash, key);
    unsealed.added(key, 0);
    return 'inserted';
  };

  const writeAdded = (source: number, receivedAt: number): void => {
    if (added.size === 0) return;
    const sorted = [...added.values()].sort((a, b) => a.key - b.key);
    const lies: Lies[] = [];
    for (const block of blocksOf(sorted)) {
      const keys = Float64Array.from(block, (entry) => entry.key);
      const bytes = encodeBlock(
        keys,
        block.map((entry) => entry.raw),
      );
      const id = Number(insertBlock.run(source, receivedAt, block.length, bytes).lastInsertRowid);
      for (let slot = 0; slot < block.length; slot++) lies.push({ block: id, slot });
    }
    segments.add(segmentsOf(sorted, lies));
  };

  const storeBatch = db.transaction((batch: Batch): IngestCount => {
    const count = { inserted: 0, duplicates: 0, changed: 0, unreadable: 0 };
    wrote = (batch.ledger?.length ?? 0) > 0;
    addSource.run(batch.source.kind, batch.source.detail);
    const source = { id: sourceId.get(batch.source.kind, batch.source.detail) as number, kind: batch.source.kind };
    if (batch.items.length > 0) known ??= knownIds(view);
    for (const item of oldestFirst(batch)) {
      if (item.entry) {
        count[storeEntry(known!, item, source, batch.receivedAt)]++;
      } else {
        const digest = createHash('sha256').update(item.raw).digest();
        const changes = insertUnreadable.run(digest, item.raw, item.reason, source.id, batch.receivedAt).changes;
        if (changes > 0) unsealed.unreadable(digest);
        count[changes > 0 ? 'unreadable' : 'duplicates']++;
      }
    }
    writeAdded(source.id, batch.receivedAt);
    for (const change of batch.ledger ?? []) applyLedger(change);
    if (wrote || count.inserted + count.unreadable > 0) raiseVersion();
    return count;
  });

  return (batch) => {
    try {
      view.ask(() => tombstones.refresh());
      if (view.deletions() !== deletions) forget();
      const count = storeBatch.immediate(batch);
      fresh.add(added.values(), (day) => store.day(day)?.entries ?? 0);
      placing.commit(Float64Array.from(added.keys()).sort());
      return ok(count);
    } catch (error) {
      // What the transaction had learned is undone with it.
      forget();
      return explain(error, 'store what arrived');
    } finally {
      added = new Map();
    }
  };
}

function knownIds(view: ArchiveView): KnownIds {
  const ids = new KnownIds();
  for (const info of view.store.days()) {
    const { idBytes, idStarts } = view.store.refs(info);
    ids.addAll(idBytes, idStarts, view.store.columns(info).keys);
  }
  return ids;
}

// Servers list newest first. Stored from the end, entries of one instant get keys in the order in which they happened: a
// sign-in that follows its failures in the same second stays behind them.
function oldestFirst({ items, source }: Batch): readonly RawItem[] {
  const first = items.find((item) => item.entry !== null)?.entry?.ts;
  const last = items.findLast((item) => item.entry !== null)?.entry?.ts;
  if (first === undefined || last === undefined) return items;
  return first > last || (first === last && source.kind === 'api') ? items.toReversed() : items;
}
