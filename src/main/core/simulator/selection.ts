import { setImmediate as turn } from 'node:timers/promises';
import { byAge, type DayEntry } from './draft.ts';
import type { Organisation } from './organisation.ts';
import type { LogQuery } from './request.ts';

/**
 * What of the log is served at a moment: instants (milliseconds UTC, both included) between which entries are in
 * retention, and what has become of single entries. The functions are null where nothing out of the ordinary happens.
 */
export type View = {
  readonly from: number;
  readonly to: number;
  /** How long after its instant an entry is first served, in milliseconds. */
  readonly delay: ((entry: DayEntry) => number) | null;
  readonly alter: ((entry: DayEntry) => DayEntry | null) | null;
  /** Decides the order of entries of one second. */
  readonly tie: ((id: string) => number) | null;
};

/** A page of a selection, newest first, and how much the selection holds in all. */
export type Selection = { readonly total: number; readonly entries: readonly DayEntry[] };

const DAY_MS = 86_400_000;

/** What is in retention at an instant: an edge that moves, and an end that is the present. */
export function servedAt(now: number, retentionDays: number): View {
  return { from: now - retentionDays * DAY_MS, to: now, delay: null, alter: null, tie: null };
}

/** The entries of a day that are served, oldest first, as they are now. */
export function servedOfDay(log: Organisation, view: View, day: number): readonly DayEntry[] {
  if (log.endOf(day) < view.from || log.startOf(day) > view.to) return [];
  const { from, to, delay, alter, tie } = view;
  const inTime = log.entriesOfDay(day).filter((e) => e.ts >= from && e.ts + (delay?.(e) ?? 0) <= to);
  const altered = alter === null ? inTime : inTime.map(alter).filter((entry) => entry !== null);
  return tie === null ? altered : shuffled(altered, tie);
}

/** Whether what is served of a day is all of it, so that it can be counted without being made. */
export function isWhole(log: Organisation, view: View, day: number): boolean {
  return view.delay === null && view.alter === null && log.startOf(day) >= view.from && log.endOf(day) <= view.to;
}

/**
 * Picks a page. Without filters a whole day is counted, not made; only days cut by the edge of retention or by the
 * present, and those that hold the page, are looked into.
 */
export async function select(log: Organisation, view: View, query: LogQuery): Promise<Selection> {
  const wanted = matcher(query);
  const first = Math.max(0, log.dayOf(view.from), query.from === null ? 0 : dayOfDate(log, query.from));
  const last = Math.min(log.days - 1, log.dayOf(view.to), query.to === null ? log.days : dayOfDate(log, query.to));
  const matching = (day: number) => {
    const served = servedOfDay(log, view, day);
    return wanted === null ? served : served.filter(wanted);
  };

  const skip = (query.page - 1) * query.perPage;
  const entries: DayEntry[] = [];
  let total = 0;
  for (let day = last; day >= first; day--) {
    const countable = wanted === null && isWhole(log, view, day);
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

function shuffled(entries: readonly DayEntry[], tie: (id: string) => number): DayEntry[] {
  const second = (entry: DayEntry) => Math.floor(entry.ts / 1000);
  const keyed = entries.map((entry) => ({ entry, lot: tie(entry.id) }));
  keyed.sort((a, b) => second(a.entry) - second(b.entry) || a.lot - b.lot || byAge(a.entry, b.entry));
  return keyed.map(({ entry }) => entry);
}

function matcher(query: LogQuery): ((entry: DayEntry) => boolean) | null {
  const { action, actorId } = query;
  if (action === null && actorId === null) return null;
  return (entry) => (action === null || entry.action === action) && (actorId === null || entry.actorId === actorId);
}

function dayOfDate(log: Organisation, date: string): number {
  return log.dayOf(Date.parse(`${date}T00:00:00Z`));
}
