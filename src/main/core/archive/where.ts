import { type Condition, compileFilter } from '../search/compile.ts';
import type { QueryPlan } from '../search/plan.ts';
import type { Dictionaries, Dictionary } from './dictionary.ts';
import { toSearchable } from './stored-text.ts';
import { KEYS_PER_MS } from './time-key.ts';

/** A WHERE clause over `entry e` with its parameters. `impossible` where no entry can match. */
export type Where = {
  readonly sql: string;
  readonly params: readonly (string | number)[];
  readonly impossible: boolean;
};

/** The instant of a fact in SQL, milliseconds UTC. */
export const TS_SQL = `(e.key / ${KEYS_PER_MS} - e.shift)`;

const NEVER: Where = { sql: '0', params: [], impossible: true };

/**
 * Translates a plan to SQL: each condition is decided on the dictionary's distinct values first, so that the facts are
 * compared by number alone. `maxShift` is the furthest an entry was moved from its own millisecond.
 */
export function whereOf(plan: QueryPlan, dictionaries: Dictionaries, maxShift: number): Where {
  const parts: string[] = [];
  const params: (string | number)[] = [];
  if (plan.fromMs !== null) {
    parts.push('e.key >= ?');
    params.push(plan.fromMs * KEYS_PER_MS);
    if (maxShift > 0) {
      parts.push(`${TS_SQL} >= ?`);
      params.push(plan.fromMs);
    }
  }
  if (plan.toMs !== null) {
    parts.push('e.key < ?');
    params.push((plan.toMs + 1 + maxShift) * KEYS_PER_MS);
    if (maxShift > 0) {
      parts.push(`${TS_SQL} <= ?`);
      params.push(plan.toMs);
    }
  }
  for (const condition of compileFilter(plan.filter)) {
    const part =
      condition.kind === 'text' ? textPart(condition, dictionaries) : dictionaryPart(condition, dictionaries);
    if (part === null) continue;
    if (part.impossible) return NEVER;
    parts.push(part.sql);
    params.push(...part.params);
  }
  return { sql: parts.length > 0 ? parts.join(' AND ') : '1', params, impossible: false };
}

function dictionaryPart(
  condition: Extract<Condition, { kind: 'dictionary' }>,
  dictionaries: Dictionaries,
): Where | null {
  const dictionary = dictionaries[condition.name] as Dictionary<'actor'>;
  const ids = dictionary.matching(condition.test as Parameters<typeof dictionary.matching>[0]);
  if (ids.length === 0) return condition.negated ? null : NEVER;
  return {
    sql: `e.${condition.name} ${condition.negated ? 'NOT IN' : 'IN'} ${IDS}`,
    params: [JSON.stringify(ids)],
    impossible: false,
  };
}

const IDS = '(SELECT value FROM json_each(?))';

function textPart(condition: Extract<Condition, { kind: 'text' }>, dictionaries: Dictionaries): Where {
  const alternatives: string[] = [];
  const params: string[] = [];
  for (const needle of condition.needles.map(toSearchable)) {
    for (const name of ['actor', 'action', 'target', 'address', 'agent'] as const) {
      const ids = dictionaries[name].containing(needle);
      if (ids.length === 0) continue;
      alternatives.push(`e.${name} IN ${IDS}`);
      params.push(JSON.stringify(ids));
    }
    alternatives.push('EXISTS (SELECT 1 FROM entry_text t WHERE t.key = e.key AND instr(t.folded, ?) > 0)');
    params.push(needle);
  }
  return { sql: `${condition.negated ? 'NOT ' : ''}(${alternatives.join(' OR ')})`, params, impossible: false };
}

/** A filter with every term of one field taken away: what a facet of that field counts over. */
export function withoutField(plan: QueryPlan, field: string): QueryPlan {
  return { ...plan, filter: { ...plan.filter, terms: plan.filter.terms.filter((term) => term.field !== field) } };
}
