import { addDays } from '../../../shared/instant.ts';
import type { Cadence } from '../../../shared/review.ts';

/** First day of the unit of a calendar that a day lies in. Weeks begin on Monday (ISO 8601). */
export function unitStart(day: string, cadence: Cadence): string {
  const date = new Date(`${day}T00:00:00Z`);
  switch (cadence) {
    case 'day':
      return day;
    case 'week':
      return addDays(day, -((date.getUTCDay() + 6) % 7));
    case 'month':
      return `${day.slice(0, 7)}-01`;
    case 'quarter': {
      const month = Math.floor(date.getUTCMonth() / 3) * 3 + 1;
      return `${day.slice(0, 4)}-${String(month).padStart(2, '0')}-01`;
    }
  }
}

/** First day of the unit after the one that a day lies in. */
export function nextUnit(day: string, cadence: Cadence): string {
  const start = unitStart(day, cadence);
  const longest = { day: 1, week: 7, month: 31, quarter: 92 }[cadence];
  // No unit is longer, and none is so short that this would leap over one.
  return unitStart(addDays(start, longest), cadence);
}

/** First day of the unit before the one that a day lies in. */
export function unitBefore(day: string, cadence: Cadence): string {
  return unitStart(addDays(unitStart(day, cadence), -1), cadence);
}
