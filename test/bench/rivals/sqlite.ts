import { createRequire } from 'node:module';
import type BetterSqlite3 from 'better-sqlite3';
import { describeAction } from '../../../src/shared/action.ts';
import { linesIn } from '../data/lines.ts';
import type { Rival } from './rival.ts';
import { answerOf, COLUMNS, type Dialect, statementsOf } from './sql.ts';

// What one would write first: one wide, open table with an index for each field that can be asked for, each in the order
// of time; and one made for the pair "what did this person do in this category" (the line with the asterisk).

export const INDEXES: readonly string[] = [
  ...['ts', 'actor_email, category, ts', 'action, ts', 'category, ts', 'team_id, ts', 'ip, ts', 'target_id, ts'],
];
const DIALECT: Dialect = {
  place: 'n',
  // Both sides of ASCII LIKE ignore case.
  contains: (column) => `${column} LIKE '%' || ? || '%'`,
  day: 'ts / 86400000',
};
const BATCH = 10_000;

function open(file: string): BetterSqlite3.Database {
  const Database = createRequire(import.meta.url)('better-sqlite3') as new (file: string) => BetterSqlite3.Database;
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = NORMAL');
  db.pragma('cache_size = -262144');
  return db;
}

/** Fills a new file from NDJSON. The indexes are made at the end, which is the quickest way there is. */
export function loadSqlite(file: string, ndjson: string): void {
  const db = open(file);
  db.exec(
    `CREATE TABLE log (n INTEGER PRIMARY KEY, ${COLUMNS.map((name) => `${name} ${name === 'ts' ? 'INTEGER' : 'TEXT'}`).join(', ')})`,
  );
  const insert = db.prepare(`INSERT INTO log VALUES (NULL, ${COLUMNS.map(() => '?').join(', ')})`);
  const store = db.transaction((lines: readonly string[]) => {
    for (const line of lines) insert.run(cellsOf(line));
  });
  let pending: string[] = [];
  for (const line of linesIn(ndjson)) {
    if (pending.push(line) < BATCH) continue;
    store(pending);
    pending = [];
  }
  store(pending);
  db.exec('CREATE UNIQUE INDEX by_id ON log (id)');
  INDEXES.forEach((columns, i) => void db.exec(`CREATE INDEX by_${i} ON log (${columns})`));
  db.exec('ANALYZE');
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
}

type Sent = {
  readonly [part in 'actor' | 'target' | 'context']: Readonly<Record<string, string | null>> | null;
} & { readonly id: string; readonly timestamp: string; readonly action: string; readonly metadata: unknown };

function cellsOf(line: string): (string | number | null)[] {
  const { id, timestamp, actor, action, target, context, metadata } = JSON.parse(line) as Sent;
  return [
    ...[id, Date.parse(timestamp), actor?.id ?? null, actor?.name ?? null, actor?.email ?? null, action],
    ...[describeAction(action).category, target?.type ?? null, target?.id ?? null, target?.name ?? null],
    ...[context?.ip_address ?? null, context?.user_agent ?? null, context?.team_id ?? null, context?.team_name ?? null],
    ...[JSON.stringify(metadata), line],
  ];
}

/** An indexed table in an open SQLite file. */
export function sqlite(file: string): Rival {
  const db = open(file);
  const known = new Map<string, BetterSqlite3.Statement>();
  const prepared = (text: string): BetterSqlite3.Statement => {
    const statement = known.get(text) ?? db.prepare(text).raw();
    known.set(text, statement);
    return statement;
  };
  return {
    name: 'SQLite, indexed',
    ask: (question) => statementsOf(question, DIALECT).map(({ text, params }) => prepared(text).all(...params)),
    compared: (question, answer) => answerOf(question, answer as unknown[][][]),
    close: () => db.close(),
  };
}
