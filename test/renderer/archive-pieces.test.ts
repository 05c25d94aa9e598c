import { describe, expect, it } from 'vitest';
import {
  dayByKey,
  edgePath,
  fitsRecent,
  RECENT_WEEKS,
  spansOf,
  stripOf,
  yearsOf,
} from '../../src/renderer/features/archive/calendar-layout.ts';
import {
  explainDay,
  keepingWords,
  runsOfDays,
  spanWords,
  untilWords,
} from '../../src/renderer/features/archive/day-words.ts';
import type { DayCoverage, DayState } from '../../src/shared/coverage.ts';
import { addDays, daysFromTo } from '../../src/shared/instant.ts';

const day = (name: string, state: DayState = 'complete', more: Partial<DayCoverage> = {}): DayCoverage => ({
  day: name,
  state,
  served: 5,
  stored: 5,
  checkedAt: null,
  note: null,
  ...more,
});

describe('weeks side by side', () => {
  it('every day once, Monday on top, weeks to the right', () => {
    const strip = stripOf('2025-09-06', '2026-10-15', [day('2026-02-14', 'lost')]);
    expect(strip.cells).toHaveLength(daysFromTo('2025-09-06', '2026-10-15').length);
    expect(strip.cells[0]).toMatchObject({ day: '2025-09-06', column: 0, row: 5 });
    expect(strip.cells.find((cell) => cell.day === '2025-09-08')).toMatchObject({ column: 1, row: 0 });
    expect(strip.cells.at(-1)).toMatchObject({ day: '2026-10-15', row: 3, column: strip.columns - 1 });
    expect(strip.cells.find((cell) => cell.day === '2026-02-14')?.known?.state).toBe('lost');
    expect(new Set(strip.cells.map((cell) => `${cell.column} ${cell.row}`)).size).toBe(strip.cells.length);
  });

  it('names months where they begin, and years where they change; an end of a month has no room', () => {
    const { months } = stripOf('2025-10-28', '2026-02-10', []);
    expect(months.map((one) => one.text)).toEqual(['Nov ’25', 'Dec', 'Jan ’26', 'Feb']);
  });

  it('draws the edge between the day before and the day itself', () => {
    const strip = stripOf('2026-07-06', '2026-07-31', []);
    // A Friday of the second week: over its column from there down, over the next one above it.
    expect(edgePath(strip, '2026-07-17')).toBe('M2 0V4H1V7');
    expect(edgePath(strip, '2026-07-20')).toBe('M2 0V7');
    expect(edgePath(strip, '2026-07-06')).toBeNull();
    expect(edgePath(strip, '2026-09-01')).toBeNull();
  });
});

describe('what is shown', () => {
  const whole = { first: '2023-05-01', last: '2026-10-15' };
  it('fourteen months at first, a year or all of them when asked', () => {
    const [recent] = spansOf('recent', whole, []);
    expect(recent?.last).toBe('2026-10-15');
    expect(stripOf(recent?.first ?? '', recent?.last ?? '', []).columns).toBe(RECENT_WEEKS);
    expect(spansOf('2024', whole, ['2026', '2024'])).toEqual([{ first: '2024-01-01', last: '2024-12-31' }]);
    expect(spansOf('all', whole, ['2026', '2024'])).toHaveLength(2);
    expect(fitsRecent(whole)).toBe(false);
    expect(fitsRecent({ first: '2025-09-06', last: '2026-10-15' })).toBe(true);
  });

  it('years that have a day, and this one', () => {
    expect(yearsOf([day('2014-11-30'), day('2024-01-01'), day('2024-05-01')], '2026-10-15')).toEqual([
      '2026',
      '2024',
      '2014',
    ]);
  });

  it('keys move by day, week and four weeks, and stop at the ends', () => {
    const spans = [{ first: '2026-01-01', last: '2026-10-15' }];
    expect(dayByKey('ArrowLeft', '2026-10-15', spans)).toBe('2026-10-08');
    expect(dayByKey('ArrowUp', '2026-10-15', spans)).toBe('2026-10-14');
    expect(dayByKey('ArrowRight', '2026-10-15', spans)).toBe('2026-10-15');
    expect(dayByKey('PageUp', '2026-01-05', spans)).toBe('2026-01-01');
    expect(dayByKey('Home', '2026-05-05', spans)).toBe('2026-01-01');
    expect(dayByKey('End', '2026-05-05', spans)).toBe('2026-10-15');
    expect(dayByKey('x', '2026-05-05', spans)).toBeNull();
  });

  it('keys step over years that are not there', () => {
    const spans = [
      { first: '2026-01-01', last: '2026-12-31' },
      { first: '2014-01-01', last: '2014-12-31' },
    ];
    expect(dayByKey('ArrowUp', '2026-01-01', spans)).toBe('2014-12-31');
    expect(dayByKey('ArrowRight', '2014-12-28', spans)).toBe('2026-01-01');
  });
});

