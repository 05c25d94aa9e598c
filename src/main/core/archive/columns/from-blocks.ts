import type { Entry } from '../../../../shared/entry.ts';
import { Kept } from '../kept.ts';
import { decodeBlock, type RawBlock, rawAt } from '../raw/block.ts';
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
  readonly raw: Buffer;
};

/** The raw bytes of an entry and where they lie; a view, to be copied by whoever keeps it. */
export type RawEntry = Omit<Evidenced, 'entry'>;

/** Which blocks hold something of which day. `broken` are those that cannot be unpacked. */
export type BlockIndex = {
  /** Days since 1970, oldest first. */
  readonly days: readonly number[];
  readonly broken: readonly number[];
  /** Everything there is of a day, sorted by key. */
  entriesOf(day: number): RawEntry[];
};

// Blocks of neighbouring days are often the same.
const BUDGET_BYTES = 64 * 2 ** 20;

/** Looks through all blocks once; `between` is called after each, and may throw to end it. */
export function indexBlocks(db: ReadConnection, between: () => void = () => undefined): BlockIndex {
  const ids = db.prepare('SELECT id FROM block ORDER BY id').pluck().all() as number[];
  const select = db.prepare('SELECT source, bytes FROM block WHERE id = ?');
  const kept = new Kept<number, { readonly source: number; readonly block: RawBlock }>(
    BUDGET_BYTES,
    ({ block }) => block.bytes.length + block.keys.byteLength,
  );
  const unpacked = (id: number) =>
    kept.get(id, () => {
      const { source, bytes } = select.get(id) as { source: number; bytes: Uint8Array };
      return { source, block: decodeBlock(bytes) };
    });
  const blocksOfDay = new Map<number, number[]>();
  const broken: number[] = [];
  for (const id of ids) {
    try {
      for (const day of new Set(Array.from(unpacked(id).block.keys, dayOfKey))) {
        const blocks = blocksOfDay.get(day);
        if (blocks === undefined) blocksOfDay.set(day, [id]);
        else blocks.push(id);
      }
    } catch {
      broken.push(id);
    }
    between();
  }
  return {
    days: [...blocksOfDay.keys()].sort((a, b) => a - b),
    broken,
    entriesOf(day) {
      const found: RawEntry[] = [];
      for (const id of blocksOfDay.get(day) ?? []) {
        const { source, block } = unpacked(id);
        for (const [slot, key] of block.keys.entries()) {
          if (dayOfKey(key) !== day) continue;
          const raw = rawAt(block, slot);
          if (raw.length > 0) found.push({ key, source, block: id, slot, raw });
        }
      }
      return found.sort((a, b) => a.key - b.key);
    },
  };
}

/**
 * Reads every entry again from the raw blocks, which need nothing else to be understood: a day at a time, oldest first, each
 * sorted by key. Throws where raw bytes that were read once cannot be read any more.
 */
export function* daysFromBlocks(
  db: ReadConnection,
  parse: ParseRaw,
): IterableIterator<readonly [day: number, Evidenced[]]> {
  const index = indexBlocks(db);
  if (index.broken.length > 0) throw new Error(`block ${index.broken[0]} cannot be unpacked`);
  for (const day of index.days) {
    yield [
      day,
      index.entriesOf(day).map((one) => {
        const { entry } = parse(one.raw);
        if (entry === null) throw new Error('an entry that was read once cannot be read any more');
        return { ...one, entry };
      }),
    ];
  }
}
