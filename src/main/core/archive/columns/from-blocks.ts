import type { Entry } from '../../../../shared/entry.ts';
import { Kept } from '../kept.ts';
import { decodeBlock, type RawBlock, rawAt } from '../raw/block.ts';
import type { ReadConnection } from '../sqlite.ts';
import type { RawItem } from '../writer.ts';
import { dayOfKey, KEYS_PER_DAY } from './day-columns.ts';

/** How raw bytes are read as an entry; the archive itself does not know the product's format. */
export type ParseRaw = (raw: Uint8Array) => RawItem;

/** Where the raw bytes of an entry lie. `source` is the id of where it came from; `within` the block, unpacked. */
export type RawEntry = {
  readonly key: number;
  readonly source: number;
  readonly block: number;
  readonly slot: number;
  readonly within: RawBlock;
};

/** An entry as its evidence tells of it, and where that lies. */
export type Evidenced = Omit<RawEntry, 'within'> & { readonly entry: Entry };

/** Reads days out of blocks, and takes note of what it comes across. The last blocks that were read are kept unpacked. */
export type DayBlocks = {
  /** The days of which a block holds something. */
  daysIn(block: number): readonly number[];
  /** What there is of a day in some blocks that are there, sorted by key; those that cannot be unpacked are passed over. */
  entriesOf(day: number, blocks: readonly number[]): RawEntry[];
  /** Of every block that was unpacked, the days of which it holds something. */
  readonly seen: ReadonlyMap<number, readonly number[]>;
  readonly broken: ReadonlySet<number>;
};

// Blocks of neighbouring days are often the same.
const BUDGET_BYTES = 16 * 2 ** 20;

export function readDayBlocks(db: ReadConnection): DayBlocks {
  const select = db.prepare('SELECT source, bytes FROM block WHERE id = ?');
  const seen = new Map<number, readonly number[]>();
  const broken = new Set<number>();
  const kept = new Kept<number, { readonly source: number; readonly block: RawBlock }>(
    BUDGET_BYTES,
    ({ block }) => block.bytes.length + block.keys.byteLength,
  );
  const unpacked = (id: number) => {
    if (broken.has(id)) return null;
    try {
      return kept.get(id, () => {
        const { source, bytes } = select.get(id) as { source: number; bytes: Uint8Array };
        const block = decodeBlock(bytes);
        seen.set(id, daysOf(block.keys));
        return { source, block };
      });
    } catch {
      broken.add(id);
      return null;
    }
  };
  return {
    seen,
    broken,
    daysIn(id) {
      if (!seen.has(id)) unpacked(id);
      return seen.get(id) ?? [];
    },
    entriesOf(day, blocks) {
      const found: RawEntry[] = [];
      const first = day * KEYS_PER_DAY;
      const end = first + KEYS_PER_DAY;
      for (const id of blocks) {
        const there = unpacked(id);
        if (there === null) continue;
        const { source, block } = there;
        for (let slot = 0; slot < block.keys.length; slot++) {
          const key = block.keys[slot]!;
          if (key < first || key >= end) continue;
          const isThere = block.starts[slot + 1]! > block.starts[slot]!;
          if (isThere) found.push({ key, source, block: id, slot, within: block });
        }
      }
      return found.sort((a, b) => a.key - b.key);
    },
  };
}

function daysOf(keys: Float64Array): readonly number[] {
  const days = new Set<number>();
  let last = Number.NaN;
  for (const key of keys) {
    const day = dayOfKey(key);
    if (day !== last) days.add(day);
    last = day;
  }
  return [...days];
}

/** The numbers of all blocks, rising. */
export function blockIds(db: ReadConnection): readonly number[] {
  return db.prepare('SELECT id FROM block ORDER BY id').pluck().all() as number[];
}

/** Which blocks hold something of each day, given which days are in each block. */
export function blocksByDay(blocks: Iterable<readonly [number, readonly number[]]>): ReadonlyMap<number, number[]> {
  const byDay = new Map<number, number[]>();
  for (const [id, days] of blocks) {
    for (const day of days) {
      const own = byDay.get(day);
      if (own === undefined) byDay.set(day, [id]);
      else own.push(id);
    }
  }
  for (const own of byDay.values()) own.sort((a, b) => a - b);
  return byDay;
}

/**
 * Reads every entry again from the raw blocks, which need nothing else to be understood: a day at a time, oldest first, each
 * sorted by key. Throws where raw bytes that were read once cannot be read any more.
 */
export function* daysFromBlocks(
  db: ReadConnection,
  parse: ParseRaw,
): IterableIterator<readonly [day: number, (Evidenced & RawEntry)[]]> {
  const blocks = readDayBlocks(db);
  const byDay = blocksByDay(blockIds(db).map((id) => [id, blocks.daysIn(id)]));
  const [broken] = blocks.broken;
  if (broken !== undefined) throw new Error(`block ${broken} cannot be unpacked`);
  for (const day of [...byDay.keys()].sort((a, b) => a - b)) {
    yield [
      day,
      blocks.entriesOf(day, byDay.get(day)!).map(({ key, source, block, slot, within }) => {
        const { entry } = parse(rawAt(within, slot));
        if (entry === null) throw new Error('an entry that was read once cannot be read any more');
        return { key, entry, source, block, slot, within };
      }),
    ];
  }
}
