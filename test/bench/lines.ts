import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fresh } from './processes/answer.ts';
import type { Cold } from './processes/cold.ts';
import type { Loaded } from './processes/load.ts';
import type { Memory } from './processes/memory.ts';
import { megabytes, rate, row, span } from './table.ts';
import { summary } from './timing.ts';
import type { Verdicts } from './verdicts.ts';
import { COLD, FILE, IMPORT, MEMORY } from './wanted.ts';

export type Paths = { readonly archive: string; readonly sqlite: string; readonly duckdb: string };

const STARTS = 5;

/** Loads all three, each in a process of its own, bare JSON.parse before and after. Printed when the table is begun. */
export function loadLines(entries: number, ndjson: string, paths: Paths, verdicts: Verdicts): { print(): void } {
  const load = (who: string, target = ''): Loaded => fresh<Loaded>('load', who, ndjson, target, String(entries));
  const before = load('parse');
  const ours = load('archive', paths.archive);
  const after = load('parse');
  const lite = load('sqlite', paths.sqlite);
  const duck = load('duckdb', paths.duckdb);
  const parse = (before.ms + after.ms) / 2;
  const tenths = ours.tenths ?? [];
  const flat = (tenths[0] ?? 0) / (tenths[9] ?? Number.POSITIVE_INFINITY);
  return {
    print() {
      const ratios = [lite.ms / ours.ms, duck.ms / ours.ms].map((ratio) => `${ratio.toFixed(2)}×`);
      row(
        'load from NDJSON',
        [ours, lite, duck].map(({ ms }) => rate(entries, ms)),
        ratios,
      );
      const ofParse = verdicts.atLeast('import, of bare JSON.parse', parse / ours.ms, IMPORT.ofBareParse);
      row('  bare JSON.parse of the lines', [rate(entries, parse), '', ''], [`import is ${ofParse}`]);
      const steady = verdicts.atLeast('import, last tenth of first', flat, IMPORT.lastOfFirst);
      const ends = `${rate(entries / 10, tenths[0] ?? 0)}, ${rate(entries / 10, tenths[9] ?? 0)}`;
      row('  first tenth, last tenth', [ends, '', ''], [`last is ${steady}`]);
    },
  };
}

/** The sizes on disk. */
export function fileLine(paths: Paths, verdicts: Verdicts): void {
  const [ours, lite, duck] = [sizeOf(paths.archive), sizeOf(paths.sqlite), sizeOf(paths.duckdb)];
  const ofDuck = verdicts.atMost("file, of DuckDB's", ours / duck, FILE);
  row('file', [ours, lite, duck].map(megabytes), [`this is ${(ours / lite).toFixed(2)}×`, `this is ${ofDuck}`]);
}

/** From opening to the first page, each time in a process of its own, the four in turn. */
export function coldLines(paths: Paths, verdicts: Verdicts): void {
  const times: Record<string, number[]> = { archive: [], sqlite: [], duckdb: [], cipher: [] };
  let bytes = 0;
  for (let i = 0; i < STARTS; i++) {
    for (const [who, spent] of Object.entries(times)) {
      const cold = fresh<Cold>('cold', who, who === 'cipher' ? paths.archive : paths[who as keyof Paths]);
      spent.push(cold.ms);
      bytes = cold.bytes ?? bytes;
    }
  }
  const [ours, lite, duck, cipher] = Object.values(times).map((spent) => summary(spent));
  if (!ours || !lite || !duck || !cipher) return;
  const ratios = [lite, duck].map((other) => `${(other.median / ours.median).toFixed(2)}×`);
  row('cold open to first page', [ours, lite, duck].map(span), ratios);
  const ofCipher = verdicts.atMost('cold open, of reading the columns', ours.median / cipher.median, COLD);
  row(`  ${megabytes(bytes)} through the cipher`, [span(cipher), '', ''], [`opening is ${ofCipher}`]);
}

/** What the process that holds the archive takes of memory. */
export function memoryLines(archive: string, entries: number, verdicts: Verdicts): void {
  const { open, peakOpen, peakExport } = fresh<Memory>('memory', archive, String(entries));
  const more = Math.max(0, peakExport - open);
  const held = verdicts.below('memory, archive open', open, MEMORY.open, megabytes);
  row('memory, archive open', [`${megabytes(open)} (peak ${megabytes(peakOpen)})`, '', ''], [held]);
  const above = verdicts.below('memory, export of everything', more, MEMORY.export, megabytes);
  row('memory, export on top of it', [megabytes(more), '', ''], [above]);
}

function sizeOf(path: string): number {
  if (!statSync(path).isDirectory()) return statSync(path).size;
  return readdirSync(path).reduce((sum, name) => sum + statSync(join(path, name)).size, 0);
}
