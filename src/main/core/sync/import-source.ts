import { createReadStream } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import { EXPORT_NAMES } from '../../../shared/import-names.ts';

/** A file to import. `name` is its last part only: where it lay is nobody's business later. Size in bytes. */
export type ImportFile = { readonly path: string; readonly name: string; readonly size: number };

/** A line of a file without its end; `number` counts from 1. */
export type Line = { readonly bytes: Uint8Array; readonly number: number };

const NEWLINE = 0x0a;
const RETURN = 0x0d;

/** The files meant by a list of files and folders, each once; of a folder the files that may be exports, by name. */
export async function listImports(paths: readonly string[]): Promise<Result<ImportFile[]>> {
  const files = new Map<string, ImportFile>();
  for (const path of paths) {
    try {
      for (const file of await expand(path)) files.set(file.path, file);
    } catch {
      return fail('bad_input', `${basename(path)} cannot be read.`, 'Check the name, and that you may read the file.');
    }
  }
  return ok([...files.values()]);
}

async function expand(path: string): Promise<ImportFile[]> {
  const found = await stat(path);
  if (!found.isDirectory()) {
    await (await open(path)).close();
    return [{ path, name: basename(path), size: found.size }];
  }
  const names = await readdir(path, { recursive: true, withFileTypes: true });
  const inside = names.filter((entry) => entry.isFile() && EXPORT_NAMES.test(entry.name));
  const paths = inside.map((entry) => join(entry.parentPath, entry.name)).sort();
  return Promise.all(paths.map(async (one) => ({ path: one, name: basename(one), size: (await stat(one)).size })));
}

/** A file's bytes in pieces, unpacked where it is gzip (told by its first bytes, not by its name). */
export async function* readChunks(
  path: string,
  onRead: (bytes: number) => void,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const zipped = await isGzip(path);
  const file = counted(createReadStream(path, { highWaterMark: 256 * 1024, ...(signal && { signal }) }), onRead);
  // An error reaches whoever reads the last stream; the callback has nothing to add.
  yield* zipped ? (pipeline(file, createGunzip(), () => undefined) as AsyncIterable<Uint8Array>) : file;
}

async function* counted(
  chunks: AsyncIterable<Uint8Array>,
  onRead: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    onRead(chunk.length);
    yield chunk;
  }
}

async function isGzip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { bytesRead, buffer } = await file.read(new Uint8Array(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await file.close();
  }
}

/**
 * Splits pieces into lines, handed on as they come: those of one piece together, since a turn of the loop for each would cost
 * more than reading it. Only they are held. A byte-order mark at the start is left out.
 */
export async function* splitLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Line[]> {
  let pending: Uint8Array[] = [];
  let number = 1;
  const line = (last: Uint8Array): Line => {
    const whole = pending.length === 0 ? last : Buffer.concat([...pending, last]);
    pending = [];
    const bytes = number === 1 ? withoutMark(whole) : whole;
    return { bytes: bytes.at(-1) === RETURN ? bytes.subarray(0, -1) : bytes, number: number++ };
  };
  for await (const chunk of chunks) {
    const lines: Line[] = [];
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      lines.push(line(chunk.subarray(start, end)));
      start = end + 1;
    }
    if (start < chunk.length) pending.push(chunk.subarray(start));
    if (lines.length > 0) yield lines;
  }
  if (pending.length > 0) yield [line(new Uint8Array())];
}

function withoutMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}
