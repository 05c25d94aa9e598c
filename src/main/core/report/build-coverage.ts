import type { DayState } from '../../../shared/coverage.ts';
import { DAY_STATES } from '../../../shared/coverage.ts';
import { EVERYTHING } from '../../../shared/filter/filter.ts';
import { dayOf, endOfDay, startOfDay } from '../../../shared/instant.ts';
import type { ArchiveReader } from '../archive/reader.ts';
import { coverageOver } from '../sync/coverage-days.ts';
import type { ReportCoverage, ReportPeriod } from './model.ts';

/**
 * The ledger's UTC days that the period touches, none left out: as `logbook coverage` tells them at `now` (milliseconds UTC).
 * Their sum is set against a count over the same UTC days, so that ledger and entries are seen to agree or not.
 */
export function coverageOf(reader: ArchiveReader, period: ReportPeriod, now: number): ReportCoverage {
  const from = dayOf(period.fromMs, 'UTC');
  const to = dayOf(period.toMs, 'UTC');
  const days = coverageOver(reader, from, to, now);
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