describe('a day in words', () => {
  const NOW = Date.parse('2026-10-15T20:00:00Z');
  const keeping = { keeps: 90, byPlan: true, now: NOW };
  const today = '2026-10-15';

  it('says why', () => {
    expect(explainDay('2026-09-01', day('2026-09-01'), today).join(' ')).toContain('Every entry Jetty served');
    expect(explainDay('2026-09-01', day('2026-09-01', 'complete', { stored: 7 }), today).join(' ')).toContain(
      '2 entries more came from files',
    );
    expect(explainDay('2026-09-01', day('2026-09-01', 'partial', { note: 'It broke off.' }), today)).toEqual([
      'It broke off.',
    ]);
    expect(explainDay('2026-02-14', day('2026-02-14', 'lost'), today).join(' ')).toContain('cannot be had');
    expect(explainDay('2026-11-01', null, today)).toEqual(['This day has not come yet.']);
    expect(explainDay('2020-01-01', null, today).join(' ')).toContain('no record');
  });

  it('says where else it lies, and until when', () => {
    expect(keepingWords('2026-01-01', day('2026-01-01'), keeping, 'UTC')).toBe('It exists only here.');
    expect(keepingWords('2026-01-01', day('2026-01-01', 'lost'), keeping, 'UTC')).toBeNull();
    expect(keepingWords('2026-09-01', day('2026-09-01'), keeping, 'UTC')).toBe('Jetty has it until 30 Nov 2026.');
    expect(keepingWords('2026-07-17', day('2026-07-17'), keeping, 'UTC')).toBe(
      'Jetty is dropping it; the last of it goes in 4 h.',
    );
    expect(keepingWords('2026-01-01', day('2026-01-01'), { ...keeping, byPlan: false }, 'UTC')).toContain('may exist');
  });

  it('says how long until, in a unit one can act on', () => {
    const words = [30_000, 25 * 60_000, 119 * 60_000, 4 * 3_600_000, 47 * 3_600_000, 72 * 3_600_000].map(untilWords);
    expect(words).toEqual(['less than a minute', '25 min', '119 min', '4 h', '47 h', '3 days']);
  });

  it('gathers days in a row, but not over a gap, nor with another reason', () => {
    const days = ['2026-01-01', '2026-01-02', '2026-01-04'].map((name) => day(name));
    const runs = runsOfDays([...days, day('2026-01-05', 'complete', { note: 'x' })]);
    expect(runs.map((run) => [run.first, run.last, run.days, run.stored])).toEqual([
      ['2026-01-01', '2026-01-02', 2, 10],
      ['2026-01-04', '2026-01-04', 1, 5],
      ['2026-01-05', '2026-01-05', 1, 5],
    ]);
    expect(spanWords('2026-02-14', '2026-02-15')).toBe('14–15 Feb 2026');
    expect(spanWords('2026-02-14', addDays('2026-02-14', 60))).toBe('14 Feb 2026 – 15 Apr 2026');
  });
});
