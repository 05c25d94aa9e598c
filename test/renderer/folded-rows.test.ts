import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FoldedAnswer, FoldedRows } from '../../src/renderer/features/explorer/folded-rows.ts';
import { keysOf } from '../../src/renderer/features/explorer/row-source.ts';
import type { EntryLine, EntryRow } from '../../src/shared/entry.ts';

const row = (key: number): EntryRow => ({ key }) as EntryRow;

/** Days of lines, each so many entries long and open or not; keys fall from the newest on. */
const made = fc.array(
  fc.array(fc.record({ length: fc.constantFrom(1, 1, 3, 4, 7), open: fc.boolean() }), { minLength: 1, maxLength: 8 }),
  { minLength: 1, maxLength: 6 },
);

test('whatever is open, every entry has its place once and in order, and a span of rows holds what stands there', async () => {
  await fc.assert(
    fc.asyncProperty(made, fc.nat(), fc.nat(), fc.nat(), async (days, a, b, most) => {
      const lines: EntryLine[] = [];
      const opened: { line: EntryLine; rows: EntryRow[] }[] = [];
      const shown: { keys: number[]; first: number; day: number }[] = [];
      let position = 0;
      for (const [day, own] of days.entries()) {
        for (const { length, open } of own) {
          const keys = Array.from({ length }, (_none, i) => 1_000 - position - i);
          const run = length === 1 ? null : { keys, since: 0, actors: 1, targets: 1, teams: 1 };
          const line = { row: row(keys[0]!), index: lines.length, position, run };
          lines.push(line);
          if (run && open) {
            opened.unshift({ line, rows: keys.map(row) });
            for (const [i, key] of keys.entries()) shown.push({ keys: [key], first: position + i, day });
          } else shown.push({ keys, first: position, day });
          position += length;
        }
      }
      const sum = (own: readonly { length: number }[]): number => own.reduce((all, one) => all + one.length, 0);
      const question = { filter: { terms: [] }, zone: 'UTC' };
      const answer = new FoldedAnswer(
        question,
        days.map((own, day) => ({ start: -day, count: sum(own), lines: own.length })),
        lines,
      );
      const rows = new FoldedRows(answer, opened);
      expect([rows.entries, rows.layout.rows, rows.slots]).toEqual([
        position,
        shown.length,
        shown.length + days.length,
      ]);
      for (const [at, { keys, first, day }] of shown.entries()) {
        const one = rows.shown(at);
        expect(one && [keysOf(one), one.first]).toEqual([keys, first]);
        expect(rows.slotAt(rows.layout.slotOf(at))).toMatchObject({ kind: 'row', position: at, day: { start: -day } });
      }
      for (const { line } of opened)
        expect(shown[rows.positionOfLine(line.index)]?.first, `line ${line.index}`).toBe(line.position);
      const [from, to] = [a % shown.length, b % shown.length].sort((x, y) => x - y) as [number, number];
      const within = shown.slice(from, to + 1).flatMap(({ keys }) => keys);
      expect(await rows.keysBetween(from, to, position)).toEqual(within);
      const limit = most % (position + 1);
      expect(await rows.keysBetween(from, to, limit)).toEqual(within.length > limit ? null : within);
    }),
  );
});
