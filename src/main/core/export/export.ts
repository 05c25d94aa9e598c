import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { type Failure, FailureError, fail, ok, type Result } from '../../../shared/errors.ts';
import type { ArchiveReader } from '../archive/reader.ts';
import { explainFile } from '../files/explain-file.ts';
import { openAtomically } from '../files/write-atomically.ts';
import type { Cancel, OnProgress } from '../ports.ts';
import type { QueryPlan } from '../search/plan.ts';
import { csvHeader, csvRecord } from './csv.ts';

export const EXPORT_FORMATS = ['ndjson', 'csv', 'json'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** What was written: `sha256` of the file, `entries` in it. */
export type Exported = {
  readonly format: ExportFormat;
  readonly out: string;
  readonly entries: number;
  readonly sha256: string;
};

const BLOCK = 1 << 20;
const PROGRESS_EVERY = 5_000;

/**
 * Writes exactly the entries a plan selects, oldest first, streaming: memory stays flat. The file appears whole or not
 * at all. Throws nothing; `cancelled` where the signal aborts.
 */
export function exportEntries(
  reader: ArchiveReader,
  plan: QueryPlan,
  request: {
    readonly format: ExportFormat;
    readonly out: string;
    readonly onProgress?: OnProgress;
    readonly signal?: Cancel;
  },
): Result<Exported> {
  const file = openAtomically(request.out);
  if (!file.ok) return file;
  const hash = createHash('sha256');
  let pending: Uint8Array[] = [];
  let size = 0;
  let entries = 0;
  const flush = (): void => {
    const block = Buffer.concat(pending);
    hash.update(block);
    file.value.write(block);
    pending = [];
    size = 0;
  };
  const total = reader.count(plan);
  try {
    for (const chunk of chunks(reader, plan, request.format)) {
      pending.push(chunk.bytes);
      size += chunk.bytes.length;
      if (size >= BLOCK) flush();
      if (!chunk.isEntry) continue;
      entries++;
      if (entries % PROGRESS_EVERY === 0) {
        if (request.signal?.aborted) throw new FailureError(CANCELLED);
        request.onProgress?.({ done: entries, total, note: `Writing ${basename(request.out)}` });
      }
    }
    flush();
  } catch (error) {
    file.value.abandon();
    if (error instanceof FailureError) return { ok: false, error: error.failure };
    return explainFile(error, `write ${basename(request.out)}`);
  }
  const finished = file.value.finish();
  return finished.ok ? ok({ format: request.format, out: request.out, entries, sha256: hash.digest('hex') }) : finished;
}

const CANCELLED: Failure = fail('cancelled', 'The export was cancelled.', 'Nothing was written.').error;

type Chunk = { readonly bytes: Uint8Array; readonly isEntry: boolean };

function* chunks(reader: ArchiveReader, plan: QueryPlan, format: ExportFormat): IterableIterator<Chunk> {
  const frame = (text: string): Chunk => ({ bytes: Buffer.from(text), isEntry: false });
  if (format === 'csv') {
    yield frame(csvHeader());
    for (const { row, raw } of reader.rawRows(plan)) yield { bytes: Buffer.from(csvRecord(row, raw)), isEntry: true };
    return;
  }
  if (format === 'json') yield frame('[');
  let first = true;
  for (const { raw } of reader.rawRows(plan)) {
    if (format === 'json') yield frame(first ? '\n' : ',\n');
    first = false;
    yield { bytes: format === 'json' ? raw : Buffer.concat([onOneLine(raw), NEWLINE]), isEntry: true };
  }
  if (format === 'json') yield frame(first ? ']\n' : '\n]\n');
}

const NEWLINE = Buffer.from('\n');

// Raw JSON may hold line breaks between its tokens (never inside a string, where they are escaped); in NDJSON they
// would end the record.
function onOneLine(raw: Uint8Array): Uint8Array {
  return raw.includes(10) || raw.includes(13) ? raw.map((byte) => (byte === 10 || byte === 13 ? 32 : byte)) : raw;
}
