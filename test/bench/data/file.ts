import { closeSync, existsSync, mkdirSync, openSync, renameSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { entryLines } from './entries.ts';

// Raised when the entries change, so that no older file is taken for them.
const EDITION = 1;
const SEED = 7;
const CHUNK = 4 * 2 ** 20;

export type DataFile = { readonly path: string; readonly bytes: number };

/** The NDJSON file of so many entries under the system's temporary folder: written once, then used again. */
export function dataFile(entries: number): DataFile {
  const folder = join(tmpdir(), 'logbook-bench-data');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${entries}-${SEED}-${EDITION}.ndjson`);
  if (!existsSync(path)) {
    const unfinished = `${path}.${process.pid}`;
    const file = openSync(unfinished, 'w');
    let text = '';
    for (const line of entryLines(entries, SEED)) {
      text += `${line}\n`;
      if (text.length < CHUNK) continue;
      writeSync(file, text);
      text = '';
    }
    writeSync(file, text);
    closeSync(file);
    renameSync(unfinished, path);
  }
  return { path, bytes: statSync(path).size };
}
