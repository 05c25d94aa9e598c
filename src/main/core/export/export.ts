import { basename } from 'node:path';
import { setImmediate as breath } from 'node:timers/promises';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import { EXPORT_EXTENSIONS, type ExportFormat } from '../../../shared/export-format.ts';
import type { ArchiveReader } from '../archive/reader.ts';
import type { Cancel, OnProgress } from '../ports.ts';
import type { QueryPlan } from '../search/plan.ts';
import { cef } from './cef.ts';
import { csv } from './csv.ts';
import type { EncoderFactory } from './encoder.ts';
import { explainOutput, folderByMonth, singleFile, type WrittenFile } from './file-output.ts';
import { json, ndjson } from './json.ts';
import { ocsf } from './ocsf.ts';
import { parquet } from './parquet.ts';

/** What was written: `sha256` of the file (of the list of files where there are several), `entries` in all. */
export type Exported = {
  readonly format: ExportFormat;
  readonly out: string;
  readonly entries: number;
  readonly sha256: string;
  /** Only of a partitioned export. */
  readonly files?: readonly WrittenFile[];
};

export type ExportRequest = {
  readonly format: ExportFormat;
  readonly out: string;
  /** Where `mappings/` lies. */
  readonly resourcesDir: string;
  /** Parquet only: a folder with a file a month. */
  readonly partition?: 'month';
  readonly onProgress?: OnProgress;
  readonly signal?: Cancel;
};

const BREATH_EVERY = 2_000;

/**
 * Writes exactly the entries a plan selects, oldest first, streaming: memory stays flat. The file or folder appears whole
 * or not at all. Throws nothing; `cancelled` where the signal aborts, `bad_input`, `exists`, `disk`.
 */
export async function exportEntries(
  reader: ArchiveReader,
  plan: QueryPlan,
  request: ExportRequest,
): Promise<Result<Exported>> {
  const { format, out, partition, resourcesDir, signal, onProgress } = request;
  if (partition !== undefined && format !== 'parquet') {
    return fail('bad_input', `The format ${format} is not written in partitions.`, 'Only parquet is.');
  }
  const encoder = encoderOf(format, resourcesDir);
  if (!encoder.ok) return encoder;
  const output = partition
    ? folderByMonth(out, EXPORT_EXTENSIONS[format], encoder.value)
    : singleFile(out, encoder.value);
  if (!output.ok) return output;
  try {
    const total = reader.count(plan);
    let entries = 0;
    for (const { row, raw } of reader.rawRows(plan)) {
      if (entries % BREATH_EVERY === 0) {
        // Gives Ctrl-C and messages from other threads a chance to be heard.
        await breath();
        if (signal?.aborted) {
          output.value.abandon();
          return fail('cancelled', 'The export was cancelled.', 'Nothing was written; run it again.');
        }
        onProgress?.({ done: entries, total, note: `Writing ${basename(out)}` });
      }
      output.value.encoderAt(row.ts).add(row, raw);
      entries++;
    }
    const { sha256, files } = output.value.finish();
    return ok({ format, out, entries, sha256, ...(partition ? { files } : {}) });
  } catch (error) {
    output.value.abandon();
    return explainOutput(error, out);
  }
}

function encoderOf(format: ExportFormat, resourcesDir: string): Result<EncoderFactory> {
  switch (format) {
    case 'json':
      return ok(json);
    case 'ndjson':
      return ok(ndjson);
    case 'csv':
      return ok(csv);
    case 'parquet':
      return ok(parquet);
    case 'ocsf':
      return ocsf(resourcesDir);
    case 'cef':
      return cef(resourcesDir);
  }
}
