import { BURST, FACETS, PAGE, type Question, TOP, type Where } from '../question.ts';
import type { Answer } from './rival.ts';

// The questions in the SQL that both databases understand, and their answers.

export type Sql = { readonly text: string; readonly params: readonly (string | number)[] };

export const COLUMNS = [
  ...['id', 'ts', 'actor_id', 'actor_name', 'actor_email', 'action', 'category', 'target_type', 'target_id'],
  ...['target_name', 'ip', 'agent', 'team_id', 'team_name', 'metadata', 'raw'],
] as const;

/** What differs between the two: how a row's place is called, how text is looked for, how a day is made of an instant. */
export type Dialect = { readonly place: string; contains(column: string): string; readonly day: string };

const SHOWN = COLUMNS.slice(0, 14).join(', ');
const SEARCHED = ['actor_name', 'actor_email', 'action', 'target_name', 'ip', 'agent', 'metadata'];
const COLUMN_OF = { action: 'action', category: 'category', actor: 'actor_email', team: 'team_id' } as const;

/** The statements a question takes, in order. */
export function statementsOf(question: Question, dialect: Dialect): readonly Sql[] {
  const { text: where, params } = whereOf(question.where, dialect);
  switch (question.ask) {
    case 'page': {
      const order = `ORDER BY ts DESC, ${dialect.place} DESC LIMIT ${PAGE} OFFSET ?`;
      return [{ text: `SELECT ${SHOWN} FROM log WHERE ${where} ${order}`, params: [...params, question.offset] }];
    }
    case 'count':
      return [{ text: `SELECT count(*) FROM log WHERE ${where}`, params }];
    case 'facets':
      return [
        { text: `SELECT count(*) FROM log WHERE ${where}`, params },
        ...FACETS.map((field) => {
          const column = COLUMN_OF[field];
          const order = `ORDER BY 2 DESC, 1 ASC NULLS FIRST LIMIT ${TOP}`;
          return { text: `SELECT ${column}, count(*) FROM log WHERE ${where} GROUP BY 1 ${order}`, params };
        }),
      ];
    case 'histogram':
      return [
        {
          text: `SELECT ${dialect.day}, category, count(*) FROM log WHERE ${where} GROUP BY 1, 2 ORDER BY 1, 2`,
          params,
        },
      ];
    case 'bursts': {
      const before = `lag(ts, ${BURST.size - 1}) OVER (PARTITION BY actor_email ORDER BY ts)`;
      const ends = `SELECT ts, actor_email, ${before} AS earlier FROM log WHERE ${where}`;
      // A null actor is one more who is counted.
      const actors = `count(DISTINCT coalesce(actor_email, ''))`;
      return [
        { text: `SELECT count(*), ${actors} FROM (${ends}) AS e WHERE ts - earlier <= ${BURST.withinMs}`, params },
      ];
    }
  }
}

/** The comparable answer from the rows of each statement. */
export function answerOf(question: Question, results: readonly (readonly (readonly unknown[])[])[]): Answer {
  const [first = []] = results;
  switch (question.ask) {
    case 'page':
      return first.map((row) => String(row[0]));
    case 'count':
      return Number(first[0]?.[0]);
    case 'facets': {
      const total = Number(first[0]?.[0]);
      const facets = results.slice(1).map((rows) => {
        const values = rows.map(([value, count]) => [value as string | null, Number(count)] as const);
        return { values, others: total - values.reduce((sum, [, count]) => sum + count, 0) };
      });
      return { total, facets };
    }
    case 'histogram':
      return first.map(
        ([day, category, count]) => [Number(day) * 86_400_000, String(category), Number(count)] as const,
      );
    case 'bursts':
      return { bursts: Number(first[0]?.[0]), actors: Number(first[0]?.[1]) };
  }
}

function whereOf({ toMs, text, ...fields }: Where, { contains }: Dialect): Sql {
  const parts = ['ts <= ?'];
  const params: (string | number)[] = [toMs];
  for (const [field, value] of Object.entries(fields)) {
    parts.push(`${COLUMN_OF[field as keyof typeof COLUMN_OF]} = ?`);
    params.push(value);
  }
  if (text !== undefined) {
    parts.push(`(${SEARCHED.map(contains).join(' OR ')})`);
    params.push(...SEARCHED.map(() => text));
  }
  return { text: parts.join(' AND '), params };
}
