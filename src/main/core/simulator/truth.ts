import type { Organisation } from './organisation.ts';
import type { Served } from './selection.ts';

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

export function truthOf(log: Organisation, served: Served, retentionDays: number): Truth {
  const days = Array.from({ length: log.days }, (_, day) => ({
    day: log.dateOf(day),
    count: log.countOfDay(day),
    served: servedOfDay(log, served, day),
  }));
  const instants = (day: number) => servedEntries(log, served, day).map((entry) => entry.ts);
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
      served: story.first >= served.from && story.last <= served.to,
    })),
    left_out: log.leftOut(),
  };
}

/** Every entry as NDJSON, oldest first, a day at a time; with `served` only what is served at this moment. */
export function* truthLines(log: Organisation, served: Served | null): IterableIterator<Buffer> {
  for (let day = 0; day < log.days; day++) {
    const entries = served === null ? log.entriesOfDay(day) : servedEntries(log, served, day);
    if (entries.length > 0) yield Buffer.concat(entries.flatMap((entry) => [entry.raw, NEWLINE]));
  }
}

// Only a day that the edge of retention or the present cuts through has to be looked into.
function servedOfDay(log: Organisation, served: Served, day: number): number {
  const [first, last] = [log.startOf(day), log.endOf(day)];
  if (last < served.from || first > served.to) return 0;
  if (first >= served.from && last <= served.to) return log.countOfDay(day);
  return servedEntries(log, served, day).length;
}

function servedEntries(log: Organisation, served: Served, day: number) {
  if (log.endOf(day) < served.from || log.startOf(day) > served.to) return [];
  return log.entriesOfDay(day).filter((entry) => entry.ts >= served.from && entry.ts <= served.to);
}

function iso(ts: number): string {
  return new Date(ts).toISOString();
}

const NEWLINE = Buffer.from('\n');
