import { type Failure, failure, ok, type Result } from '../../../shared/errors.ts';
import type { ArchiveWriter, RawItem, Source } from '../archive/writer.ts';
import type { Clock, OnProgress } from '../ports.ts';
import { dayOfFileName, type FiledDays, importedDays, isShort } from './import-days.ts';
import type { Claim, Piece } from './import-document.ts';
import { readExport } from './import-read.ts';
import { type ImportFile, listImports, readChunks } from './import-source.ts';
import { utcDay } from './window.ts';

export type ImportOptions = {
  readonly writer: ArchiveWriter;
  /** Files and folders. */
  readonly files: readonly string[];
  readonly clock: Clock;
  readonly onProgress?: OnProgress;
  readonly signal?: AbortSignal;
};

/** `line` is null where a file as a whole is meant. */
export type ImportRejection = { readonly file: string; readonly line: number | null; readonly reason: string };

/** What an import did, as `logbook import --json` prints it. `read` counts entries, those nobody can read included. */
export type ImportResult = {
  readonly files: number;
  readonly read: number;
  readonly inserted: number;
  readonly duplicates: number;
  readonly changed: number;
  readonly rejected: readonly ImportRejection[];
};

// A commit waits for the disk, and a small one leaves small blocks behind; a large one holds the writer for long.
const MS_PER_DAY = 86_400_000;
const BATCH = 8_000;

/**
 * Takes earlier exports into the archive: JSON arrays, pages with envelope, lines, `{entries: […]}`, the dashboard's CSV,
 * gzip of each, folders of them; in any order, overlapping or twice. What cannot be read is listed with the reason and
 * the rest goes in. Fails with `bad_input` where a file is not to be had, `disk`, `cancelled`; what went in stays.
 */
export async function importFiles(options: ImportOptions): Promise<Result<ImportResult>> {
  const files = await listImports(options.files);
  if (!files.ok) return files;
  const run = new Import(options, files.value);
  const broken = await run.all();
  const sealed = options.writer.seal(options.clock.now());
  const stopped = broken ?? (sealed.ok ? null : sealed.error);
  return stopped === null ? ok(run.result()) : { ok: false, error: stopped };
}

class Import {
  readonly #options: ImportOptions;
  readonly #files: readonly ImportFile[];
  readonly #totalBytes: number;
  readonly #rejected: ImportRejection[] = [];
  readonly #short: FiledDays[] = [];
  readonly #counts = { read: 0, inserted: 0, duplicates: 0, changed: 0 };
  #bytes = 0;
  #kind: Source['kind'] = 'file';
  #pending: RawItem[] = [];
  #days = new Set<string>();
  #lastDay: number | null = null;

  constructor(options: ImportOptions, files: readonly ImportFile[]) {
    this.#options = options;
    this.#files = files;
    this.#totalBytes = files.reduce((sum, file) => sum + file.size, 0);
  }

  result(): ImportResult {
    return { files: this.#files.length, ...this.#counts, rejected: this.#rejected };
  }

  async all(): Promise<Failure | null> {
    for (const file of this.#files) {
      const stopped = await this.#file(file);
      if (stopped !== null) return stopped;
    }
    // Only now is it known whether the other pages of a file that was short came with it.
    for (const filed of this.#short) {
      const stopped = this.#markDays(filed);
      if (stopped !== null) return stopped;
    }
    return null;
  }

  async #file(file: ImportFile): Promise<Failure | null> {
    this.#days = new Set();
    this.#lastDay = null;
    const rejectedBefore = this.#rejected.length;
    let claim: Claim | null = null;
    const { signal } = this.#options;
    const open = () => readChunks(file.path, (bytes) => this.#advance(bytes), signal);
    const done = this.#bytes + file.size;
    try {
      for await (const piece of readExport(open)) {
        claim = piece.claim ?? claim;
        const stopped = this.#take(file, piece);
        if (stopped !== null) return stopped;
      }
    } catch (error) {
      if (!signal?.aborted) this.#rejected.push({ file: file.name, line: null, reason: whyBroken(error) });
    }
    this.#bytes = done;
    const stopped = this.#flush(file);
    if (stopped !== null) return stopped;
    if (signal?.aborted) return cancelled();
    const empty = this.#days.size === 0 && this.#rejected.length === rejectedBefore;
    const named = empty ? dayOfFileName(file.name) : null;
    if (named !== null) this.#days.add(named);
    const filed = { file: file.name, days: [...this.#days].sort(), claim };
    if (claim !== null && isShort(claim)) this.#short.push(filed);
    return this.#markDays(filed);
  }

  #take(file: ImportFile, piece: Piece): Failure | null {
    this.#kind = piece.table ? 'table' : 'file';
    for (const { line, reason } of piece.rejected) this.#rejected.push({ file: file.name, line, reason });
    for (const { item } of piece.items) {
      this.#pending.push(item);
      if (item.entry !== null) this.#note(item.entry.ts);
      if (this.#pending.length < BATCH) continue;
      const stopped = this.#flush(file);
      if (stopped !== null) return stopped;
      if (this.#options.signal?.aborted) return cancelled();
    }
    return null;
  }

  // Entries come by the day: its name is made once, not for each of them.
  #note(ts: number): void {
    const day = Math.floor(ts / MS_PER_DAY);
    if (day === this.#lastDay) return;
    this.#lastDay = day;
    this.#days.add(utcDay(ts));
  }

  #flush(file: ImportFile): Failure | null {
    const { writer, clock } = this.#options;
    const items = this.#pending;
    if (items.length === 0) return null;
    this.#pending = [];
    const source = { kind: this.#kind, detail: file.name };
    const stored = writer.ingest({ items, source, receivedAt: clock.now() });
    if (!stored.ok) return stored.error;
    this.#counts.read += items.length;
    this.#counts.inserted += stored.value.inserted;
    this.#counts.duplicates += stored.value.duplicates;
    this.#counts.changed += stored.value.changed;
    this.#report();
    return null;
  }

  #markDays(filed: FiledDays): Failure | null {
    const { writer, clock } = this.#options;
    const ledger = importedDays(filed, writer, clock.now());
    if (ledger.length === 0) return null;
    const source = { kind: 'file', detail: filed.file } as const;
    const stored = writer.ingest({ items: [], source, receivedAt: clock.now(), ledger });
    return stored.ok ? null : stored.error;
  }

  #advance(bytes: number): void {
    this.#bytes += bytes;
  }

  #report(): void {
    const { read, inserted } = this.#counts;
    const done = Math.min(this.#bytes, this.#totalBytes);
    this.#options.onProgress?.({ done, total: this.#totalBytes, note: `${read} entries read, ${inserted} new` });
  }
}

/** Why a file could not be read to its end, for the list of what was rejected. */
export function whyBroken(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  if (code === 'Z_BUF_ERROR') return 'the gzip file is broken off; what came before went in';
  if (typeof code === 'string' && code.startsWith('Z_')) return 'the gzip file is damaged; what came before went in';
  if (typeof code === 'string' && code.startsWith('CSV_')) return 'the table is damaged; what came before went in';
  return 'the file cannot be read to its end; what came before went in';
}

function cancelled(): Failure {
  return failure('cancelled', 'The import was cancelled.', 'What was read is kept. Import again to add the rest.');
}
