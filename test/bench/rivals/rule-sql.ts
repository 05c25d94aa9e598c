import { createRequire } from 'node:module';
import type BetterSqlite3 from 'better-sqlite3';
import { shippedRules } from '../../../src/main/core/detection/sigma/rule-set.ts';
import { unwrap } from '../../../src/shared/errors.ts';
import { type Entry, networkText } from '../data/organisation.ts';

// What one would write first: an open, indexed table and a statement a rule. A rule over single entries selects the
// actions that it can be about and no more (its look into the metadata is spared it); a correlation is a window or an
// EXISTS; what is written in code here is the plainest statement that asks the same.

const INDEXES = ['action, ts', 'actor, ts', 'address, ts', 'ts'];
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export type RuleSql = { run(): { readonly statements: number; readonly rows: number }; close(): void };

/** Fills an open table with entries, and answers with what runs every rule over it once. */
export function ruleSql(entries: Iterable<Entry>): RuleSql {
  const Database = createRequire(import.meta.url)('better-sqlite3') as new (file: string) => BetterSqlite3.Database;
  const db = new Database(':memory:');
  db.exec(
    'CREATE TABLE log (n INTEGER PRIMARY KEY, ts INTEGER, actor TEXT, action TEXT, target TEXT, address TEXT, network TEXT, agent TEXT, metadata TEXT)',
  );
  const insert = db.prepare('INSERT INTO log VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?)');
  db.transaction(() => {
    for (const { ts, actor, action, target, address, agent, metadata } of entries)
      insert.run(ts, actor, action, target, address, networkText(address), agent, metadata);
  })();
  INDEXES.forEach((columns, i) => void db.exec(`CREATE INDEX by_${i} ON log (${columns})`));
  db.exec('ANALYZE');
  const actions = db.prepare('SELECT DISTINCT action FROM log').pluck().all() as string[];
  const statements = statementsOf(actions);
  return {
    run() {
      let rows = 0;
      for (const sql of statements) for (const _row of db.prepare(sql).iterate()) rows++;
      return { statements: statements.length, rows };
    },
    close: () => db.close(),
  };
}

function statementsOf(actions: readonly string[]): string[] {
  const { entryRules, correlations, silent } = unwrap(shippedRules());
  const actionsOf = (id: string): string => {
    const rule = entryRules.find((one) => one.info.id === id);
    return among(actions.filter((action) => rule !== undefined && rule.onAction(action) !== false));
  };
  const single = entryRules
    .filter((rule) => !silent.has(rule.info.id))
    .map((rule) => `SELECT * FROM log WHERE action IN ${actionsOf(rule.info.id)}`);
  const together = correlations.map((rule) => {
    const group = rule.groupBy.some((name) => /actor|account/.test(name)) ? 'actor' : 'address';
    const span = rule.timespanMs;
    if (rule.type.startsWith('temporal')) {
      const others = rule.of
        .slice(0, -1)
        .map(
          (id) =>
            `EXISTS (SELECT 1 FROM log b WHERE b.${group} = a.${group} AND b.action IN ${actionsOf(id)} AND b.ts BETWEEN a.ts - ${span} AND a.ts)`,
        );
      return `SELECT * FROM log a WHERE a.action IN ${actionsOf(rule.of.at(-1) ?? '')} AND ${others.join(' AND ')}`;
    }
    const list = among(actions.filter((action) => rule.of.some((id) => actionsOf(id).includes(`'${action}'`))));
    return `SELECT * FROM (SELECT *, count(*) OVER (PARTITION BY ${group} ORDER BY ts RANGE BETWEEN ${span} PRECEDING AND CURRENT ROW) c FROM log WHERE action IN ${list}) WHERE c >= 10`;
  });
  return [...single, ...together, ...inCode(actions)];
}

function inCode(actions: readonly string[]): string[] {
  const like = (pattern: RegExp) => among(actions.filter((action) => pattern.test(action)));
  const failed = like(/fail/);
  const signedIn = like(/^user\.login$/);
  const privileged = like(/token|role|member|payment|allowlist|basic_auth|two_factor|owner|team\.deleted/);
  const before = (more: string) => `(SELECT count(*) FROM log b WHERE b.actor = a.actor AND b.ts < a.ts ${more})`;
  const hour = (table: string) => `((${table}.ts / ${HOUR}) % 24)`;
  return [
    `SELECT * FROM (SELECT *, count(*) OVER (PARTITION BY address ORDER BY ts RANGE BETWEEN 900000 PRECEDING AND CURRENT ROW) c FROM log WHERE action IN ${failed}) WHERE c >= 5`,
    `SELECT * FROM log a WHERE action IN ${signedIn} AND (SELECT count(*) FROM log b WHERE b.address = a.address AND b.action IN ${failed} AND b.ts BETWEEN a.ts - ${14 * DAY} AND a.ts) >= 3`,
    `SELECT *, ${before('')}, ${before(`AND abs(${hour('a')} - ${hour('b')}) <= 1`)} FROM log a WHERE action IN ${privileged} AND ${hour('a')} NOT BETWEEN 7 AND 19`,
    `SELECT * FROM log a WHERE action IN ${signedIn} AND NOT EXISTS (SELECT 1 FROM log b WHERE b.actor = a.actor AND b.ts < a.ts AND b.network = a.network AND b.action IN ${signedIn})`,
    `SELECT * FROM (SELECT *, lag(ts) OVER (PARTITION BY actor ORDER BY ts) p FROM log) WHERE ts - p > ${60 * DAY} AND action IN ${signedIn}`,
    `SELECT actor, action, min(ts) FROM log WHERE action IN ${privileged} GROUP BY 1, 2`,
    `SELECT actor, ts / ${DAY}, count(*) FROM log WHERE action IN ${like(/(deleted|removed|revoked|downloaded|exported)$/)} GROUP BY 1, 2 HAVING count(*) >= 25`,
    `SELECT * FROM (SELECT *, lag(address) OVER (PARTITION BY actor ORDER BY ts) p, lag(ts) OVER (PARTITION BY actor ORDER BY ts) t FROM log) WHERE p <> address AND ts - t < ${DAY}`,
    `SELECT b.* FROM log a JOIN log b ON b.actor = a.target AND b.ts > a.ts WHERE a.action IN ${like(/member_removed/)}`,
  ];
}

function among(values: readonly string[]): string {
  return `(${values.map((value) => `'${value.replaceAll("'", "''")}'`).join(', ')})`;
}
