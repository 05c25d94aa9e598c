import type { Entry } from '../../../../shared/entry.ts';
import { decodeBlock, rawAt } from '../raw/block.ts';
import type { ReadConnection } from '../sqlite.ts';
import type { RawItem } from '../writer.ts';
import { dayOfKey } from './day-columns.ts';

/** How raw bytes are read as an entry; the archive itself does not know the product's format. */
export type ParseRaw = (raw: Uint8Array) => RawItem;

/** An entry as its evidence tells of it, and where that lies. `source` is the id of where it came from. */
export type Evidenced = {
  readonly key: number;
  readonly entry: Entry;
  readonly source: number;
  readonly block: number;
  readonly slot: number;
  readonly raw: Uint8Array;
};

/**
 * Reads every entry again from the raw blocks, which need nothing else to be understood: a day at a time, oldest first, each
 * sorted by key. Throws where raw bytes that were read once cannot be read any more.
 */
export function* daysFromBlocks(
  db: ReadConnection,
  parse: ParseRaw,
): IterableIterator<readonly [day: number, Evidenced[]]> {
  const ids = db.prepare('SELECT id FROM block ORDER BY id').pluck().all() as number[];
  const select = db.prepare('SELECT source, bytes FROM block WHERE id = ?');
  const blocksOfDay = new Map<number, number[]>();
  const unpack = (id: number) => {
    const { source, bytes } = select.get(id) as { source: number; bytes: Uint8Array };
    return { source, block: decodeBlock(bytes) };
  };
  for (const id of ids) {
    const days = new Set(Array.from(unpack(id).block.keys, dayOfKey));
    for (const day of days) {
      const blocks = blocksOfDay.get(day);
      if (blocks === undefined) blocksOfDay.set(day, [id]);
      else blocks.push(id);
    }
  }
  for (const [day, blocks] of [...blocksOfDay].sort(([a], [b]) => a - b)) {
    const found: Evidenced[] = [];
    for (const id of blocks) {
      const { source, block } = unpack(id);
      for (const [slot, key] of block.keys.entries()) {
        const raw = rawAt(block, slot);
        if (dayOfKey(key) !== day || raw.length === 0) continue;
        const { entry } = parse(raw);
        if (entry === null) throw new Error('an entry that was read once cannot be read any more');
        found.push({ key, entry, source, block: id, slot, raw });
      }
    }
    yield [day, found.sort((a, b) => a.key - b.key)];
  }
}
