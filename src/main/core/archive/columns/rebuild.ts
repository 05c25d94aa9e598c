import { createVersionRaise } from '../archive-version.ts';
import type { ArchiveView } from '../archive-view.ts';
import { createInterner } from '../ingest/interner.ts';
import { idsOf, leavesOf, segmentOf } from '../ingest/new-entries.ts';
import { rawAt } from '../raw/block.ts';
import type { WriteConnection } from '../sqlite.ts';
import { toStored } from '../stored-text.ts';
import { msOfKey } from '../time-key.ts';
import { daysFromBlocks, type ParseRaw } from './from-blocks.ts';
import { createSegmentWriter } from './segment-writer.ts';

/** Makes all columns anew from the raw blocks, in one transaction. Returns how many entries there are. */
export function rebuildColumns(db: WriteConnection, view: ArchiveView, parse: ParseRaw): number {
  view.ask(() => undefined);
  const interner = createInterner(db, view.dictionaries);
  const writer = createSegmentWriter(db);
  const days = db.prepare('SELECT DISTINCT day FROM segment').pluck();
  const raiseVersion = createVersionRaise(db);
  const work = db.transaction(() => {
    let entries = 0;
    const gone = new Set(days.all() as number[]);
    for (const [day, found] of daysFromBlocks(db, parse)) {
      if (found.length === 0) continue;
      gone.delete(day);
      entries += found.length;
      const made = found.map(({ key, entry, source, slot, within }) => ({
        key,
        shift: msOfKey(key) - entry.ts,
        storedId: toStored(entry.id),
        ids: idsOf(interner, entry, source),
        leaves: leavesOf(entry),
        raw: rawAt(within, slot),
      }));
      writer.replace(day, segmentOf(day, made, found));
    }
    for (const day of gone) writer.replace(day, null);
    raiseVersion();
    return entries;
  });
  return work.immediate();
}
