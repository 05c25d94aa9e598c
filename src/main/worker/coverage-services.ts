import { ok } from '../../shared/errors.ts';
import type { ArchiveReader } from '../core/archive/reader.ts';
import { coverageOver } from '../core/sync/coverage-days.ts';
import { retentionFacts } from '../core/sync/retention-facts.ts';
import { readRuns } from '../core/sync/run-history.ts';
import type { ReaderCalls } from './calls.ts';
import type { ServiceTable } from './service-table.ts';

/** What the archive knows of days, retention and past runs. */
export function coverageServices(
  reader: ArchiveReader,
): Pick<ServiceTable<ReaderCalls>, 'coverage' | 'retention' | 'runs'> {
  return {
    coverage: ({ from, to, now }) => ok(now === null ? reader.coverage(from, to) : coverageOver(reader, from, to, now)),
    retention: ({ now }) => ok(retentionFacts(reader, now)),
    runs: () => ok(readRuns(reader)),
  };
}
