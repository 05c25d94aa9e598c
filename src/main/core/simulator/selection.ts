import { setImmediate as turn } from 'node:timers/promises';
import type { DayEntry } from './draft.ts';
import type { Organisation } from './organisation.ts';
import type { LogQuery } from './request.ts';

/** Instants (milliseconds UTC, both included) between which entries are served at a moment. */
export type Served = { readonly from: number; readonly to: number };

/** A page of a selection, newest first, and how much the selection holds in all. */
export type Selection = { readonly total: number; readonly entries: readonly DayEntry[] };

const DAY_MS = 86_400_000;

/** What is in retention at an instant: an edge that moves, and an end that is the present. */
export function servedAt(now: number, retentionDays: number): Served {
  return { from: now - retentionDays * DAY_MS, to: now };
}

/**
 * Picks a page. Without filters a whole day is counted, not made; only days cut by the edge of retention or by the
 * present, and those that hold the page, are looked into.
 */
export async function select(log: Organisation, served: Served, query: LogQuery): Promise<Selection> {
  const wanted = matcher(query);
  const first = Math.max(0, log.dayOf(served.from), query.from === null ? 0 : dayOfDate(log, query.from));
  const last = Math.min(log.days - 1, log.dayOf(served.to), query.to === null ? log.days : dayOfDate(log, query.to));
  const matching = (day: number) =>
    log.entriesOfDay(day).filter((e) => e.ts >= served.from && e.ts <= served.to && (wanted?.(e) ?? true));
  const whole = (day: number) => log.startOf(day) >= served.from && log.endOf(day) <= served.to;

  const skip = (query.page - 1) * query.perPage;
  const entries: DayEntry[] = [];
  let total = 0;
  for (let day = last; day >= first; day--) {
    const countable = wanted === null && whole(day);
    const inDay = countable ? null : matching(day);
    const count = inDay?.length ?? log.countOfDay(day);
    const start = skip + entries.length - total;
    if (entries.length < query.perPage && start < count) {
      const newestFirst = (inDay ?? matching(day)).toReversed();
      entries.push(...newestFirst.slice(start, start + query.perPage - entries.length));
    }
    total += count;
    // A filter looks into every day of the range: others must get a word in.
    if (inDay !== null) await turn();
  }
  return { total, entries };
}

function matcher(query: LogQuery): ((entry: DayEntry) => boolean) | null {
  const { action, actorId } = query;
  if (action === null && actorId === null) return null;
  return (entry) => (action === null || entry.action === action) && (actorId === null || entry.actorId === actorId);
}

function dayOfDate(log: Organisation, date: string): number {
  return log.dayOf(Date.parse(`${date}T00:00:00Z`));
}
