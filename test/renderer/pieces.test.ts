import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { barsOf, MOST_BARS, stepFor } from '../../src/renderer/features/explorer/buckets.ts';
import { DayLayout } from '../../src/renderer/features/explorer/day-layout.ts';
import { piecesOf } from '../../src/renderer/features/explorer/highlight.ts';
import { PageWindow } from '../../src/renderer/features/explorer/page-window.ts';
import { rangeWords } from '../../src/renderer/features/explorer/range-words.ts';
import { quarters } from '../../src/renderer/features/reports/quarters.ts';
import { only, toggled } from '../../src/renderer/lib/filter-edit.ts';
import { indentJson } from '../../src/renderer/lib/json-text.ts';
import { grouped } from '../../src/renderer/lib/number.ts';
import { generatePassphrase, strengthOf } from '../../src/renderer/lib/passphrase.ts';
import { age, boundText, clock, exactTime, zoneLabel, zoneName } from '../../src/renderer/lib/time.ts';
import { cut, runsOf, visible } from '../../src/renderer/lib/visible-text.ts';
import type { EntryRow } from '../../src/shared/entry.ts';
import { exactly } from '../../src/shared/filter/exactly.ts';
import { resolveRange } from '../../src/shared/filter/range.ts';

const HOUR = 3_600_000;

describe('day layout', () => {
  test('slots and positions are each other’s inverse, and every day is headed once', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 60 }), (counts) => {
        const layout = new DayLayout(counts.map((count, i) => ({ start: -i, count, rows: count })));
        let position = 0;
        let headings = 0;
        for (let slot = 0; slot < layout.slots; slot++) {
          const what = layout.slotAt(slot);
          if (what.kind === 'day') headings++;
          else {
            expect(what.position).toBe(position);
            expect(layout.slotOf(position)).toBe(slot);
            position++;
          }
        }
        expect([position, headings]).toEqual([layout.rows, counts.length]);
      }),
      { numRuns: 40 },
    );
  });
});

