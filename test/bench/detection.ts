import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RawItem } from '../../src/main/core/archive/writer.ts';
import { liveDetection } from '../../src/main/core/detection/live.ts';
import { unwrap } from '../../src/shared/errors.ts';
import { newBenchArchive } from './archive-folder.ts';
import { type Entry, plainOf, YEAR_END, yearOf } from './data/organisation.ts';
import { ruleSql } from './rivals/rule-sql.ts';
import { row, say } from './table.ts';
import { summary, timed } from './timing.ts';
import { Verdicts } from './verdicts.ts';

// All rules and baselines over an encrypted archive, first over everything and then day by day as it grows, beside a
// statement a rule over an open table in memory. `detection.ts [ENTRIES]`; what is wanted is wanted at a million.

const entries = Number(process.argv[2] ?? 200_000);
const MS_PER_DAY = 86_400_000;
const NEW_DAYS = 7;
const BATCH = 20_000;
const WANTED = { allMs: 5_000, newDayMs: 100 } as const;

const verdicts = new Verdicts();
const firstNew = (Math.floor(YEAR_END / MS_PER_DAY) - NEW_DAYS + 1) * MS_PER_DAY;
const isNew = ({ entry }: RawItem) => (entry?.ts ?? 0) >= firstNew;

const folder = mkdtempSync(join(tmpdir(), 'logbook-bench-'));
try {
  const writer = await newBenchArchive(join(folder, 'bench.logbook'));
  const store = (items: readonly RawItem[]) =>
    unwrap(writer.ingest({ items, source: { kind: 'file', detail: 'bench' }, receivedAt: YEAR_END }));
  const fresh: RawItem[] = [];
  let batch: RawItem[] = [];
  for (const item of yearOf(entries)) {
    if (isNew(item)) fresh.push(item);
    else if (batch.push(item) >= BATCH) {
      store(batch);
      batch = [];
    }
  }
  store(batch);
  const days = Map.groupBy(fresh, ({ entry }) => Math.floor((entry?.ts ?? 0) / MS_PER_DAY));
  const live = liveDetection(writer, { zone: 'Europe/Lisbon' });
  const all = await metered(() => unwrap(live.current()));
  const grown: Metered<unknown>[] = [];
  for (const day of days.values()) {
    store(day);
    grown.push(await metered(() => unwrap(live.current())));
  }
  const anew = unwrap(liveDetection(writer, { zone: 'Europe/Lisbon' }).current());
  if (JSON.stringify(anew.findings) !== JSON.stringify(unwrap(live.current()).findings))
    throw new Error('what grew and what was run at once differ');
  writer.close();

  const table = ruleSql(plainly(yearOf(entries)));
  const naive = await metered(() => table.run());
  table.close();

  say(`${entries} entries over a year; Node ${process.versions.node}, ${availableParallelism()} cores.`);
  say(
    `${all.value.rulesRun.length} rules and baselines here, encrypted; ${naive.value.statements} statements over an open table in memory.`,
  );
  say(
    'Time that passed, and in brackets what the processors were busy with it: the two differ on a machine with other work.',
  );
  say('');
  row('', ['this, encrypted', 'a statement a rule'], ['what is wanted', 'SQL ÷ this']);
  row(
    'all rules over everything',
    [both(all), both(naive)],
    [verdicts.below('all rules over everything', all.ms, WANTED.allMs, ms), `${(naive.ms / all.ms).toFixed(1)}×`],
  );
  const day = summary(grown.map((one) => one.ms));
  const dayCpu = summary(grown.map((one) => one.cpu));
  row(
    'a new day',
    [`${ms(day.median)} (${ms(dayCpu.median)})`, both(naive)],
    [verdicts.below('a new day', day.median, WANTED.newDayMs, ms), `${(naive.ms / day.median).toFixed(0)}×`],
  );
  say('');
  say(`${anew.findings.length} findings. A statement a rule has to run whole again for a new day.`);
  for (const line of verdicts.summed()) say(line);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function* plainly(items: Iterable<RawItem>): Generator<Entry> {
  for (const item of items) {
    const entry = plainOf(item);
    if (entry !== null) yield entry;
  }
}

type Metered<T> = { readonly ms: number; readonly cpu: number; readonly value: T };

async function metered<T>(run: () => T): Promise<Metered<T>> {
  const before = process.cpuUsage();
  const { ms: passed, value } = await timed(run);
  const { user, system } = process.cpuUsage(before);
  return { ms: passed, cpu: (user + system) / 1_000, value };
}

function both({ ms: passed, cpu }: Metered<unknown>): string {
  return `${ms(passed)} (${ms(cpu)})`;
}

function ms(value: number): string {
  return `${Math.round(value)} ms`;
}
