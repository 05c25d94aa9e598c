import { closeSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { ok, type Result } from '../../../shared/errors.ts';
import { explainFile } from '../files/explain-file.ts';
import { AGE_MAGIC, decrypted, notABundle, type Opener } from './age-file.ts';
import { type Part, readTar } from './tar.ts';

const HEADER_BYTES = 64;
const GZIP_MAGIC = '\x1f\x8b';

/** A part is at most some megabytes, a report or a list of findings more; beyond this somebody means harm. */
const MOST_PART_BYTES = 512 * 2 ** 20;

/** The parts of a bundle in their order; to be read to the end. What is wrong with its bytes is thrown while they are read. */
export async function openBundle(file: string, opener: Opener | null): Promise<Result<AsyncIterable<Part>>> {
  const plain = await decrypted(file, opener);
  return plain.ok ? ok(partsOf(plain.value)) : plain;
}

/** What opens a file: nothing where it is not encrypted. `bad_input` where it is no bundle. */
export function openerKind(file: string): Result<'passphrase' | 'key' | null> {
  try {
    const fd = openSync(file, 'r');
    try {
      const bytes = Buffer.alloc(HEADER_BYTES);
      const head = bytes.toString('latin1', 0, readSync(fd, bytes));
      if (head.startsWith(GZIP_MAGIC)) return ok(null);
      if (head.startsWith(`${AGE_MAGIC}-> scrypt `)) return ok('passphrase');
      return head.startsWith(AGE_MAGIC) ? ok('key') : notABundle(file);
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