describe('page window', () => {
  const row = (key: number): EntryRow => ({ key }) as EntryRow;

  test('two pages in flight at most, stale wishes dropped, few pages kept', async () => {
    const asked: number[] = [];
    const answer = new Map<number, () => void>();
    const pages = new PageWindow<EntryRow>(100_000, (offset, limit) => {
      asked.push(offset);
      return new Promise((resolve) =>
        answer.set(offset, () => resolve(Array.from({ length: limit }, (_, i) => row(offset + i)))),
      );
    });
    pages.ensure(0, 999);
    expect(asked).toEqual([0, 64]);
    pages.ensure(51_200, 51_250);
    answer.get(0)?.();
    await new Promise((resolve) => setImmediate(resolve));
    expect(asked).toEqual([0, 64, 51_200]);
    expect(pages.get(7)?.key).toBe(7);
    expect(pages.has(0, 63)).toBe(true);
    expect(pages.has(0, 64)).toBe(false);
    for (let page = 10; page < 160; page++) {
      pages.ensure(page * 64, page * 64);
      answer.get(64)?.();
      answer.get(51_200)?.();
      await new Promise((resolve) => setImmediate(resolve));
      answer.get(page * 64)?.();
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(pages.has(0, 0)).toBe(false);
    expect(pages.has(159 * 64, 159 * 64)).toBe(true);
  });

  test('a first page that is known is not asked for', () => {
    const asked: number[] = [];
    const known = [row(3), row(2)];
    const pages = new PageWindow(
      250,
      async (offset) => {
        asked.push(offset);
        return [];
      },
      known,
    );
    pages.ensure(0, 120);
    expect(pages.get(1)).toBe(known[1]);
    expect(asked).toEqual([64]);
  });

  test('a failed page is told and can be asked for again', async () => {
    let broken = true;
    const pages = new PageWindow(10, async () => {
      if (broken) throw new Error('gone');
      return [row(1)];
    });
    pages.ensure(0, 5);
    await new Promise((resolve) => setImmediate(resolve));
    expect(pages.failure).toBeInstanceOf(Error);
    broken = false;
    pages.ensure(0, 5);
    await new Promise((resolve) => setImmediate(resolve));
    expect(pages.failure).toBeNull();
    expect(pages.get(0)?.key).toBe(1);
  });
});

describe('bars', () => {
  test('never more than a hundred, without gaps, and nothing is lost', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2027, 0, 1) }),
        fc.integer({ min: 0, max: 7 * 366 * 24 * HOUR }),
        fc.constantFrom('UTC', 'Europe/Lisbon', 'America/New_York', 'Asia/Kathmandu'),
        (from, length, zone) => {
          const to = from + length;
          const step = stepFor(from, to);
          const buckets = [from, from + Math.floor(length / 2), to].map((start) => ({
            start,
            count: 1,
            byCategory: { team: 1 },
          }));
          const bars = barsOf(buckets, from, to, step, zone);
          expect(bars.length).toBeLessThanOrEqual(MOST_BARS + 4);
          expect(bars.reduce((sum, bar) => sum + bar.count, 0)).toBe(3);
          for (let i = 1; i < bars.length; i++) expect(bars[i]?.start).toBe(bars[i - 1]?.end);
          expect(bars[0]?.start).toBeLessThanOrEqual(from);
          expect(bars.at(-1)?.end).toBeGreaterThan(to);
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('times', () => {
  const at = Date.parse('2026-10-14T02:15:41.207Z');

  test('carry their zone', () => {
    expect(clock(at, 'Europe/Lisbon')).toBe('03:15:41');
    expect(exactTime(at, 'Europe/Lisbon')).toBe('Wed 14 Oct 2026, 03:15:41.207 WEST');
    expect(['Europe/Lisbon', 'America/New_York', 'UTC', 'Asia/Kathmandu'].map((zone) => zoneName(at, zone))).toEqual([
      'WEST',
      'EDT',
      'UTC',
      'UTC+5:45',
    ]);
    expect(zoneLabel('Europe/Lisbon', at)).toBe('Lisbon · WEST (UTC+1)');
  });

  test('age names its largest unit', () => {
    expect([45_000, 45 * 60_000, 3 * HOUR, 50 * HOUR].map((ms) => age(at - ms, at))).toEqual([
      '45 s',
      '45 min',
      '3 h',
      '2 d',
    ]);
  });

  test('a limit written in a zone names the same instant, also when the clocks go back', () => {
    const back = Date.parse('2026-10-25T00:30:00Z');
    for (const ms of [at, back, back + HOUR, back + 2 * HOUR, at + 59_999]) {
      const read = resolveRange({ terms: [], from: boundText(ms, 'Europe/Lisbon') }, 'Europe/Lisbon', 0);
      expect(read.ok && read.value.fromMs).toBe(ms);
    }
  });

  test('ranges in words', () => {
    const zone = 'Europe/Lisbon';
    expect(rangeWords({ last: '7d' }, zone)).toBe('last 7 days');
    expect(rangeWords({ from: '2026-10-01', to: '2026-10-05' }, zone)).toBe('1 Oct 2026 – 5 Oct 2026');
    expect(rangeWords({ from: '2026-10-14T02:00', to: '2026-10-14T09:59:59.999' }, zone)).toBe(
      '14 Oct 2026, 02:00 – 10:00 WEST',
    );
    expect(rangeWords({}, zone)).toBeNull();
  });

  test('quarters: the last whole one first, the running one last', () => {
    const found = quarters(at, 'Europe/Lisbon');
    expect(found.map((one) => one.name)).toEqual(['Q3 2026', 'Q2 2026', 'Q1 2026', 'Q4 2025', 'Q4 2026, running']);
    expect(found[0]).toMatchObject({ from: '2026-07-01', to: '2026-09-30' });
    expect(found[4]).toMatchObject({ from: '2026-10-01', to: '2026-12-31' });
  });
});

describe('text from outside', () => {
  test('hidden characters are named, the rest is untouched', () => {
    expect(visible('Ines\u202etra\u0000')).toBe('Ines[U+202E]tra[U+0000]');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(
          runsOf(text)
            .map((run) => run.text)
            .join(''),
        ).toBe(text);
      }),
    );
  });

  test('cutting never splits a surrogate pair', () => {
    expect(cut('ab😀', 3)).toEqual({ text: 'ab', left: 2 });
  });

  test('indenting JSON keeps every token', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const pieces = indentJson(text);
        expect(JSON.parse(pieces?.map((piece) => piece.text).join('') ?? 'null')).toEqual(JSON.parse(text));
      }),
    );
    const odd = '{"n":12345678901234567890,"n":1.0,"u":"\\u0041"}';
    expect(
      indentJson(odd)
        ?.map((piece) => piece.text)
        .join(''),
    ).toBe('{\n  "n": 12345678901234567890,\n  "n": 1.0,\n  "u": "\\u0041"\n}');
    expect(indentJson('{broken')).toBeNull();
  });

  test('the coloured query is the query', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(
          piecesOf(text)
            .map((piece) => piece.text)
            .join(''),
        ).toBe(text);
      }),
    );
    expect(piecesOf('-team:Ops "a b" from:2026-01-01').map((piece) => piece.kind)).toEqual([
      'minus',
      'field',
      'value',
      'space',
      'quoted',
      'space',
      'field',
      'date',
    ]);
  });
});

describe('conditions', () => {
  const alice = exactly('actor', 'alice*');

  test('values are taken literally', () => {
    expect(alice.value).toBe('alice\\*');
    expect(exactly('team', null).value).toBe('');
  });

  test('choosing twice is not choosing, and the opposite gives way', () => {
    const once = toggled({ terms: [] }, alice);
    expect(once.terms).toEqual([alice]);
    expect(toggled(once, alice).terms).toEqual([]);
    expect(toggled(once, { ...alice, negated: true }).terms).toEqual([{ ...alice, negated: true }]);
    expect(only({ terms: [exactly('actor', 'bob'), exactly('ip', '10.0.0.1')] }, alice).terms).toEqual([
      exactly('ip', '10.0.0.1'),
      alice,
    ]);
  });
});

test('a made passphrase is strong, a common one is not', () => {
  expect(generatePassphrase()).toMatch(/^([0-9a-hjkmnp-tv-z]{5}-){4}[0-9a-hjkmnp-tv-z]{5}$/);
  expect(strengthOf(generatePassphrase()).level).toBe(3);
  for (const bad of ['', 'password', '12345678901234567890', 'aaaaaaaaaaaaaaaa']) expect(strengthOf(bad).level).toBe(0);
});

test('thousands are set apart by a thin space that does not break', () => {
  expect(grouped(5_000_000)).toBe('5\u202f000\u202f000');
});
