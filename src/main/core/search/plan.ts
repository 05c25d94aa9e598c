import { ok, type Result } from '../../../shared/errors.ts';
import type { Filter } from '../../../shared/filter/filter.ts';
import { resolveRange } from '../../../shared/filter/range.ts';

/** A filter whose dates are fixed to instants: what the archive is asked. `fromMs` and `toMs` are both inclusive. */
export type QueryPlan = { readonly filter: Filter; readonly fromMs: number | null; readonly toMs: number | null };

/** Fixes a filter's dates in a zone. `bad_input` where they are no dates or the period ends before it begins. */
export function planQuery(filter: Filter, zone: string, nowMs: number): Result<QueryPlan> {
  const range = resolveRange(filter, zone, nowMs);
  return range.ok ? ok({ filter, ...range.value }) : range;
}

/** The plan for everything in the archive. */
export const WHOLE_ARCHIVE: QueryPlan = { filter: { terms: [] }, fromMs: null, toMs: null };
