import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { barsOf, stepFor } from '../../src/renderer/features/explorer/buckets.ts';
import {
  type Chosen,
  COLUMN_IDS,
  COLUMNS,
  columnsFrom,
  columnsText,
  fitting,
  gridOf,
  movedBefore,
  sized,
  stepped,
  USUAL,
  withColumn,
} from '../../src/renderer/features/explorer/columns.ts';
import { lineDifference, nearChanges } from '../../src/renderer/features/explorer/line-difference.ts';
import { officeBands } from '../../src/renderer/features/explorer/office-band.ts';
import { tookText } from '../../src/renderer/features/explorer/status-bar.tsx';
import { defaultOffice, officeHours } from '../../src/shared/office.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ids = (chosen: Chosen) => chosen.map(({ id }) => id);

test('what an answer took is said in whole milliseconds, and from a second on in seconds', () => {
  expect([0.2, 0.5, 12.4, 999.4, 999.6, 1_249, 74_000].map(tookText)).toEqual([
    'under 1 ms',
    '1 ms',
    '12 ms',
    '999 ms',
    '1 s',
    '1.2 s',
    '74 s',
  ]);
});

describe('columns', () => {
  const anyChosen = fc
    .shuffledSubarray([...COLUMN_IDS], { minLength: 1 })
    .chain((some) =>
      fc
        .array(fc.option(fc.integer({ min: 120, max: 400 })), { minLength: some.length, maxLength: some.length })
        .map((widths): Chosen => some.map((id, i) => ({ id, width: widths[i] ?? null }))),
    )
    .map((chosen) => withColumn(withColumn(chosen, 'time', true), 'action', true));

  test('are read back as they were written', () => {
    fc.assert(
      fc.property(anyChosen, (chosen) => {
        expect(columnsFrom(columnsText(chosen))).toEqual(chosen);
      }),
    );
  });

  test('a text that names nothing names no columns; what is not known or twice there is left out', () => {
    expect(columnsFrom('')).toBeNull();
    expect(columnsFrom('nonsense,,')).toBeNull();
    expect(ids(columnsFrom('actor,colour,actor:90,time') ?? [])).toEqual(['action', 'actor', 'time']);
    expect(columnsFrom('time:3,action:9999')).toEqual([
      { id: 'time', width: COLUMNS.time.least },
      { id: 'action', width: 900 },
    ]);
  });

  test('step aside in their order where room is short, never time, actor and action', () => {
    expect(ids(fitting(USUAL, 2_000))).toEqual(ids(USUAL));
    expect(ids(fitting(USUAL, 1_040))).toEqual(ids(USUAL).filter((id) => id !== 'network'));
    expect(ids(fitting(USUAL, 980))).not.toContain('age');
    expect(ids(fitting(USUAL, 730))).toEqual(['severity', 'time', 'actor', 'action', 'address']);
    expect(ids(fitting(USUAL, 100))).toEqual(['severity', 'time', 'actor', 'action', 'address']);
  });

  test('are moved, hidden, shown again at their place and sized within limits', () => {
    expect(ids(movedBefore(USUAL, 'address', 'time'))).toEqual([
      'severity',
      'address',
      ...ids(USUAL).filter((id) => id !== 'severity' && id !== 'address'),
    ]);
    expect(ids(movedBefore(USUAL, 'time', null)).at(-1)).toBe('time');
    expect(stepped(USUAL, 'severity', -1)).toBe(USUAL);
    expect(withColumn(USUAL, 'action', false)).toBe(USUAL);
    expect(withColumn(withColumn(USUAL, 'age', false), 'age', true)).toEqual(USUAL);
    expect(sized(USUAL, 'actor', 1).find(({ id }) => id === 'actor')?.width).toBe(COLUMNS.actor.least);
    expect(gridOf(sized(USUAL, 'actor', 201))).toContain('201px');
  });
});

test('the band stands under the bars in which an office is at work', () => {
  const from = Date.parse('2026-10-12T00:00:00Z');
  const to = from + 2 * DAY - 1;
  const bars = barsOf([], from, to, stepFor(from, to), 'UTC');
  const bands = officeBands(bars, officeHours([{ ...defaultOffice('UTC'), opens: '09:00', closes: '18:00' }]));
  const hours = bands.map((band) => [band.from * 48, band.to * 48].map((share) => Math.round(share * 100) / 100));
  expect(hours).toEqual([
    [9, 18],
    [33, 42],
  ]);
  const year = barsOf([], from - 365 * DAY, to, stepFor(from - 365 * DAY, to), 'UTC');
  expect(officeBands(year, officeHours([defaultOffice('UTC')]))).toEqual([]);
});

describe('what of a text became what', () => {
  const lines = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 }).map((some) => some.join('\n'));

  test('both texts can be told from the difference, and equal texts have none', () => {
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const difference = lineDifference(before, after) ?? [];
        const side = (not: string) =>
          difference
            .filter(({ kind }) => kind !== not)
            .map(({ text }) => text)
            .join('\n');
        expect(side('after')).toBe(before);
        expect(side('before')).toBe(after);
        expect(lineDifference(before, before)?.every(({ kind }) => kind === 'same')).toBe(true);
      }),
    );
  });

  test('only what is near a change is kept', () => {
    const difference = lineDifference('1\n2\n3\n4\n5\n6', '1\n2\n3\n4\nX\n6') ?? [];
    expect(nearChanges(difference, 1).map((line) => line && `${line.kind} ${line.text}`)).toEqual([
      null,
      'same 4',
      'before 5',
      'after X',
      'same 6',
    ]);
  });
});
