import type { DayState } from '../../../shared/coverage.ts';
import { DAY_STATES } from '../../../shared/coverage.ts';
import { EVERYTHING } from '../../../shared/filter/filter.ts';
import { dayOf, daysFromTo, endOfDay, startOfDay } from '../../../shared/instant.ts';
import type { ArchiveReader } from '../archive/reader.ts';
import type { ReportCoverage, ReportDay, ReportPeriod } from './model.ts';

/**
 * The ledger's UTC days that the period touches, none left out: a day the ledger does not know is pending. Its sum is
 * set against a count over the same UTC days, so that ledger and entries are seen to agree or not.
 */
export function coverageOf(reader: ArchiveReader, period: ReportPeriod): ReportCoverage {
  const from = dayOf(period.fromMs, 'UTC');
  const to = dayOf(period.toMs, 'UTC');
  const known = new Map(reader.coverage(from, to).map((day) => [day.day, day]));
  const days = daysFromTo(from, to).map(
    (day): ReportDay =>
      known.get(day) ?? { day, state: 'pending', served: null, stored: 0, checkedAt: null, note: null },
  );
  const states = Object.fromEntries(DAY_STATES.map((state) => [state, 0])) as Record<DayState, number>;
  for (const day of days) states[day.state] += 1;
  const checks = days.flatMap((day) => (day.checkedAt === null ? [] : [day.checkedAt])).sort();
  return {
    days,
    states,
    ledgerTotal: days.reduce((sum, day) => sum + day.stored, 0),
    countedTotal: reader.count({
      filter: EVERYTHING,
      fromMs: startOfDay(from, 'UTC'),
      toMs: endOfDay(to, 'UTC') - 1,
    }),
    checkedFrom: checks[0] ?? null,
    checkedTo: checks.at(-1) ?? null,
  };
}
