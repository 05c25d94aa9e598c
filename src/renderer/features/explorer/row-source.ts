import type { EntryLine, EntryRow, EntryRun } from '../../../shared/entry.ts';
import type { DayLayout, Slot } from './day-layout.ts';

/** A row of a list, and what it stands for. */
export type ShownRow = {
  readonly row: EntryRow;
  /** Position of its newest entry among all that match. */
  readonly first: number;
  /** What is folded behind it; null where it stands for one entry. */
  readonly run: EntryRun | null;
  /** The line of repeats it is of, folded or open; null where it is of none. */
  readonly line: EntryLine | null;
};

/**
 * One answer to one question, as a list of slots: day headings and rows, rows fetched as they are looked at. Positions count
 * rows.
 */
export type RowSource = {
  /** Equal where the question is the same, whatever has been added to the archive since. */
  readonly questionKey: string;
  /** The same object where nothing but what is open in it differs. */
  readonly answer: object;
  readonly layout: DayLayout;
  /** Whether repeats are behind one row. */
  readonly folds: boolean;
  /** How many entries there are, whatever is folded. */
  readonly entries: number;
  readonly slots: number;
  readonly failure: unknown;
  slotAt(slot: number): Slot;
  /** Null until it is fetched. */
  shown(position: number): ShownRow | null;
  has(firstSlot: number, lastSlot: number): boolean;
  ensure(firstSlot: number, lastSlot: number): void;
  subscribe(listener: () => void): () => void;
  /** Position of the row that an entry is in; null where it is in none. */
  positionOf(key: number): Promise<number | null>;
  /** The entries of all rows between two positions, both included; null where there are more than `most`. */
  keysBetween(first: number, last: number, most: number): Promise<readonly number[] | null>;
};

/** The entries that a row stands for, newest first. */
export function keysOf({ row, run }: ShownRow): readonly number[] {
  return run === null ? [row.key] : run.keys;
}

/** Positions of the first and the last row of some slots. */
export function rowsWithin(layout: DayLayout, firstSlot: number, lastSlot: number): [first: number, last: number] {
  const positionAt = (slot: number, ahead: number): number => {
    const found = layout.slotAt(slot);
    if (found.kind === 'row') return found.position;
    const after = layout.slotAt(Math.min(layout.slots - 1, slot + 1));
    return after.kind === 'row' ? after.position + ahead : 0;
  };
  // A heading at the end is followed by a row that is not shown, so the row before it is the last one needed.
  return [positionAt(firstSlot, 0), positionAt(lastSlot, -1)];
}

const PAGE = 500;

/**
 * The entries of all rows from `first` to `last`, both included: those that are `known`, and of the others what `fetch` brings, a list of keys
 * for each row from a position on, fewer than asked for where it pleases. Null where there are more than `most`.
 */
export async function gathered(
  { first, last, most }: { readonly first: number; readonly last: number; readonly most: number },
  known: (position: number) => readonly number[] | null,
  fetch: (position: number, limit: number) => Promise<readonly (readonly number[])[]>,
): Promise<readonly number[] | null> {
  const keys: number[] = [];
  // No row stands for less than an entry.
  if (last - first >= most) return null;
  for (let at = first; at <= last && keys.length <= most; ) {
    const own = known(at);
    const rows = own === null ? await fetch(at, Math.min(PAGE, last - at + 1)) : [own];
    if (rows.length === 0) break;
    for (const row of rows) keys.push(...row);
    at += rows.length;
  }
  return keys.length > most ? null : keys;
}
