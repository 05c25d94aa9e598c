import type { DayEntry } from './draft.ts';
import type { Organisation } from './organisation.ts';
import { isWhole, servedOfDay, type View } from './selection.ts';

/** What the simulator knows and a client has to find out. `total` is all there ever was, `served` what is in retention. */
export type Truth = {
  readonly total: number;
  readonly served: number;
  /** ISO instants of what is served; null when nothing is. */
  readonly oldest: string | null;
  readonly newest: string | null;
  readonly retention_days: number;
  readonly days: readonly { readonly day: string; readonly count: number; readonly served: number }[];
  readonly stories: readonly TrueStory[];
  readonly left_out: readonly { readonly name: string; readonly reason: string }[];
};

export type TrueStory = {
  readonly name: string;
  readonly title: string;
  readonly entry_ids: readonly string[];
  /** Connected entries that are the answer to the incident, not the incident. */
  readonly aftermath_ids: readonly string[];
  readonly first: string;
  readonly last: string;
  /** Whether all of `entry_ids` is served at this moment. */
  readonly served: boolean;
};

export function truthOf(log: Organisation, view: View, retentionDays: number): Truth {
  const days = Array.from({ length: log.days }, (_, day) => ({
    day: log.dateOf(day),
    count: log.countOfDay(day),
    served: countServed(log, view, day),
  }));
  const instants = (day: number) => servedOfDay(log, view, day).map((entry) => entry.ts);
  const firstDay = days.findIndex((day) => day.served > 0);
  const lastDay = days.findLastIndex((day) => day.served > 0);
  return {
    total: log.total,
    served: days.reduce((sum, day) => sum + day.served, 0),
    oldest: firstDay < 0 ? null : iso(instants(firstDay)[0]!),
    newest: lastDay < 0 ? null : iso(instants(lastDay).at(-1)!),
    retention_days: retentionDays,
    days,
    stories: log.stories().map((story) => ({
      name: story.name,
      title: story.title,
      entry_ids: story.entryIds,
      aftermath_ids: story.aftermathIds,
      first: iso(story.first),
      last: iso(story.last),
      served: story.first >= view.from && story.last <= view.to,
    })),
    left_out: log.leftOut(),
  };
}

/** Every entry as NDJSON, oldest first, a day at a time; with `served` only what is served at this moment. */
export function* truthLines(log: Organisation, view: View | null): IterableIterator<Buffer> {
  for (let day = 0; day < log.days; day++) {
    const entries = view === null ? log.entriesOfDay(day) : servedOfDay(log, view, day);
    if (entries.length > 0) yield Buffer.concat(entries.flatMap((entry) => [entry.raw, NEWLINE]));
  }
}

/** Entries that were served at some moment between two instants (milliseconds UTC), oldest first. */
export function* servedBetween(log: Organisation, during: View, retentionDays: number): IterableIterator<DayEntry> {
  const { from, to, delay } = during;
  const kept = retentionDays * 86_400_000;
  for (let day = 0; day < log.days; day++) {
    for (const entry of log.entriesOfDay(day)) {
      const begins = Math.max(from, entry.ts + (delay?.(entry) ?? 0));
      if (begins <= Math.min(to, entry.ts + kept)) yield entry;
    }
  }
}

// Only a day that is not served whole has to be looked into.
function countServed(log: Organisation, view: View, day: number): number {
  return isWhole(log, view, day) ? log.countOfDay(day) : servedOfDay(log, view, day).length;
}

function iso(ts: number): string {
  return new Date(ts).toISOString();
}

const NEWLINE = Buffer.from('\n');
