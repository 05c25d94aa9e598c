import type { Filter } from '../../../shared/filter/filter.ts';

/** A filter whose dates are fixed to instants: what the archive is asked. `fromMs` and `toMs` are both inclusive. */
export type QueryPlan = { readonly filter: Filter; readonly fromMs: number | null; readonly toMs: number | null };
