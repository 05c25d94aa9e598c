import type { DayCoverage, DayState, JettyPlan } from '../../../shared/coverage.ts';
import { addDays, daysFromTo, endOfDay, startOfDay } from '../../../shared/instant.ts';
import { isCut } from './day-ledger.ts';
import { isOver } from './planner.ts';
import { utcDay } from './window.ts';

/**
 * The oldest day the server still has that is not here whole. `begins` and `gone` (ms UTC) are when its first and its
 * last instant fall out of retention; `days` counts all such days before today.
 */
export type AtRisk = {
  readonly day: string;
  readonly state: DayState;
  readonly begins: number;
  readonly gone: number;
  readonly days: number;
};

const DAY_MS = 86_400_000;

/** Finds the day that will be lost next unless it is fetched; null where every finished day is here. */
export function oldestAtRisk(question: {
  readonly ledger: readonly DayCoverage[];
  /** Days of log the server keeps. */
  readonly keeps: number;
  readonly plan: JettyPlan | null;
  /** The day down to which a sync has looked, nothing before it being served; null before such a sync. */
  readonly reached: string | null;
  readonly now: number;
}): AtRisk | null {
  const { ledger, keeps, plan, reached, now } = question;
  const edge = utcDay(now - keeps * DAY_MS);
  const rows = new Map(ledger.map((row) => [row.day, row]));
  const first = reached !== null && reached > edge ? reached : edge;
  const open = daysFromTo(first, addDays(utcDay(now), -1)).filter((day) => isOpen(day, rows.get(day), plan));
  const day = open[0];
  if (day === undefined) return null;
  return {
    day,
    state: rows.get(day)?.state ?? 'pending',
    begins: startOfDay(day, 'UTC') + keeps * DAY_MS,
    gone: endOfDay(day, 'UTC') + keeps * DAY_MS,
    days: open.length,
  };
}

function isOpen(day: string, row: DayCoverage | undefined, plan: JettyPlan | null): boolean {
  if (row === undefined || row.state === 'pending') return true;
  if (row.state !== 'partial' || row.checkedAt === null) return false;
  const checked = Date.parse(row.checkedAt);
  // Read after it was over, with the edge already within it: asking again brings nothing that was not there then.
  return !(row.served !== null && isOver(day, checked) && isCut(day, checked, { plan, edge: day }));
}
