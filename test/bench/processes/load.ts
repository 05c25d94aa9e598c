import { performance } from 'node:perf_hooks';
import type { Batch } from '../../../src/main/core/archive/writer.ts';
import { importFiles } from '../../../src/main/core/sync/import.ts';
import { systemClock } from '../../../src/main/system-ports.ts';
import { unwrap } from '../../../src/shared/errors.ts';
import { newBenchArchive } from '../archive-folder.ts';
import { lineBlocks } from '../data/lines.ts';
import { loadDuckDb } from '../rivals/duckdb.ts';
import { loadSqlite } from '../rivals/sqlite.ts';
import { timed } from '../timing.ts';
import { answer } from './answer.ts';

// `load.ts WHO FILE.ndjson TARGET ENTRIES`: how long one of the three takes to load a file, or bare JSON.parse its lines.

/** `ms` of the whole; of this archive also the seconds each tenth of the entries took. */
export type Loaded = { readonly ms: number; readonly tenths?: readonly number[] };

const [who = '', ndjson = '', target = '', entries = '0'] = process.argv.slice(2);

async function importArchive(): Promise<Loaded> {
  const writer = await newBenchArchive(target);
  const marks = [performance.now()];
  let stored = 0;
  const watched = {
    ...writer,
    ingest(batch: Batch) {
      const outcome = writer.ingest(batch);
      stored += batch.items.length;
      if (stored >= (marks.length / 10) * Number(entries) && batch.items.length > 0) marks.push(performance.now());
      return outcome;
    },
  };
  const { ms } = await timed(async () => {
    const { inserted } = unwrap(await importFiles({ writer: watched, files: [ndjson], clock: systemClock }));
    if (inserted !== Number(entries)) throw new Error(`${inserted} of ${entries} entries went in`);
    writer.close();
  });
  return { ms, tenths: marks.slice(1).map((at, i) => at - (marks[i] ?? 0)) };
}

// Nothing but the parsing: reading, decoding and splitting into lines are not counted.
function bareParse(): Loaded {
  let ms = 0;
  for (const lines of lineBlocks(ndjson)) {
    const started = performance.now();
    for (const line of lines) JSON.parse(line);
    ms += performance.now() - started;
  }
  return { ms };
}

const LOADS: Readonly<Record<string, () => Loaded | Promise<Loaded>>> = {
  archive: importArchive,
  sqlite: () => timed(() => loadSqlite(target, ndjson)),
  duckdb: () => timed(() => loadDuckDb(target, ndjson)),
  parse: bareParse,
};
const load = LOADS[who];
if (load === undefined) throw new Error(`nobody is called ${who}`);
answer(await load());
