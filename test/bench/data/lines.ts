import { closeSync, openSync, readSync } from 'node:fs';

const CHUNK = 4 * 2 ** 20;

/** The lines of a file, a chunk of it in memory at a time. */
export function* linesIn(path: string): IterableIterator<string> {
  for (const lines of lineBlocks(path)) yield* lines;
}

/** The same, as many lines at once as a chunk holds. */
export function* lineBlocks(path: string): IterableIterator<readonly string[]> {
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.allocUnsafe(CHUNK);
    let rest = 0;
    for (;;) {
      const length = rest + readSync(file, buffer, rest, CHUNK - rest, null);
      if (length === rest) return;
      const end = buffer.lastIndexOf(0x0a, length - 1) + 1;
      yield buffer.toString('utf8', 0, end - 1).split('\n');
      buffer.copy(buffer, 0, end, length);
      rest = length - end;
    }
  } finally {
    closeSync(file);
  }
}
