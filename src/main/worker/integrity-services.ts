import { ok } from '../../shared/errors.ts';
import { quickCheck } from '../core/archive/integrity/quick-check.ts';
import type { ArchiveReader } from '../core/archive/reader.ts';
import { parseEntry } from '../core/jetty/parse-entry.ts';
import { verifyWithReviews } from '../core/review/verify-reviews.ts';
import { stampDue } from '../core/stamp/stamp-head.ts';
import type { IntegrityCalls } from './integrity-calls.ts';
import type { ServiceTable } from './service-table.ts';
import { startVerifiers } from './verifier-threads.ts';

/** Seals and their verification, which opens the archive once more for itself. `script` is that of the threads. */
export function integrityServices(
  reader: ArchiveReader,
  dir: string,
  key: Uint8Array,
  script: string,
): ServiceTable<IntegrityCalls> {
  return {
    head: () => ok(reader.head()),
    stampedHead: () => ok(reader.stampedHead()),
    stampDue: () => ok(stampDue(reader)),
    sealedDays: ({ from, to }) => ok(reader.sealedDays(from, to)),
    quickCheck: () => quickCheck(dir, key),
    verify: (_input, { cancel, onProgress }) =>
      verifyWithReviews(dir, key, {
        parse: parseEntry,
        cancel,
        onProgress,
        helper: () => startVerifiers(script, dir, key),
      }),
  };
}
