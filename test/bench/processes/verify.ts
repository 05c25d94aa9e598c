import { hash } from 'node:crypto';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { verifyArchive } from '../../../src/main/core/archive/integrity/verify.ts';
import { decodeBlock, rawAt } from '../../../src/main/core/archive/raw/block.ts';
import { openForReading } from '../../../src/main/core/archive/read-only-medium.ts';
import { parseEntry } from '../../../src/main/core/jetty/parse-entry.ts';
import { startVerifiers } from '../../../src/main/worker/verifier-threads.ts';
import { unwrap } from '../../../src/shared/errors.ts';
import { benchKey } from '../archive-folder.ts';
import { answer } from './answer.ts';

// `verify.ts loop|verify PATH`: how long a bare loop over the raw bytes of an archive takes that hashes each entry once, and a full
// verification with what it keeps resident.

/** Milliseconds of the whole, of the hashing alone, and how many bytes were hashed. */
export type Looped = { readonly ms: number; readonly hashing: number; readonly bytes: number };
/** Milliseconds, entries, and bytes resident at most: until a fifth was checked, and in all. */
export type Verified = {
  readonly ms: number;
  readonly entries: number;
  readonly early: number;
  readonly most: number;
};

const SCRIPT = join(import.meta.dirname, '../../../out/main/archive-worker.js');
const [what = '', path = ''] = process.argv.slice(2);
const key = await benchKey(path);

function loop(): Looped {
  const db = unwrap(openForReading(path, key));
  const begun = performance.now();
  let hashing = 0;
  let bytes = 0;
  for (const stored of db.prepare('SELECT bytes FROM block ORDER BY id').pluck().iterate() as Iterable<Uint8Array>) {
    const block = decodeBlock(stored);
    const from = performance.now();
    for (let slot = 0; slot < block.keys.length; slot++) hash('sha256', rawAt(block, slot), 'buffer');
    hashing += performance.now() - from;
    bytes += block.bytes.length;
  }
  const ms = performance.now() - begun;
  db.close();
  return { ms, hashing, bytes };
}

async function verify(): Promise<Verified> {
  let early = 0;
  let most = 0;
  const begun = performance.now();
  const report = unwrap(
    await verifyArchive(path, key, {
      parse: parseEntry,
      helper: () => startVerifiers(SCRIPT, path, key),
      onProgress: ({ done, total }) => {
        most = Math.max(most, process.memoryUsage.rss());
        if (done <= (total ?? 0) / 5) early = most;
      },
    }),
  );
  if (!report.ok) throw new Error('an untouched archive does not verify');
  return { ms: performance.now() - begun, entries: report.entries, early, most };
}

answer(what === 'loop' ? loop() : await verify());
