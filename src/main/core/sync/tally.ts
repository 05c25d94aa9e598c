import type { ArchiveWriter, IngestCount } from '../archive/writer.ts';
import type { JettyClient } from '../jetty/client.ts';
import type { Clock, OnProgress } from '../ports.ts';
import { timeLeft } from './estimate.ts';
import { progressWords, type RunSoFar } from './progress-words.ts';

/**
 * What a sync did, as `logbook sync --json` prints it. Entries are counted as they arrived, `days` over the range that
 * was asked, `oldest` and `newest` (ISO instants) over the whole archive. `complete`: every day asked was proven whole,
 * or is not over and was read without a gap.
 */
export type SyncResult = {
  readonly requests: number;
  readonly fetched: number;
  readonly inserted: number;
  readonly duplicates: number;
  readonly changed: number;
  readonly rejected: number;
  readonly retries: number;
  /** Entries that are stored and were found to be no longer served, by a run that looked for them. */
  readonly vanished: number;
  readonly days: { readonly complete: number; readonly partial: number; readonly lost: number };
  readonly oldest: string | null;
  readonly newest: string | null;
  readonly complete: boolean;
};

export type Tally = {
  /** Told of every commit: pages and entries that came, and what became of them. */
  readonly stored: (pages: number, fetched: number, count: IngestCount) => void;
  vanished(entries: number): void;
  /** The range of days this run is about. */
  range(firstAsked: string | null, from: string | null, to: string): void;
  progress(daysDone: number, daysTotal: number): void;
  /** By the server's count so many entries are still to come; `again` where those that are stored count, too. */
  expect(entries: number, pageSize: number, again: boolean): void;
  waiting(ms: number, why: string): void;
  fetchedNothing(): boolean;
  result(complete: boolean): SyncResult;
};

/** Counts a run and reports its progress. */
export function createTally(tools: {
  readonly writer: ArchiveWriter;
  readonly client: JettyClient;
  readonly clock: Clock;
  readonly onProgress?: OnProgress;
}): Tally {
  const { writer, client, clock, onProgress } = tools;
  const start = client.stats();
  const sums = { fetched: 0, inserted: 0, duplicates: 0, changed: 0, rejected: 0 };
  let answers = 0;
  let vanished = 0;
  let range: { from: string; to: string } | null = null;
  let done = 0;
  let total: number | null = null;
  const startedAt = clock.now();
  let waited = 0;
  let toCome: { readonly pageSize: number; left(): number } | null = null;
  const estimate = (): number | null => {
    if (total === null) return null;
    const now = clock.now();
    const expected = toCome && { pageSize: toCome.pageSize, entries: Math.max(0, toCome.left()) };
    const { limit } = client.stats();
    const course = { now, elapsed: now - startedAt, waited, pages: answers, entries: sums.fetched, limit };
    return timeLeft({ ...course, daysDone: done, daysLeft: total - done, expected });
  };
  const report = (waiting: RunSoFar['waiting'] = null) => {
    if (onProgress === undefined) return;
    const { fetched, inserted } = sums;
    const note = progressWords({ daysDone: done, daysTotal: total, fetched, inserted, left: estimate(), waiting });
    onProgress({ done, total, note });
  };

  return {
    stored(pages, fetched, count) {
      answers += pages;
      sums.fetched += fetched;
      sums.inserted += count.inserted;
      sums.duplicates += count.duplicates;
      sums.changed += count.changed;
      sums.rejected += count.unreadable;
      report();
    },
    vanished(entries) {
      vanished += entries;
    },
    range(firstAsked, from, to) {
      const first =
        from ?? writer.coverage('1970-01-01', to).find((day) => day.state !== 'imported')?.day ?? firstAsked;
      const start = firstAsked !== null && (first === null || firstAsked < first) ? firstAsked : first;
      range = start === null ? null : { from: start, to };
    },
    progress(daysDone, daysTotal) {
      done = daysDone;
      total = daysTotal;
      report();
    },
    expect(entries, pageSize, again) {
      const count = () => (again ? sums.fetched : sums.inserted);
      const before = count();
      toCome = { pageSize, left: () => entries - (count() - before) };
    },
    waiting(ms, why) {
      waited += ms;
      if (ms >= 1_000) report({ ms, why });
    },
    fetchedNothing: () => answers === 0,
    result(complete) {
      const { requests, retries } = client.stats();
      const days = { complete: 0, partial: 0, lost: 0 };
      for (const { state } of range === null ? [] : writer.coverage(range.from, range.to)) {
        if (state === 'complete' || state === 'partial' || state === 'lost') days[state]++;
      }
      const { oldest, newest } = writer.info();
      return {
        requests: requests - start.requests,
        ...sums,
        retries: retries - start.retries,
        vanished,
        days,
        oldest: oldest === null ? null : new Date(oldest).toISOString(),
        newest: newest === null ? null : new Date(newest).toISOString(),
        complete,
      };
    },
  };
}
