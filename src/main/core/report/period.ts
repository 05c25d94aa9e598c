import type { Category } from '../../../shared/action.ts';
import { CATEGORIES } from '../../../shared/action.ts';
import { daysBetween, daysFromTo, endOfDay, startOfDay } from '../../../shared/instant.ts';
import type { ReportPeriod } from './model.ts';

/** The period of two calendar dates in a zone, both included. */
export function periodOf({ fromDay, toDay, zone }: Pick<ReportPeriod, 'fromDay' | 'toDay' | 'zone'>): ReportPeriod {
  const fromMs = startOfDay(fromDay, zone);
  const toMs = endOfDay(toDay, zone) - 1;
  return { fromDay, toDay, zone, fromMs, toMs, days: daysBetween(fromDay, toDay) + 1 };
}

function noCounts(): Record<Category, number> {
  return Object.fromEntries(CATEGORIES.map((category) => [category, 0])) as Record<Category, number>;
}

/** Counts entries by calendar day and category; they come in order of time. */
export function dayCounter(period: ReportPeriod) {
  const days = daysFromTo(period.fromDay, period.toDay);
  const ends = days.map((day) => endOfDay(day, period.zone));
  const byDay = days.map(() => noCounts());
  const total = noCounts();
  let at = 0;
  return {
    add(ts: number, category: Category): void {
      // Rows come in order of time, so the day seldom moves, and then forward by one; crowded milliseconds may step back.
      while (at + 1 < ends.length && ts >= (ends[at] ?? 0)) at += 1;
      while (at > 0 && ts < (ends[at - 1] ?? 0)) at -= 1;
      const day = byDay[at];
      if (day) day[category] += 1;
      total[category] += 1;
    },
    total: () => total,
    byDay: () =>
      days.map((day, i) => {
        const byCategory = byDay[i] ?? noCounts();
        return { day, byCategory, total: CATEGORIES.reduce((sum, category) => sum + byCategory[category], 0) };
      }),
  };
}
