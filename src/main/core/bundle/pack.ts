import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { pipeline, Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { type Failure, FailureError, ok, type Result, unwrap } from '../../../shared/errors.ts';
import { explainFile } from '../files/explain-file.ts';
import { openAtomically } from '../files/write-atomically.ts';
import type { Random } from '../ports.ts';
import { encrypted, encrypterFor, type ForWhom } from './age-file.ts';
import type { Manifest } from './format.ts';
import { type Part, TAR_END, tarHeader, tarPadding } from './tar.ts';

export type PartList = Manifest['parts'];

export type Packed = { readonly sha256: string; readonly bytes: number };

/** Everything that goes into a bundle. `last` is asked once all other parts are written, with the list of them. */
export type Packing = {
  readonly parts: AsyncIterable<Part>;
  last(parts: PartList): readonly Part[];
  /** Milliseconds UTC, as the date of every part. */
  readonly made: number;
  readonly random: Random;
};

/** Writes a bundle: a tar, gzip, age; it is there whole or not at all. Memory holds one part at a time. */
export async function packBundle(out: string, whom: ForWhom, packing: Packing): Promise<Result<Packed>> {
  const encrypter = encrypterFor(whom, packing.random);
  if (!encrypter.ok) return encrypter;
  const file = openAtomically(out);
  if (!file.ok) return file;
  try {
    const hash = createHash('sha256');
    let bytes = 0;
    let thrown: unknown = null;
    const zipped = pipeline(Readable.from(tarOf(packing)), createGzip(), (error) => {
      thrown ??= error;
    });
    try {
      for await (const piece of await encrypted(encrypter.value, zipped)) {
        hash.update(piece);
        bytes += piece.length;
        file.value.write(piece);
      }
    } catch (error) {
      throw thrown ?? error;
    }
    unwrap(file.value.finish());
    return ok({ sha256: hash.digest('hex'), bytes });
  } catch (error) {
    file.value.abandon();
    return explainPacking(error, out);
  }
}

async function* tarOf({ parts, last, made }: Packing): AsyncGenerator<Buffer> {
  const list: PartList = [];
  for await (const part of parts) {
    list.push({ name: part.name, size: part.content.length, sha256: sha256(part.content) });
    yield* fileOf(part, made);
  }
  for (const part of last(list)) yield* fileOf(part, made);
  yield TAR_END;
}

function* fileOf({ name, content }: Part, made: number): Generator<Buffer> {
  yield tarHeader(name, content.length, made);
  if (content.length > 0) yield content;
  const padding = tarPadding(content.length);
  if (padding.length > 0) yield padding;
}

function sha256(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

function explainPacking(error: unknown, out: string): { readonly ok: false; readonly error: Failure } {
  return error instanceof FailureError
    ? { ok: false, error: error.failure }
    : explainFile(error, `write ${basename(out)}`);
}
