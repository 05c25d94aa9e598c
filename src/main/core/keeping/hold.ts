import { fail, ok, type Result } from '../../../shared/errors.ts';
import type { Filter } from '../../../shared/filter/filter.ts';
import { printQuery } from '../../../shared/filter/print.ts';
import type { LegalHold } from '../archive/deletion/holds.ts';
import type { ArchiveWriter } from '../archive/writer.ts';
import { planQuery } from '../search/plan.ts';
import { type KeepingWord, keepingLine } from './keeping-lines.ts';

/** What a hold is to cover, and who says so; dates are fixed in `zone` when it is placed. */
export type HoldRequest = KeepingWord & {
  readonly filter: Filter;
  readonly zone: string;
  readonly reason: string;
};

/** Keeps what matches from being deleted until the hold is released. `bad_input` without a reason, or as `placeHold`. */
export function placeLegalHold(writer: ArchiveWriter, request: HoldRequest): Result<LegalHold> {
  const { filter, zone, at } = request;
  const reason = request.reason.trim();
  if (reason === '') return fail('bad_input', 'A hold needs a reason.', 'Say in a few words why.');
  const plan = planQuery(filter, zone, at);
  const placed = plan.ok ? writer.placeHold({ reason, plan: plan.value, at }) : plan;
  if (!placed.ok) return placed;
  const { fromMs: from, toMs: to } = placed.value.plan;
  const query = printQuery({ terms: filter.terms });
  const noted = writer.appendJournal([keepingLine('held', placed.value.id, request, { reason, query, from, to })]);
  return noted.ok ? placed : noted;
}

/** Ends a hold. `not_found` where none of this number is in force. */
export function releaseLegalHold(writer: ArchiveWriter, id: number, word: KeepingWord): Result<void> {
  const released = writer.releaseHold(id, word.at);
  if (!released.ok) return released;
  const noted = writer.appendJournal([keepingLine('released', id, word, {})]);
  return noted.ok ? ok(undefined) : noted;
}
