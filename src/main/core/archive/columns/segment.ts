import type { ReadConnection, WriteConnection } from '../sqlite.ts';
import { type DayColumns, decodeColumns, encodeColumns, joinColumns, joinKeys, orderOf } from './day-columns.ts';
import { type DayRefs, decodeRefs, encodeRefs, joinRefs } from './day-refs.ts';
import { type DayText, decodeText, encodeText, joinText, layText, pickText } from './day-text.ts';

/** Some entries of one UTC day, sorted by key. A day is the union of its segments. */
export type Segment = {
  readonly day: number;
  readonly columns: DayColumns;
  readonly refs: DayRefs;
  readonly text: DayText;
};

/** Reads the parts of segments, each part by itself: a count needs only columns. */
export type SegmentReader = {
  columns(day: number, seqs: readonly number[]): DayColumns;
  refs(day: number, seqs: readonly number[]): DayRefs;
  text(day: number, seqs: readonly number[]): DayText;
  whole(day: number, seqs: readonly number[]): Segment;
};

export function createSegmentReader(db: ReadConnection): SegmentReader {
  const selectColumns = db.prepare('SELECT columns FROM segment WHERE seq = ?').pluck();
  const selectRefs = db.prepare('SELECT bytes FROM segment_refs WHERE seq = ?').pluck();
  const selectText = db.prepare('SELECT bytes FROM segment_text WHERE seq = ?').pluck();
  const columnParts = (day: number, seqs: readonly number[]) =>
    seqs.map((seq) => decodeColumns(day, selectColumns.get(seq) as Uint8Array));
  const refParts = (seqs: readonly number[]) => seqs.map((seq) => decodeRefs(selectRefs.get(seq) as Uint8Array));
  const textParts = (seqs: readonly number[]) => seqs.map((seq) => decodeText(selectText.get(seq) as Uint8Array));
  // The order of several parts follows from their keys; one part is in order. Those that were found to be in order as they
  // stand are remembered: to find it out again, all their columns would be read.
  const inOrder = new WeakSet<readonly number[]>();
  const orderIn = (parts: readonly DayColumns[], seqs: readonly number[]): Uint32Array | null => {
    const order = inOrder.has(seqs) ? null : orderOf(joinKeys(parts));
    if (order === null) inOrder.add(seqs);
    return order;
  };
  const order = (day: number, seqs: readonly number[]): Uint32Array | null =>
    seqs.length === 1 || inOrder.has(seqs) ? null : orderIn(columnParts(day, seqs), seqs);
  return {
    columns(day, seqs) {
      const parts = columnParts(day, seqs);
      return joinColumns(parts, orderIn(parts, seqs));
    },
    refs: (day, seqs) => joinRefs(refParts(seqs), order(day, seqs)),
    text: (day, seqs) => layText(textParts(seqs), order(day, seqs)),
    whole(day, seqs) {
      const parts = columnParts(day, seqs);
      const sorted = orderIn(parts, seqs);
      return {
        day,
        columns: joinColumns(parts, sorted),
        refs: joinRefs(refParts(seqs), sorted),
        text: joinText(textParts(seqs), sorted),
      };
    },
  };
}

/** The entries at some positions of a segment, in rising order, as a segment of their own. */
export function pickFrom({ day, columns, refs, text }: Segment, positions: Uint32Array): Segment {
  return {
    day,
    columns: joinColumns([columns], positions),
    refs: joinRefs([refs], positions),
    text: pickText(text, positions),
  };
}

/** Returns the function that stores a segment at a level (see `segment-writer.ts`). */
export function createSegmentStore(db: WriteConnection): (segment: Segment, level: number) => void {
  const insert = db.prepare('INSERT INTO segment (day, level, entries, shifted, columns) VALUES (?, ?, ?, ?, ?)');
  const insertRefs = db.prepare('INSERT INTO segment_refs VALUES (?, ?)');
  const insertText = db.prepare('INSERT INTO segment_text VALUES (?, ?)');
  return ({ day, columns, refs, text }, level) => {
    const shifted = columns.shift === null ? 0 : 1;
    const { lastInsertRowid: seq } = insert.run(day, level, columns.length, shifted, encodeColumns(columns));
    insertRefs.run(seq, encodeRefs(refs));
    insertText.run(seq, encodeText(text));
  };
}
