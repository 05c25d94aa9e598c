import { addDays } from '../../../shared/instant.ts';
import type { LedgerChange } from '../archive/writer.ts';
import { type DayContext, isCut, settledDays, vanishedDays } from './day-ledger.ts';
import type { Evidence, Nature } from './evidence.ts';
import { isOver } from './planner.ts';
import { surelyKept } from './scope.ts';
import { type DayWindow, daysOf } from './window.ts';

/** What a window is like for a walk that began at an instant (ms UTC): whether its entries still come, or go. */
export function natureOf(window: DayWindow, startedAt: number, context: DayContext): Nature {
  const nearby = [window.first, addDays(window.first, -1)];
  const ofNextDay = { ...context, edge: addDays(context.edge, 1) };
  return {
    moving: window.from === null || !isOver(window.last, startedAt),
    expiring: window.from === null || nearby.some((day) => isCut(day, startedAt, ofNextDay)),
  };
}

/** What a proven window says of its days, and of which of them it surely speaks. */
export type Settled = { readonly changes: readonly LedgerChange[]; readonly sure: readonly string[] };

/**
 * What a proven window says of those of its days that are `queued`. Where the edge is not known, empty days before the
 * first entry may be days that expired; only within the shortest retention there is are they surely empty.
 */
export function settle(
  window: DayWindow,
  evidence: Evidence,
  queued: readonly string[],
  edgeIsCertain: boolean,
  context: DayContext,
): Settled {
  const wanted = new Set(queued);
  const days = daysOf(window).filter((day) => wanted.has(day));
  const surely = surelyKept(context.now);
  const served = days.find((day) => (evidence.perDay.get(day) ?? 0) > 0);
  const doubtful = edgeIsCertain ? [] : days.filter((day) => day < (served ?? surely) && day < surely);
  const sure = days.slice(doubtful.length);
  return { changes: [...vanishedDays(doubtful, context), ...settledDays(sure, evidence, context)], sure };
}

/** The days that are over and whole upstream, so that whatever a proven walk did not see of them is gone. */
export function comparable(days: readonly string[], evidence: Evidence, context: DayContext): string[] {
  return days.filter((day) => isOver(day, evidence.startedAt) && !isCut(day, evidence.startedAt, context));
}
