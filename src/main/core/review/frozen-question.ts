import type { QueryPlan } from '../search/plan.ts';
import type { Frozen } from './review-lines.ts';

/** A plan with both of its ends. */
export type Question = QueryPlan & { readonly fromMs: number; readonly toMs: number };

/** The question that was frozen, as the archive is asked it. */
export function frozenQuestion({ filter, fromMs, toMs }: Pick<Frozen, 'filter' | 'fromMs' | 'toMs'>): Question {
  return { filter: { terms: filter.terms }, fromMs: fromMs ?? 0, toMs: toMs ?? Number.MAX_SAFE_INTEGER };
}
