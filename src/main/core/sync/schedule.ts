import type { Schedule } from '../../../shared/schedule.ts';

/** A first sync right after another would only trouble the server: so long (ms) an archive counts as fresh. */
export const FRESH_MS = 5 * 60_000;
/** How long (ms) a sync that failed for a passing reason waits for the next try. */
export const RETRY_MS = 15 * 60_000;

const HOUR_MS = 3_600_000;

/** What is known of an archive's syncs; instants in ms UTC. */
export type SyncPast = {
  /** Since when the archive has been open. */
  readonly opened: number;
  /** When the last sync ended, by whomever it was started; null before the first. */
  readonly lastEnd: number | null;
  /** Whether that one failed for a reason that may have passed, such as a network that was down. */
  readonly lastFailed: boolean;
  /** When the machine last woke, and when a sync was last broken off by locking; null where a sync has ended since. */
  readonly woke: number | null;
  readonly interrupted: number | null;
};

/** When the next sync is due by itself, in ms UTC (it may have passed); null where none is. */
export function nextSync(schedule: Schedule, past: SyncPast): number | null {
  const { opened, lastEnd, woke, interrupted } = past;
  const stale = (at: number): boolean => lastEnd === null || at - lastEnd >= FRESH_MS;
  const due: number[] = [];
  if (schedule.onOpen && stale(opened)) due.push(opened);
  if (schedule.onWake && woke !== null && stale(woke)) due.push(Math.max(opened, woke));
  if (scheduled(schedule) && interrupted !== null) due.push(opened);
  if (schedule.everyHours > 0) {
    due.push(lastEnd === null ? opened : lastEnd + schedule.everyHours * HOUR_MS);
    if (past.lastFailed && lastEnd !== null) due.push(lastEnd + RETRY_MS);
  }
  return due.length === 0 ? null : Math.min(...due);
}

/** Whether anything at all is to happen without being asked. */
export function scheduled(schedule: Schedule): boolean {
  return schedule.onOpen || schedule.onWake || schedule.everyHours > 0;
}

/** What a notification is about; of each, one a day at most. */
export type Cause = 'at_risk' | 'failed';

/**
 * Remembers what was announced on which day, so that one cause is announced once a day. `log` is its own text from
 * before, by archive and cause; the answer is null where enough was said.
 */
export function announceOnce(
  log: Readonly<Record<string, string>>,
  archiveId: string,
  cause: Cause,
  today: string,
): Readonly<Record<string, string>> | null {
  const key = `${archiveId} ${cause}`;
  if (log[key] === today) return null;
  // Yesterday's are of no use any more.
  const kept = Object.entries(log).filter(([, day]) => day === today);
  return { ...Object.fromEntries(kept), [key]: today };
}
