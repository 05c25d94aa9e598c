import { z } from 'zod';
import { ERROR_CODES, type Failure, type Result } from '../../../shared/errors.ts';
import type { RunRecord } from '../../../shared/run.ts';
import type { ArchiveReader } from '../archive/reader.ts';
import type { ArchiveWriter } from '../archive/writer.ts';
import type { ImportResult } from './import.ts';
import type { SyncResult } from './tally.ts';

const SETTING = 'sync_runs';
const KEPT = 200;

const count = z.int().nonnegative();
const run = z.object({
  kind: z.enum(['sync', 'import']),
  started: z.number(),
  ended: z.number().nullable(),
  source: z.string(),
  requests: count,
  inserted: count,
  changed: count,
  rejected: count,
  days: z.object({ complete: count, partial: count, lost: count }).nullable(),
  outcome: z.enum(['complete', 'incomplete', ...ERROR_CODES]).nullable(),
  sentence: z.string(),
});

/** A run that has begun; exactly one of the three ends it. A run nobody ended was broken off with its process. */
export type OpenRun = {
  synced(result: SyncResult, failure: Failure | null): Result<void>;
  imported(result: ImportResult): Result<void>;
  failed(failure: Failure): Result<void>;
};

/** The last 200 runs, newest first. What a later Logbook wrote and this one cannot read counts as no history. */
export function readRuns(reader: Pick<ArchiveReader, 'setting'>): readonly RunRecord[] {
  const text = reader.setting(SETTING);
  if (text === null) return [];
  try {
    return z.array(run).parse(JSON.parse(text));
  } catch {
    return [];
  }
}

/** Writes down that a run begins, and returns what ends it. A history that cannot be written keeps no run from running. */
export function beginRun(
  writer: Pick<ArchiveWriter, 'setting' | 'setSetting'>,
  clock: { now(): number },
  begun: Pick<RunRecord, 'kind' | 'source'>,
): OpenRun {
  const started = clock.now();
  const before = readRuns(writer);
  const save = (record: RunRecord): Result<void> =>
    writer.setSetting(SETTING, JSON.stringify([record, ...before].slice(0, KEPT)));
  const blank: RunRecord = {
    ...begun,
    started,
    ended: null,
    requests: 0,
    inserted: 0,
    changed: 0,
    rejected: 0,
    days: null,
    outcome: null,
    sentence: '',
  };
  save(blank);
  const end = (more: Partial<RunRecord>): Result<void> => save({ ...blank, ended: clock.now(), ...more });
  return {
    synced: ({ requests, inserted, changed, rejected, days, complete }, failure) =>
      end({
        requests,
        inserted,
        changed,
        rejected,
        days,
        outcome: failure?.code ?? (complete ? 'complete' : 'incomplete'),
        sentence: failure?.message ?? '',
      }),
    imported: ({ inserted, changed, rejected }) =>
      end({ inserted, changed, rejected: rejected.length, outcome: 'complete' }),
    failed: (failure) => end({ outcome: failure.code, sentence: failure.message }),
  };
}
