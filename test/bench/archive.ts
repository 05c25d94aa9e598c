import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type BetterSqlite3 from 'better-sqlite3';
import { createArchive } from '../../src/main/core/archive/open.ts';
import type { RawItem } from '../../src/main/core/archive/writer.ts';
import { parseEntry } from '../../src/main/core/jetty/parse-entry.ts';
import { planQuery } from '../../src/main/core/search/plan.ts';
import { organisation } from '../../src/main/core/simulator/organisation.ts';
import { systemClock, systemRandom } from '../../src/main/system-ports.ts';
import { unwrap } from '../../src/shared/errors.ts';
import { parseQuery } from '../../src/shared/filter/parse.ts';
import { sideBySide } from './timing.ts';

// This archive, encrypted, beside what one would write first: one wide unencrypted table with an index a question.

const total = Number(process.argv[2] ?? 100_000);
const BATCH = 2_000;
const RUNS = 7;
const now = Date.parse('2026-10-15T12:00:00Z');
const DAYS = 365;
const folder = mkdtempSync(join(tmpdir(), 'logbook-bench-'));
const say = (text: string): void => void process.stdout.write(`${text}\n`);

const made = organisation({ entries: total, days: DAYS, seed: 7, now });
function* batches(): IterableIterator<RawItem[]> {
  let batch: RawItem[] = [];
  for (const entry of made.entries()) {
    batch.push(parseEntry(entry.raw));
    if (batch.length === BATCH) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

const { writer } = unwrap(
  await createArchive(
    join(folder, 'bench.logbook'),
    { name: 'Bench', passphrase: 'bench', zone: 'UTC' },
    { clock: systemClock, random: systemRandom, kdfCost: { memoryKiB: 8, passes: 1, lanes: 1 } },
  ),
);
const Database = createRequire(import.meta.url)('better-sqlite3') as new (file: string) => BetterSqlite3.Database;
const plain = new Database(join(folder, 'plain.db'));
plain.pragma('journal_mode = WAL');
plain.pragma('synchronous = FULL');
plain.exec(`CREATE TABLE log (n INTEGER PRIMARY KEY, id TEXT UNIQUE, ts INTEGER, day TEXT, actor TEXT, action TEXT, category TEXT, target TEXT, ip TEXT, raw TEXT);
  CREATE INDEX by_ts ON log (ts); CREATE INDEX by_actor ON log (actor, ts); CREATE INDEX by_action ON log (action, ts); CREATE INDEX by_category ON log (category, ts)`);
const insertPlain = plain.prepare('INSERT OR IGNORE INTO log VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
const insertAll = plain.transaction((items: RawItem[]) => {
  for (const { raw, entry } of items) {
    if (!entry) continue;
    const category = entry.action.split('.')[0] ?? '';
    insertPlain.run(
      entry.id,
      entry.ts,
      new Date(entry.ts).toISOString().slice(0, 10),
      entry.actor?.email ?? null,
      entry.action,
      category,
      entry.target?.name ?? null,
      entry.address,
      Buffer.from(raw).toString(),
    );
  }
});

// Batch by batch in turn; entries are parsed before the clock starts, for both.
const spent = { archive: 0, plain: 0 };
for (const items of batches()) {
  let started = performance.now();
  unwrap(writer.ingest({ items, source: { kind: 'file', detail: 'bench' }, receivedAt: now }));
  spent.archive += performance.now() - started;
  started = performance.now();
  insertAll(items);
  spent.plain += performance.now() - started;
}

const plan = (query: string) => {
  const parsed = parseQuery(query);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return unwrap(planQuery(parsed.value, 'UTC', now));
};
// The archive forgets nothing between two equal questions; a limit that differs every time makes it answer anew.
let tick = 0;
const fresh = (query: string) => ({ ...plan(query), toMs: now - tick++ });
const sql = (text: string, ...params: unknown[]): unknown => plain.prepare(text).all(...params);
const page = { after: null, limit: 200, direction: 'older' } as const;
const email = String(
  plain
    .prepare('SELECT actor FROM log WHERE actor IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC LIMIT 1')
    .pluck()
    .get(),
);

const questions: readonly (readonly [name: string, archive: () => unknown, plain: () => unknown])[] = [
  [
    'newest page of 200',
    () => writer.page(fresh(''), page),
    () => sql('SELECT * FROM log WHERE ts <= ? ORDER BY ts DESC LIMIT 200', now - tick),
  ],
  [
    'newest page of one action',
    () => writer.page(fresh('action:user.login_failed'), page),
    () =>
      sql('SELECT * FROM log WHERE action = ? AND ts <= ? ORDER BY ts DESC LIMIT 200', 'user.login_failed', now - tick),
  ],
  [
    'count, one action',
    () => writer.count(fresh('action:user.login_failed')),
    () => sql('SELECT count(*) FROM log WHERE action = ? AND ts <= ?', 'user.login_failed', now - tick),
  ],
  [
    'count, actor and category',
    () => writer.count(fresh(`actor:${email} category:tunnel`)),
    () => sql('SELECT count(*) FROM log WHERE actor = ? AND category = ? AND ts <= ?', email, 'tunnel', now - tick),
  ],
  [
    'count, text anywhere',
    () => writer.count(fresh('staging')),
    () => sql(`SELECT count(*) FROM log WHERE raw LIKE '%staging%' AND ts <= ?`, now - tick),
  ],
  [
    'histogram, day × category',
    () => writer.histogram(fresh(''), 'day', 'UTC'),
    () => sql('SELECT day, category, count(*) FROM log WHERE ts <= ? GROUP BY 1, 2', now - tick),
  ],
  [
    'facet, actors',
    () => writer.facet(fresh(''), 'actor', 20),
    () => sql('SELECT actor, count(*) FROM log WHERE ts <= ? GROUP BY 1 ORDER BY 2 DESC LIMIT 20', now - tick),
  ],
];

const line = (name: string, a: string, b: string, ratio: string): void =>
  say(`${name.padEnd(28)}${a.padStart(16)}${b.padStart(20)}${ratio.padStart(12)}`);
say(
  `${total} entries over ${DAYS} days; Node ${process.versions.node}; median of ${RUNS}, the two in turn; ratio above 1: this archive is faster`,
);
line('', 'this, encrypted', 'SQLite, plain', 'ratio');
const rate = (ms: number): string => `${Math.round((total / ms) * 1000)}/s`;
line('inserts, parsed before', rate(spent.archive), rate(spent.plain), (spent.plain / spent.archive).toFixed(2));
for (const [name, ours, theirs] of questions) {
  const [a, b] = sideBySide(RUNS, ours, theirs);
  line(name, `${a.median.toFixed(2)} ms`, `${b.median.toFixed(2)} ms`, (b.median / a.median).toFixed(2));
}
writer.close();
plain.close();
const mib = (file: string): string => `${(statSync(join(folder, file)).size / 2 ** 20).toFixed(0)} MiB`;
line('file', mib('bench.logbook/entries.db'), mib('plain.db'), '');
rmSync(folder, { recursive: true, force: true });
