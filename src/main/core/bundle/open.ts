import { closeSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { ok, type Result } from '../../../shared/errors.ts';
import { explainFile } from '../files/explain-file.ts';
import { AGE_MAGIC, decrypted, type Opener } from './age-file.ts';
import { type Part, readTar } from './tar.ts';

/** A part is at most some megabytes, a report or a list of findings more; beyond this somebody means harm. */
const MOST_PART_BYTES = 512 * 2 ** 20;

/** The parts of a bundle in their order; to be read to the end. What is wrong with its bytes is thrown while they are read. */
export async function openBundle(file: string, opener: Opener | null): Promise<Result<AsyncIterable<Part>>> {
  const plain = await decrypted(file, opener);
  return plain.ok ? ok(partsOf(plain.value)) : plain;
}

/** Whether a file begins as one that age encrypted. */
export function isEncrypted(file: string): Result<boolean> {
  try {
    const fd = openSync(file, 'r');
    try {
      const head = Buffer.alloc(AGE_MAGIC.length);
      readSync(fd, head);
      return ok(head.toString('latin1') === AGE_MAGIC);
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    return explainFile(error, `read ${basename(file)}`);
  }
}

async function* partsOf(plain: Readable): AsyncGenerator<Part> {
  let thrown: unknown = null;
  const unzipped = pipeline(plain, createGunzip(), (error) => {
    thrown ??= error;
  });
  try {
    yield* readTar(unzipped, MOST_PART_BYTES);
    // To its end: what was cut off or put behind is noticed there.
    for await (const rest of unzipped) void rest;
  } catch (error) {
    throw thrown ?? error;
  } finally {
    plain.destroy();
  }
}
