import { EVERYTHING } from '../../../shared/filter/filter.ts';
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
  const { terms, to } = question.filter ?? EVERYTHING;
  const from = new Date(detail.row.ts + 1).toISOString();
  // A period that ends before the entry holds nothing newer than it, and is refused as a contradiction.
  const newer = await call('entries.count', {
    ...question,
    filter: { terms, from, ...(to === undefined ? {} : { to }) },
  }).catch(() => ({ total: 0 }));
  const { rows } = await call('entries.rows', { ...question, offset: newer.total, limit: AROUND });
  const index = rows.findIndex((row) => row.key === key);
  return index < 0 ? null : newer.total + index;
}
