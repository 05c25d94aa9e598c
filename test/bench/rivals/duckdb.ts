import { type DuckDBConnection, DuckDBInstance, type DuckDBPreparedStatement } from '@duckdb/node-api';
import { describeAction } from '../../../src/shared/action.ts';
import { makePools } from '../data/pools.ts';
import type { Rival } from './rival.ts';
import { answerOf, COLUMNS, type Dialect, statementsOf } from './sql.ts';

const DIALECT: Dialect = {
  // Rows keep the order of the file.
  place: 'rowid',
  contains: (column) => `contains(lower(${column}), ?)`,
  day: 'ts // 86400000',
};
const PERSON = '{"id":"VARCHAR","name":"VARCHAR","email":"VARCHAR"}';
const TARGET = '{"type":"VARCHAR","id":"VARCHAR","name":"VARCHAR"}';
const CONTEXT = '{"ip_address":"VARCHAR","user_agent":"VARCHAR","team_id":"VARCHAR","team_name":"VARCHAR"}';
const SHAPE = `{"id":"VARCHAR","timestamp":"TIMESTAMPTZ","actor":${PERSON},"action":"VARCHAR","target":${TARGET},"context":${CONTEXT},"metadata":"JSON"}`;

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Fills a new file from NDJSON with all cores, each line parsed once. */
export async function loadDuckDb(file: string, ndjson: string): Promise<void> {
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  const categories = makePools(7)
    .deeds.map(({ action }) => `(${quoted(action)}, ${quoted(describeAction(action).category)})`)
    .join(', ');
  const cells = [
    ...['e.id', 'epoch_ms(e.timestamp)', 'e.actor.id', 'e.actor.name', 'e.actor.email', 'e.action', 'c.category'],
    ...['e.target.type', 'e.target.id', 'e.target.name', 'e.context.ip_address', 'e.context.user_agent'],
    ...['e.context.team_id', 'e.context.team_name', 'e.metadata::VARCHAR', 'raw'],
  ].map((cell, i) => `${cell} AS ${COLUMNS[i]}`);
  await connection.run(
    `CREATE TABLE log AS SELECT ${cells.join(', ')} FROM
       (SELECT json_transform(json, ${quoted(SHAPE)}) AS e, json::VARCHAR AS raw FROM read_ndjson_objects(${quoted(ndjson)})) AS lines
       LEFT JOIN (VALUES ${categories}) AS c (action, category) ON c.action = e.action`,
  );
  await connection.run('CHECKPOINT');
  connection.closeSync();
  instance.closeSync();
}

/** DuckDB over a file on disk, all cores, no encryption. */
export async function duckDb(file: string): Promise<Rival & { readonly version: string; readonly threads: number }> {
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  const known = new Map<string, DuckDBPreparedStatement>();
  const rowsOf = async (text: string, params: readonly (string | number)[]): Promise<unknown[][]> => {
    const statement = known.get(text) ?? (await connection.prepare(text));
    known.set(text, statement);
    params.forEach((value, i) => {
      if (typeof value === 'string') statement.bindVarchar(i + 1, value);
      else statement.bindBigInt(i + 1, BigInt(value));
    });
    return (await statement.runAndReadAll()).getRows();
  };
  return {
    name: 'DuckDB',
    version: String(await single(connection, 'SELECT version()')),
    threads: Number(await single(connection, `SELECT current_setting('threads')`)),
    async ask(question) {
      const results: unknown[][][] = [];
      for (const { text, params } of statementsOf(question, DIALECT)) results.push(await rowsOf(text, params));
      return results;
    },
    compared: (question, answer) => answerOf(question, answer as unknown[][][]),
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

async function single(connection: DuckDBConnection, text: string): Promise<unknown> {
  return (await connection.runAndReadAll(text)).getRows()[0]?.[0];
}
