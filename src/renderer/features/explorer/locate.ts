import { call } from '../../lib/client.ts';
import type { Question } from '../../lib/queries.ts';

const AROUND = 200;

/**
 * Position of an entry among those that answer a question, newest first; null where it is not among them. Counts what
 * is newer, then looks at the rows there, since entries of one millisecond may stand in any order.
 */
export async function positionOf(key: number, question: Question): Promise<number | null> {
  const detail = await call('entries.get', { key });
  if (!detail) return null;
  const { count } = await call('entries.newerThan', { ...question, at: detail.row.ts });
  const { rows } = await call('entries.rows', { ...question, offset: count, limit: AROUND });
  const index = rows.findIndex((row) => row.key === key);
  return index < 0 ? null : count + index;
}
