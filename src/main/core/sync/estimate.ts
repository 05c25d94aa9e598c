import type { RequestLimit } from '../jetty/client.ts';

/** What a run has done and has before it. Times in milliseconds. */
export type Course = {
  readonly now: number;
  readonly elapsed: number;
  /** Of that, waiting because the server asked for it or failed. */
  readonly waited: number;
  /** Requests that were answered with a page, and the entries on them. */
  readonly pages: number;
  readonly entries: number;
  readonly daysDone: number;
  readonly daysLeft: number;
  /** Entries still to come by the server's count, and how many it puts on a page; null where it does not count. */
  readonly expected: { readonly entries: number; readonly pageSize: number } | null;
  readonly limit: RequestLimit | null;
};

const MINUTE = 60_000;
// Pages are not full where a day ends: before anything is known, so much of a page counts.
const USUALLY_FILLED = 0.85;
const PAGES_TO_JUDGE_BY = 5;

/** Milliseconds until a run will be done; null while nobody can say. */
export function timeLeft(course: Course): number | null {
  const requests = requestsLeft(course);
  if (requests === null) return null;
  const { now, elapsed, waited, pages, limit } = course;
  if (limit === null) return pages < PAGES_TO_JUDGE_BY ? null : (requests * elapsed) / pages;
  // What the server allows comes in bursts: so many at once, then nothing until the minute is over.
  const each = pages === 0 ? 0 : Math.max(0, elapsed - waited) / pages;
  const beyond = Math.max(0, requests - limit.left);
  if (beyond === 0) return requests * each;
  const bursts = Math.ceil(beyond / limit.perMinute);
  const inLast = beyond - (bursts - 1) * limit.perMinute;
  return Math.max(0, limit.resetsAt - now) + (bursts - 1) * MINUTE + inLast * each;
}

/** Time as people say it: `about 4 min left`. */
export function leftInWords(ms: number | null): string {
  if (ms === null) return '';
  const minutes = Math.round(ms / MINUTE);
  if (minutes < 1) return 'less than a minute left';
  if (minutes < 90) return `about ${minutes} min left`;
  return `about ${Math.floor(minutes / 60)} h ${minutes % 60} min left`;
}

function requestsLeft({ pages, entries, daysDone, daysLeft, expected }: Course): number | null {
  if (daysLeft === 0) return 0;
  if (expected !== null) {
    const perPage = pages < PAGES_TO_JUDGE_BY ? expected.pageSize * USUALLY_FILLED : entries / pages;
    return Math.ceil(expected.entries / Math.max(1, perPage));
  }
  return daysDone === 0 ? null : Math.ceil((daysLeft * pages) / daysDone);
}
