import { Kept } from '../kept.ts';
import type { ReadConnection } from '../sqlite.ts';
import type { DayColumns } from './day-columns.ts';
import type { DayRefs } from './day-refs.ts';
import { type DayText, sizeOfText } from './day-text.ts';
import { createSegmentReader } from './segment.ts';

/** What is known of a UTC day without reading it. A day that changes becomes another object. */
export type DayInfo = {
  /** Days since 1970. */
  readonly day: number;
  readonly entries: number;
  /** Whether any entry was moved out of its own millisecond. */
  readonly shifted: boolean;
  readonly seqs: readonly number[];
};

/** The days of an archive, and their parts as they are needed. */
export type DayStore = {
  /** Oldest first. */
  days(): readonly DayInfo[];
  day(day: number): DayInfo | null;
  /** Takes note of what was added since. */
  refresh(): void;
  /** Forgets everything, because something was deleted. */
  reset(): void;
  columns(day: DayInfo): DayColumns;
  text(day: DayInfo): DayText;
  refs(day: DayInfo): DayRefs;
  /** Reads the texts of the newest days that are not in memory yet, of about so many entries. Whether there are more, and room. */
  readAhead(entries: number): boolean;
};

/** `all`: what was read once stays, which makes every later answer a scan over memory. `some`: memory stays flat. */
export type Keeping = 'all' | 'some';

const COLUMN_ENTRIES_OF_SOME = 200_000;
const TEXT_BYTES: Readonly<Record<Keeping, number>> = { all: 320 * 2 ** 20, some: 32 * 2 ** 20 };
const NEARLY_FULL = 0.9;
const REF_BYTES = 16 * 2 ** 20;

type Listed = { day: number; seq: number; entries: number; shifted: number };

export function createDayStore(db: ReadConnection, keeping: Keeping): DayStore {
  const listAll = db.prepare(
    'SELECT day, seq, entries, shifted FROM segment INDEXED BY segment_by_day ORDER BY day, seq',
  );
  const listDay = db.prepare(
    'SELECT day, seq, entries, shifted FROM segment INDEXED BY segment_by_day WHERE day = ? ORDER BY seq',
  );
  const changedSince = db.prepare('SELECT DISTINCT day FROM segment WHERE seq > ?').pluck();
  const lastSeq = db.prepare('SELECT max(seq) FROM segment').pluck();
  const segments = createSegmentReader(db);
  const entriesKept = keeping === 'all' ? Number.POSITIVE_INFINITY : COLUMN_ENTRIES_OF_SOME;
  const columns = new Kept<DayInfo, DayColumns>(entriesKept, (one) => one.length);
  const texts = new Kept<DayInfo, DayText>(TEXT_BYTES[keeping], sizeOfText);
  const refs = new Kept<DayInfo, DayRefs>(REF_BYTES, (one) => one.idBytes.length + one.block.byteLength * 3);
  const byDay = new Map<number, DayInfo>();
  let sorted: readonly DayInfo[] = [];
  let seen = -1;

  const forget = (info: DayInfo | undefined): void => {
    if (info === undefined) return;
    for (const kept of [columns, texts, refs]) kept.delete(info);
  };
  const relist = (rows: readonly Listed[]): void => {
    for (const [day, own] of Map.groupBy(rows, (row) => row.day)) {
      byDay.set(day, {
        day,
        entries: own.reduce((sum, row) => sum + row.entries, 0),
        shifted: own.some((row) => row.shifted === 1),
        seqs: own.map((row) => row.seq),
      });
    }
  };
  return {
    days: () => sorted,
    day: (day) => byDay.get(day) ?? null,
    refresh() {
      const newest = (lastSeq.get() as number | null) ?? 0;
      if (newest === seen) return;
      if (seen < 0) relist(listAll.all() as Listed[]);
      else {
        for (const day of changedSince.all(seen) as number[]) {
          forget(byDay.get(day));
          relist(listDay.all(day) as Listed[]);
        }
      }
      sorted = [...byDay.values()].sort((a, b) => a.day - b.day);
      seen = newest;
    },
    reset() {
      for (const kept of [columns, texts, refs]) kept.clear();
      byDay.clear();
      sorted = [];
      seen = -1;
    },
    columns: (info) => columns.get(info, () => segments.columns(info.day, info.seqs)),
    text: (info) => texts.get(info, () => segments.text(info.day, info.seqs)),
    refs: (info) => refs.get(info, () => segments.refs(info.day, info.seqs)),
    readAhead(entries) {
      for (let i = sorted.length - 1, left = entries; i >= 0; i--) {
        const info = sorted[i]!;
        if (texts.has(info)) continue;
        // What would push out what was read before is better read when it is asked for.
        if (left <= 0 || texts.filled > NEARLY_FULL) return texts.filled <= NEARLY_FULL;
        texts.get(info, () => segments.text(info.day, info.seqs));
        left -= info.entries;
      }
      return false;
    },
  };
}
