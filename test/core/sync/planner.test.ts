import { describe, expect, test } from 'vitest';
import { closerLooks } from '../../../src/main/core/sync/closer-look.ts';
import { edgeDays, GRACE_MS, isOver, nextDays, nextSize, planDays } from '../../../src/main/core/sync/planner.ts';
import { retentionEdge } from '../../../src/main/core/sync/retention.ts';
import type { DayCoverage, DayState } from '../../../src/shared/coverage.ts';
import { daysFromTo } from '../../../src/shared/instant.ts';

const NOW = Date.parse('2026-03-31T15:00:00Z');
const row = (day: string, state: DayState): DayCoverage => {
  return { day, state, served: null, stored: 0, checkedAt: null, note: null };
};
const question = { today: '2026-03-31', edge: '2026-03-27', reached: null, from: null, to: null, full: false };

describe('which days', () => {
  test('of a new archive: all from the edge to today, the oldest first', () => {
    expect(planDays({ ...question, ledger: [] })).toEqual({ ask: daysFromTo('2026-03-27', '2026-03-31'), lost: [] });
  });

  test('settled days are not asked again, partial, imported and unknown ones are, today always', () => {
    const ledger = [
      row('2026-03-27', 'complete'),
      row('2026-03-28', 'partial'),
      row('2026-03-29', 'imported'),
      row('2026-03-31', 'complete'),
    ];
    expect(planDays({ ...question, ledger }).ask).toEqual(['2026-03-28', '2026-03-29', '2026-03-30', '2026-03-31']);
    expect(planDays({ ...question, ledger, full: true }).ask).toEqual(daysFromTo('2026-03-27', '2026-03-31'));
  });

  test('what fell out of retention since the archive began is lost; partial and imported days stay what they are', () => {
    const ledger = [
      row('2026-03-01', 'imported'),
      row('2026-03-20', 'complete'),
      row('2026-03-21', 'partial'),
      row('2026-03-23', 'imported'),
      row('2026-03-24', 'pending'),
    ];
    expect(planDays({ ...question, ledger }).lost).toEqual(['2026-03-22', '2026-03-24', '2026-03-25', '2026-03-26']);
  });

  test('a range that is asked for bounds both ends, and never reaches into the future', () => {
    const asked = planDays({ ...question, ledger: [], from: '2026-03-28', to: '2026-03-29' }).ask;
    expect(asked).toEqual(['2026-03-28', '2026-03-29']);
    expect(planDays({ ...question, ledger: [], from: '2026-03-31', to: '2027-01-01' }).ask).toEqual(['2026-03-31']);
  });

  test('what an earlier run has looked through is not looked through again', () => {
    expect(planDays({ ...question, ledger: [], reached: '2026-03-30' }).ask).toEqual(['2026-03-30', '2026-03-31']);
  });
});

describe('windows', () => {
  const days = daysFromTo('2026-03-01', '2026-03-31');

  test('the retention edge, settled days and the present are never in one', () => {
    const at = (rest: string[], size = 28) => nextDays({ days: rest, now: NOW, edges: ['2026-03-01'], size });
    expect(at(days)).toEqual({ first: '2026-03-01', last: '2026-03-01' });
    expect(at(days.slice(1))).toEqual({ first: '2026-03-02', last: '2026-03-29' });
    expect(at(days.slice(29))).toEqual({ first: '2026-03-30', last: '2026-03-30' });
    expect(at(['2026-03-05', '2026-03-07'])).toEqual({ first: '2026-03-05', last: '2026-03-05' });
  });

  test('grow while days are sparse, and shrink at once', () => {
    expect(nextSize(1, 1, 0, 100)).toBe(2);
    expect(nextSize(28, 28, 0, 100)).toBe(28);
    expect(nextSize(8, 8, 800, 100)).toBe(1);
    expect(nextSize(4, 4, 40, 100)).toBe(7);
  });

  test('a day is over an hour after its end', () => {
    const end = Date.parse('2026-03-31T00:00:00Z');
    expect(isOver('2026-03-30', end + GRACE_MS - 1)).toBe(false);
    expect(isOver('2026-03-30', end + GRACE_MS)).toBe(true);
  });
});

describe('the retention edge', () => {
  test('is that of the plan, or older where older entries are served', () => {
    expect(edgeDays(NOW, 'harbor')).toEqual(['2026-03-01']);
    expect(retentionEdge(NOW, 'harbor', null, true).day).toBe('2026-03-01');
    expect(retentionEdge(NOW, 'harbor', Date.parse('2026-02-20T00:00:00Z'), true).day).toBe('2026-02-20');
    expect(retentionEdge(NOW, 'harbor', Date.parse('2026-03-20T00:00:00Z'), true).day).toBe('2026-03-01');
  });

  test('without a plan is the oldest entry served; later also what every plan keeps', () => {
    const served = Date.parse('2026-03-20T00:00:00Z');
    expect(retentionEdge(NOW, null, served, true)).toEqual({ day: '2026-03-20', certain: true });
    expect(retentionEdge(NOW, null, served, false)).toEqual({ day: '2026-03-01', certain: true });
    expect(retentionEdge(NOW, null, 'unknown', true)).toEqual({ day: '2025-03-31', certain: false });
    expect(retentionEdge(NOW, null, 'empty', true).day).toBe('2026-03-31');
  });
});

test('a closer look puts the cut well inside a page', () => {
  for (const position of [100, 200, 4_900]) {
    for (const { page, perPage } of closerLooks({ position, second: 0 }, 100, 3)) {
      const start = (page - 1) * perPage;
      expect(position - start).toBeGreaterThan(10);
      expect(start + perPage - position).toBeGreaterThan(10);
    }
  }
});
