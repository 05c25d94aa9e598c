import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBenchArchive } from './archive-folder.ts';
import { dataFile } from './data/file.ts';
import { coldLines, fileLine, loadLines, memoryLines } from './lines.ts';
import { duckDb } from './rivals/duckdb.ts';
import { logbook } from './rivals/logbook.ts';
import { INDEXES, sqlite } from './rivals/sqlite.ts';
import { askAll } from './rounds.ts';
import { row, say, span } from './table.ts';
import { Verdicts } from './verdicts.ts';
import { WANTED } from './wanted.ts';

// This archive, encrypted, beside an open, indexed SQLite table and an open DuckDB file, all three loaded from one file of
// made-up entries and asked the same. `archive.ts [ENTRIES [FOLDER]]`: in a folder of one's own the three files stay, and are
// asked again the next time without being loaded. What is wanted is wanted at five million.

const entries = Number(process.argv[2] ?? 200_000);
const ROUNDS = 5;

const verdicts = new Verdicts();
const data = dataFile(entries);
const kept = process.argv[3];
const folder = kept ?? mkdtempSync(join(tmpdir(), 'logbook-bench-'));
const paths = {
  archive: join(folder, 'bench.logbook'),
  sqlite: join(folder, 'sqlite.db'),
  duckdb: join(folder, 'duck.db'),
};
try {
  const load = existsSync(paths.duckdb) ? null : loadLines(entries, data.path, paths, verdicts);
  const duck = await duckDb(paths.duckdb);
  const rivals = [logbook(await openBenchArchive(paths.archive)), sqlite(paths.sqlite), duck] as const;

  say(
    `${entries} entries of ${Math.round(data.bytes / entries)} bytes over two years; Node ${process.versions.node}, ${availableParallelism()} cores;`,
  );
  say(`SQLite with indexes on (id), ${INDEXES.map((columns) => `(${columns})`).join(', ')};`);
  say(
    `DuckDB ${duck.version}, ${duck.threads} threads. Median of ${ROUNDS} rounds in turn (quickest–slowest), files in the system's cache.`,
  );
  say('');
  row(
    '',
    rivals.map(({ name }) => name),
    ['SQLite ÷ this', 'DuckDB ÷ this'],
  );
  load?.print();
  fileLine(paths, verdicts);
  for (const { name, timings } of await askAll(rivals, ROUNDS, entries)) {
    const [ours, lite, ducks] = timings;
    const against = (other: typeof ours, wanted: number | undefined, who: string): string =>
      verdicts.atLeast(`${name}, against ${who}`, other.median / ours.median, wanted);
    row(name, timings.map(span), [
      against(lite, WANTED[name]?.sqlite, 'SQLite'),
      against(ducks, WANTED[name]?.duckdb, 'DuckDB'),
    ]);
  }
  for (const rival of rivals) rival.close();
  coldLines(paths, verdicts);
  memoryLines(paths.archive, entries, verdicts);
  say('* one index of SQLite is made for just this pair of fields');
  say('');
  for (const line of verdicts.summed()) say(line);
} finally {
  if (kept === undefined) rmSync(folder, { recursive: true, force: true });
}
