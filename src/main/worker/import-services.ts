import { ok } from '../../shared/errors.ts';
import type { ArchiveReader } from '../core/archive/reader.ts';
import type { ArchiveWriter } from '../core/archive/writer.ts';
import { lookForWatched } from '../core/investigation/watch.ts';
import { importFiles } from '../core/sync/import.ts';
import { previewFiles } from '../core/sync/import-preview.ts';
import { beginRun } from '../core/sync/run-history.ts';
import { systemClock } from '../system-ports.ts';
import type { ReaderCalls, WriterCalls } from './calls.ts';
import type { ServiceTable } from './service-table.ts';

/** Looking through files before they are imported: a reading thread's work. */
export function previewServices(reader: ArchiveReader): Pick<ServiceTable<ReaderCalls>, 'previewImport'> {
  return {
    previewImport: ({ paths }, { signal, onProgress }) =>
      previewFiles({ reader, files: paths, onProgress: seldom(onProgress), signal }),
  };
}

/** Importing, and its line in the history of runs. */
export function importServices(writer: ArchiveWriter): Pick<ServiceTable<WriterCalls>, 'importFiles'> {
  return {
    async importFiles({ paths, label }, { signal, onProgress }) {
      const run = beginRun(writer, systemClock, { kind: 'import', source: label });
      const imported = await importFiles({
        writer,
        files: paths,
        clock: systemClock,
        onProgress: seldom(onProgress),
        signal,
      });
      const noted = imported.ok ? run.imported(imported.value) : run.failed(imported.error);
      if (!imported.ok || !noted.ok) return imported.ok ? (noted as Extract<typeof noted, { ok: false }>) : imported;
      const seen = lookForWatched(writer, systemClock.now());
      return seen.ok ? ok({ ...imported.value, seen: seen.value }) : seen;
    },
  };
}

const REPORT_EVERY_MS = 100;

// A file of many lines reports after each; the window wants to know ten times a second at most.
function seldom<T>(report: (progress: T) => void): (progress: T) => void {
  let last = 0;
  return (progress) => {
    const now = systemClock.now();
    if (now - last < REPORT_EVERY_MS) return;
    last = now;
    report(progress);
  };
}
