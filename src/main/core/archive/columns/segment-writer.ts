import type { WriteConnection } from '../sqlite.ts';
import { createSegmentReader, createSegmentStore, type Segment } from './segment.ts';

// Pages arrive by the hundred entries, and rewriting a whole day for each would cost the square of its size. So each
// batch adds a small segment, and eight of one level become one of the next: every entry is rewritten a few times at most
// (O'Neil et al., The log-structured merge-tree, 1996).
const OF_ONE_LEVEL = 8;

export type SegmentWriter = {
  /** Adds segments, each of another day; to be called within the transaction that stores what they are read from. */
  add(segments: readonly Segment[]): void;
  /** Replaces all segments of a day by one, or by none. */
  replace(day: number, segment: Segment | null): void;
};

export function createSegmentWriter(db: WriteConnection): SegmentWriter {
  const reader = createSegmentReader(db);
  const store = createSegmentStore(db);
  const ofDay = db.prepare('SELECT seq, level FROM segment WHERE day = ? ORDER BY seq');
  const removals = ['segment', 'segment_refs', 'segment_text'].map((table) =>
    db.prepare(`DELETE FROM ${table} WHERE seq = ?`),
  );
  const remove = (seqs: readonly number[]): void => {
    for (const seq of seqs) for (const removal of removals) removal.run(seq);
  };
  const settle = (day: number): void => {
    for (let level = 0; ; level++) {
      const all = ofDay.all(day) as { seq: number; level: number }[];
      const seqs = all.filter((one) => one.level === level).map((one) => one.seq);
      if (seqs.length < OF_ONE_LEVEL) return;
      store(reader.whole(day, seqs), level + 1);
      remove(seqs);
    }
  };
  return {
    add(segments) {
      for (const segment of segments) {
        store(segment, 0);
        settle(segment.day);
      }
    },
    replace(day, segment) {
      const all = ofDay.all(day) as { seq: number; level: number }[];
      if (segment !== null) store(segment, Math.max(0, ...all.map((one) => one.level)));
      remove(all.map((one) => one.seq));
    },
  };
}
