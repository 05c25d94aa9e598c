import { ok } from '../../shared/errors.ts';
import type { ArchiveReader } from '../core/archive/reader.ts';
import type { ArchiveWriter } from '../core/archive/writer.ts';
import type { Places } from '../core/geo/places.ts';
import { checkReport, noteIssued, readIssued } from '../core/report/issued.ts';
import type { ReportReaderCalls, ReportWriterCalls } from './report-calls.ts';
import type { ServiceTable } from './service-table.ts';

/** What a reading thread makes of an archive, and knows of what was made of it. */
export function reportServices(reader: ArchiveReader, places: Places): ServiceTable<ReportReaderCalls> {
  return {
    // What lays out pages is a good part of the code there is, and most threads never do it.
    async report({ from, to, ...request }, { cancel, onProgress }) {
      const { reportArchive } = await import('../core/report/report-archive.ts');
      return reportArchive({ ...request, reader, places, fromDay: from, toDay: to, onProgress, signal: cancel });
    },
    reports: () => ok(readIssued(reader)),
    checkReport: ({ bytes }) => ok(checkReport(reader, bytes)),
  };
}

/** What the writing thread writes down. */
export function reportWriterServices(writer: ArchiveWriter): ServiceTable<ReportWriterCalls> {
  return { noteReport: ({ facts, word }) => noteIssued(writer, facts, word) };
}
