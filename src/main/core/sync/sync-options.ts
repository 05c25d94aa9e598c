import type { JettyPlan } from '../../../shared/coverage.ts';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import { isDay } from '../../../shared/instant.ts';
import type { ArchiveWriter } from '../archive/writer.ts';
import type { JettyClient } from '../jetty/client.ts';
import type { Clock, OnProgress } from '../ports.ts';

export type SyncOptions = {
  readonly writer: ArchiveWriter;
  readonly client: JettyClient;
  readonly clock: Clock;
  /** UTC dates `YYYY-MM-DD`, both included; by default from the retention edge to today. */
  readonly from?: string;
  readonly to?: string;
  /** How long the server keeps the log; by default what the archive knows of it. */
  readonly plan?: JettyPlan;
  /** Ask settled days again. */
  readonly full?: boolean;
  /** Ask settled days again and tell what is stored and no longer served. */
  readonly reconcile?: boolean;
  readonly perPage?: number;
  readonly onProgress?: OnProgress;
  readonly signal?: AbortSignal;
};

/** Whether the range that was asked is one; `bad_input` where it is not. */
export function checkRange({ from, to }: Pick<SyncOptions, 'from' | 'to'>): Result<void> {
  for (const day of [from, to]) {
    if (day !== undefined && !isDay(day)) {
      return fail('bad_input', `“${day}” is not a date.`, 'Write dates as YYYY-MM-DD.');
    }
  }
  if (from !== undefined && to !== undefined && from > to) {
    return fail('bad_input', `The range from ${from} to ${to} is empty.`, 'Give the earlier date first.');
  }
  return ok(undefined);
}
