import { fail, type Result } from '../../../shared/errors.ts';
import type { Filter } from '../../../shared/filter/filter.ts';
import type { LegalHold } from '../archive/deletion/holds.ts';
import type { ArchiveWriter } from '../archive/writer.ts';
import { planQuery } from '../search/plan.ts';

/** What a hold is to cover; dates are fixed in `zone` when it is placed, at `at` (milliseconds UTC). */
export type HoldRequest = {
  readonly filter: Filter;
  readonly zone: string;
  readonly reason: string;
  readonly at: number;
};

/** Keeps what matches from being deleted until the hold is released. `bad_input` without a reason, or as `placeHold`. */
export function placeLegalHold(writer: ArchiveWriter, { filter, zone, reason, at }: HoldRequest): Result<LegalHold> {
  if (reason.trim() === '') return fail('bad_input', 'A hold needs a reason.', 'Say in a few words why.');
  const plan = planQuery(filter, zone, at);
  return plan.ok ? writer.placeHold({ reason: reason.trim(), plan: plan.value, at }) : plan;
}
