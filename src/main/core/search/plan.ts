import { fail, ok, type Result } from '../../../shared/errors.ts';
import type { Filter, Term } from '../../../shared/filter/filter.ts';
import { boundInstant, resolveRange } from '../../../shared/filter/range.ts';

/** Entries by key: those alone, or all but those. */
export type KeyList = { readonly keys: readonly number[]; readonly negated: boolean };

/**
 * A filter whose dates are fixed to instants: what the archive is asked. `fromMs` and `toMs` are both inclusive. `listed`
 * narrows it further to entries picked one by one.
 */
export type QueryPlan = {
  readonly filter: Filter;
  readonly fromMs: number | null;
  readonly toMs: number | null;
  readonly listed?: KeyList;
};

/** Fixes a filter's dates in a zone. `bad_input` where they are no dates or the period ends before it begins. */
export function planQuery(filter: Filter, zone: string, nowMs: number): Result<QueryPlan> {
  const range = resolveRange(filter, zone, nowMs);
  if (!range.ok) return range;
  const terms: Term[] = [];
  for (const term of filter.terms) {
    if (term.field !== 'received') {
      terms.push(term);
      continue;
    }
    const ms = boundInstant(term.value, zone);
    if (ms === null)
      return fail('bad_input', `“${term.value}” is not a date.`, 'Write received:2026-01-31 or an instant.');
    terms.push({ ...term, value: new Date(ms).toISOString() });
  }
  return ok({ filter: { ...filter, terms }, ...range.value });
}

/** The plan for everything in the archive. */
export const WHOLE_ARCHIVE: QueryPlan = { filter: { terms: [] }, fromMs: null, toMs: null };
