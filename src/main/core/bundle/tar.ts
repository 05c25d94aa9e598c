import { FailureError, failure } from '../../../shared/errors.ts';

// The format of POSIX.1-1988 (ustar), as far as a bundle needs it: plain files with short names.

const BLOCK = 512;
const MODE = '0000600\0';
const CHECKSUM_AT = 148;
// Octal, eleven digits.
const MOST_BYTES = 8 ** 11 - 1;

/** A file of a bundle. */
export type Part = { readonly name: string; readonly content: Buffer };

/** What stands before a file's content. */
export function tarHeader(name: string, size: number, ms: number): Buffer {
  const header = Buffer.alloc(BLOCK);
  header.write(name, 0, 100, 'utf8');
  header.write(MODE, 100, 'latin1');
  header.write(octal(0, 8), 108, 'latin1');
  header.write(octal(0, 8), 116, 'latin1');
  header.write(octal(size, 12), 124, 'latin1');
  header.write(octal(Math.floor(ms / 1000), 12), 136, 'latin1');
  header.write('        0', CHECKSUM_AT, 'latin1');
  header.write('ustar\u000000', 257, 'latin1');
  header.write(`${sumOf(header).toString(8).padStart(6, '0')}\0 `, CHECKSUM_AT, 'latin1');
  return header;
}

/** What stands after a file's content. */
export function tarPadding(size: number): Buffer {
  return Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK);
}

/** What stands at the end of all files. */
export const TAR_END = Buffer.alloc(2 * BLOCK);

/** The files of a tar, one at a time. Throws `bad_input` where it is none, is cut off, or holds a file beyond `mostBytes`. */
export async function* readTar(pieces: AsyncIterable<Uint8Array>, mostBytes: number): AsyncGenerator<Part> {
  const take = reader(pieces);
  for (;;) {
    const header = await take(BLOCK);
    if (header === null) throw broken('is cut off');
    if (header.every((byte) => byte === 0)) return;
    if (
      header.toString('latin1', 257, 262) !== 'ustar' ||
      Number.parseInt(text(header, CHECKSUM_AT, 8), 8) !== checksumOf(header)
    )
      throw broken('holds something else than files');
    const size = Number.parseInt(text(header, 124, 12), 8);
    if (!(size >= 0 && size <= mostBytes)) throw broken('holds a part that is too large');
    const content = await take(size);
    if (content === null || (await take(tarPadding(size).length)) === null) throw broken('is cut off');
    if (header[156] !== 0x30) throw broken('holds something else than files');
    yield { name: text(header, 0, 100), content };
  }
}

function reader(pieces: AsyncIterable<Uint8Array>): (bytes: number) => Promise<Buffer | null> {
  const source = pieces[Symbol.asyncIterator]();
  let held: Buffer[] = [];
  let size = 0;
  return async (bytes) => {
    while (size < bytes) {
      const next = await source.next();
      if (next.done) return null;
      held.push(Buffer.from(next.value.buffer, next.value.byteOffset, next.value.byteLength));
      size += next.value.length;
    }
    const all = held.length === 1 ? held[0]! : Buffer.concat(held);
    held = [all.subarray(bytes)];
    size = all.length - bytes;
    return all.subarray(0, bytes);
  };
}

function sumOf(header: Buffer): number {
  return header.reduce((total, byte) => total + byte, 0);
}

// The sum is made with blanks in its own place.
function checksumOf(header: Buffer): number {
  const copy = Buffer.from(header);
  copy.write('        ', CHECKSUM_AT, 'latin1');
  return sumOf(copy);
}

function octal(value: number, width: number): string {
  if (value > MOST_BYTES) throw new RangeError('too large for a tar');
  return `${value.toString(8).padStart(width - 1, '0')}\0`;
}

function text(header: Buffer, at: number, length: number): string {
  const end = header.indexOf(0, at);
  return header.toString('utf8', at, end < 0 ? at + length : Math.min(end, at + length));
}

function broken(how: string): FailureError {
  return new FailureError(
    failure('integrity', `The bundle ${how}.`, 'Ask for it again: it did not arrive as it was made.'),
  );
}
