import type {
  CaseDetail,
  CaseEvent,
  CaseScope,
  CaseSummary,
  RemedyCheck,
  ScopeEntry,
} from '../../shared/case-schema.ts';
import type { Finding } from '../../shared/finding.ts';
import type { ForWhom } from '../core/bundle/age-file.ts';
import type { BundleMade } from '../core/bundle/create.ts';
import type { CaseAct, CaseActed } from '../core/investigation/case-acts.ts';
import type { CaseExported, CaseFormat } from '../core/investigation/case-export.ts';
import type { Said } from '../core/investigation/case-lines.ts';
import type { CaseStart } from '../core/investigation/case-start.ts';
import type { ForeignRead } from '../core/investigation/foreign.ts';
import type { Opening } from '../core/investigation/open-case.ts';
import type { CaseReported } from '../core/report/incident/report-case.ts';

type Call<I, O> = { readonly input: I; readonly output: O };

/** What a reading thread answers about investigations. Instants are milliseconds UTC. */
export type CaseReaderCalls = {
  caseList: Call<Record<never, never>, CaseSummary[]>;
  caseDetail: Call<{ readonly id: string; readonly now: number }, CaseDetail>;
  caseTimeline: Call<{ readonly id: string }, CaseEvent[]>;
  caseStart: Call<{ readonly findings: readonly Finding[] }, CaseStart>;
  caseScope: Call<{ readonly id: string; readonly steps: number | null }, CaseScope>;
  caseScopeEntries: Call<
    {
      readonly id: string;
      readonly steps: number | null;
      readonly pinned: boolean;
      readonly offset: number;
      readonly limit: number;
    },
    { entries: ScopeEntry[]; total: number }
  >;
  caseCheck: Call<{ readonly id: string }, RemedyCheck[]>;
  readForeign: Call<{ readonly path: string; readonly zone: string }, ForeignRead>;
  exportCase: Call<
    {
      readonly id: string;
      readonly format: CaseFormat;
      readonly out: string;
      readonly now: number;
      readonly resourcesDir: string;
      readonly sidecar: boolean;
    },
    CaseExported
  >;
  reportCase: Call<
    { readonly id: string; readonly out: string; readonly zone: string; readonly now: number },
    CaseReported
  >;
  bundleCase: Call<
    { readonly id: string; readonly zone: string; readonly now: number; readonly out: string; readonly whom: ForWhom },
    BundleMade
  >;
};

/** What the writing thread writes down about them. */
export type CaseWriterCalls = {
  caseAct: Call<{ readonly act: CaseAct; readonly now: number }, CaseActed>;
  openCase: Call<{ readonly opening: Opening; readonly said: Said }, string>;
};

/** Calls that are over in a moment, and need not wait until a sync or an import has ended. */
export const CASE_AT_ONCE: readonly (keyof CaseWriterCalls)[] = ['caseAct', 'openCase'];
