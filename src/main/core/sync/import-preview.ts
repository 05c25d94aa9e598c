import { failure, ok, type Result } from '../../../shared/errors.ts';
import { contentDigest } from '../archive/canonical-json.ts';
import type { ArchiveReader } from '../archive/reader.ts';
import type { OnProgress } from '../ports.ts';
import { WHOLE_ARCHIVE } from '../search/plan.ts';
import { type ImportRejection, whyBroken } from './import.ts';
import { readExport } from './import-read.ts';
import { listImports, readChunks } from './import-source.ts';
import { utcDay } from './window.ts';

/**
 * What an import would do. Counts are as in `ImportResult`, except that unreadable payloads, which an archive recognises
 * only when it stores them, are never counted as duplicates. `first` and `last` are UTC dates; `days` counts the dates
 * between them that have entries.
 */
export type ImportPreview = {
  readonly files: number;
  readonly read: number;
  readonly inserted: number;
  readonly duplicates: number;
  readonly changed: number;
  readonly rejected: readonly ImportRejection[];
  readonly first: string | null;
  readonly last: string | null;
  readonly days: number;
};

/** What the files say of one id: every different content, and how often the id came. */
type Filed = { readonly contents: Set<string>; times: number };

type Pass = {
  readonly ids: Map<string, Filed>;
  readonly days: Set<string>;
  readonly rejected: ImportRejection[];
  read: number;
};

const PAUSE_EVERY = 5_000;

/**
 * Reads files as an import would, and the archive for which of their entries it has. Nothing is written anywhere; memory
 * grows with the entries in the files. Fails with `bad_input` where a file is not to be had, and `cancelled`.
 */
export async function previewFiles(options: {
  readonly reader: ArchiveReader;
  /** Files and folders. */
  readonly files: readonly string[];
  readonly onProgress?: OnProgress;
  readonly signal?: AbortSignal;
}): Promise<Result<ImportPreview>> {
  const { reader, onProgress, signal } = options;
  const files = await listImports(options.files);
  if (!files.ok) return files;
  const pass: Pass = { ids: new Map(), days: new Set(), rejected: [], read: 0 };
  const total = files.value.reduce((sum, file) => sum + file.size, 0);
  let bytes = 0;
  for (const file of files.value) {
    const open = () => {
      return readChunks(
        file.path,
        (n) => {
          bytes += n;
        },
        signal,
      );
    };
    try {
      for await (const { items, rejected } of readExport(open)) {
        for (const { item } of items) takeUp(pass, item);
        for (const one of rejected) pass.rejected.push({ file: file.name, ...one });
        onProgress?.({ done: Math.min(bytes, total), total, note: `${pass.read} entries read` });
        if (signal?.aborted) return cancelled();
      }
    } catch (error) {
      if (!signal?.aborted) pass.rejected.push({ file: file.name, line: null, reason: whyBroken(error) });
    }
    if (signal?.aborted) return cancelled();
  }
  const known = await knownContents(reader, pass.ids, signal);
  if (known === null) return cancelled();
  return ok({ files: files.value.length, ...result(pass, known) });
}

function takeUp(
  pass: Pass,
  item: { readonly raw: Uint8Array; readonly entry: { id: string; ts: number } | null },
): void {
  pass.read++;
  if (item.entry === null) return;
  const { id, ts } = item.entry;
  const filed = pass.ids.get(id) ?? { contents: new Set(), times: 0 };
  pass.ids.set(id, filed);
  filed.times++;
  filed.contents.add(contentDigest(item.raw));
  pass.days.add(utcDay(ts));
}

/** The contents the archive holds under each of these ids it knows; null where the wait was broken off. */
async function knownContents(
  reader: ArchiveReader,
  ids: ReadonlyMap<string, Filed>,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, ReadonlySet<string>> | null> {
  const known = new Map<string, ReadonlySet<string>>();
  if (ids.size === 0) return known;
  let seen = 0;
  for (const { id, key } of reader.rows(WHOLE_ARCHIVE)) {
    if (++seen % PAUSE_EVERY === 0) {
      // The scan runs in one go otherwise, and a wish to cancel could not be heard.
      await new Promise((resolve) => setImmediate(resolve));
      if (signal?.aborted) return null;
    }
    if (!ids.has(id)) continue;
    const record = reader.entry(key);
    if (record === null) continue;
    known.set(id, new Set([record.raw, ...record.versions.map((version) => version.raw)].map(contentDigest)));
  }
  return known;
}

function result(pass: Pass, known: ReadonlyMap<string, ReadonlySet<string>>): Omit<ImportPreview, 'files'> {
  let inserted = 0;
  let changed = 0;
  let duplicates = 0;
  for (const [id, filed] of pass.ids) {
    const stored = known.get(id);
    const fresh = [...filed.contents].filter((content) => !stored?.has(content)).length;
    const added = stored === undefined ? 1 : 0;
    inserted += added;
    changed += fresh - added;
    duplicates += filed.times - fresh;
  }
  const days = [...pass.days].sort();
  return {
    read: pass.read,
    inserted,
    duplicates,
    changed,
    rejected: pass.rejected,
    first: days[0] ?? null,
    last: days.at(-1) ?? null,
    days: days.length,
  };
}

function cancelled(): Result<never> {
  const error = failure('cancelled', 'Looking through the files was cancelled.', 'Nothing was changed.');
  return { ok: false, error };
}
