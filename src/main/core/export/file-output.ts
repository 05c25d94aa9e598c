import { createHash } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type Failure, FailureError, fail, ok, type Result, unwrap } from '../../../shared/errors.ts';
import { explainFile } from '../files/explain-file.ts';
import { openAtomically } from '../files/write-atomically.ts';
import type { Encoder, EncoderFactory } from './encoder.ts';

/** A file of an export. `path` is relative to the folder where there is one. */
export type WrittenFile = { readonly path: string; readonly entries: number; readonly sha256: string };

/** Where an export goes. Nothing of the name is there before `finish`; `abandon` leaves nothing. Methods may throw. */
export type Output = {
  /** The encoder for an entry of this instant (ms UTC). */
  encoderAt(ts: number): Encoder;
  finish(): { readonly sha256: string; readonly files: readonly WrittenFile[] };
  abandon(): void;
};

const BLOCK = 1 << 20;

/** One file. */
export function singleFile(out: string, factory: EncoderFactory): Result<Output> {
  const file = startFile(out, factory);
  if (!file.ok) return file;
  return ok({
    encoderAt: () => file.value.encoder,
    finish() {
      const written = file.value.finish(basename(out));
      return { sha256: written.sha256, files: [written] };
    },
    abandon: file.value.abandon,
  });
}

/**
 * A folder with a file a month (UTC), named as Hive, Spark and DuckDB read partitions: `year=2026/month=01/part-0.parquet`.
 * Entries must come in order of time. The hash is that of the list of files as `sha256sum` prints it.
 */
export function folderByMonth(out: string, extension: string, factory: EncoderFactory): Result<Output> {
  if (existsSync(out)) {
    return fail('exists', `There is already something at ${basename(out)}.`, 'Name a new folder with --out.');
  }
  const draft = join(dirname(out), `.${basename(out)}.${process.pid}.part`);
  try {
    rmSync(draft, { recursive: true, force: true });
    mkdirSync(draft, { mode: 0o700 });
  } catch (error) {
    return explainFile(error, `create the folder ${basename(out)}`);
  }
  const files: WrittenFile[] = [];
  let month = '';
  let open: FileOfMonth | null = null;
  const closeMonth = (): void => {
    if (open) files.push(open.finish(join(month, `part-0.${extension}`)));
    open = null;
  };
  const startMonth = (folder: string): FileOfMonth => {
    closeMonth();
    month = folder;
    mkdirSync(join(draft, folder), { recursive: true, mode: 0o700 });
    open = unwrap(startFile(join(draft, folder, `part-0.${extension}`), factory));
    return open;
  };
  return ok({
    encoderAt(ts) {
      const iso = new Date(ts).toISOString();
      const folder = join(`year=${iso.slice(0, 4)}`, `month=${iso.slice(5, 7)}`);
      return (open && folder === month ? open : startMonth(folder)).encoder;
    },
    finish() {
      // A reader needs one file at least to know the columns.
      if (open === null && files.length === 0) startMonth('');
      closeMonth();
      syncFolders(draft);
      renameSync(draft, out);
      syncFolder(dirname(out));
      const list = files.map((file) => `${file.sha256}  ${file.path}\n`).join('');
      return { sha256: createHash('sha256').update(list).digest('hex'), files };
    },
    abandon() {
      open?.abandon();
      rmSync(draft, { recursive: true, force: true });
    },
  });
}

type FileOfMonth = { readonly encoder: Encoder; finish(path: string): WrittenFile; abandon(): void };

function startFile(out: string, factory: EncoderFactory): Result<FileOfMonth> {
  const file = openAtomically(out);
  if (!file.ok) return file;
  const hash = createHash('sha256');
  let pending: Uint8Array[] = [];
  let size = 0;
  let entries = 0;
  let over = false;
  const flush = (): void => {
    const block = Buffer.concat(pending);
    hash.update(block);
    file.value.write(block);
    pending = [];
    size = 0;
  };
  const encoder = factory((bytes) => {
    pending.push(bytes);
    size += bytes.length;
    if (size >= BLOCK) flush();
  });
  return ok({
    encoder: {
      add(row, raw) {
        encoder.add(row, raw);
        entries++;
      },
      end: encoder.end,
    },
    finish(path) {
      encoder.end();
      flush();
      over = true;
      unwrap(file.value.finish());
      return { path, entries, sha256: hash.digest('hex') };
    },
    abandon() {
      if (!over) file.value.abandon();
      over = true;
    },
  });
}

/** What a write to an output threw, as a failure. */
export function explainOutput(error: unknown, out: string): { readonly ok: false; readonly error: Failure } {
  return error instanceof FailureError
    ? { ok: false, error: error.failure }
    : explainFile(error, `write ${basename(out)}`);
}

function syncFolders(dir: string): void {
  for (const item of readdirSync(dir, { withFileTypes: true }))
    if (item.isDirectory()) syncFolders(join(dir, item.name));
  syncFolder(dir);
}

// Some systems cannot sync folders, and then nothing more can be done.
function syncFolder(dir: string): void {
  try {
    const fd = openSync(dir, 'r');
    fsyncSync(fd);
    closeSync(fd);
  } catch {
    return;
  }
}
