import type { CaseDetail, CaseEvent, CaseScope, RemedyCheck } from '../../../../shared/case-schema.ts';
import type { Sheet } from '../blocks.ts';
import type { ReportPeriod } from '../model.ts';

/** Everything the report of one case says. Instants are milliseconds UTC; `period` is the span of its timeline, in whole days. */
export type IncidentModel = {
  readonly organisation: string;
  readonly archive: { readonly id: string; readonly version: number };
  readonly head: string | null;
  readonly generatedAt: number;
  readonly period: ReportPeriod;
  readonly detail: CaseDetail;
  /** The timeline, oldest first; every entry of it verifies. */
  readonly events: readonly CaseEvent[];
  readonly scope: CaseScope;
  readonly remedies: readonly RemedyCheck[];
};

/** What every part of its pages needs. */
export type IncidentSheet = Sheet & { readonly model: IncidentModel };

/** Events that are printed; a longer timeline is whole in its file. */
export const MOST_EVENTS = 3_000;
