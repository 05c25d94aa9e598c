import { ok } from '../../shared/errors.ts';
import type { ArchiveWriter } from '../core/archive/writer.ts';
import { noteStamp } from '../core/stamp/stamp-head.ts';
import type { IntegrityWriterCalls } from './integrity-calls.ts';
import type { ServiceTable } from './service-table.ts';

/** Time stamps that were had elsewhere, kept beside their seals. */
export function stampWriterServices(writer: ArchiveWriter): ServiceTable<IntegrityWriterCalls> {
  return {
    noteStamp({ outcome, at }) {
      const noted = noteStamp(writer, outcome, at);
      return noted.ok ? ok(null) : noted;
    },
  };
}
