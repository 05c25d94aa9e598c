import type { Verified } from '../../shared/integrity-contract.ts';
import type { ReportKind } from '../../shared/report-template.ts';
import type { CheckedReport, IssuedFacts, IssuedReport } from '../core/report/issued.ts';
import type { MadeReport } from '../core/report/make-report.ts';

type Call<I, O> = { readonly input: I; readonly output: O };

/** What a reading thread answers about reports. Days are calendar dates in `zone`, `now` milliseconds UTC. */
export type ReportReaderCalls = {
  report: Call<
    {
      readonly resourcesDir: string;
      readonly template: ReportKind;
      readonly person: string | null;
      /** Id of the campaign an evidence report is of. */
      readonly review: string | null;
      readonly from: string;
      readonly to: string;
      readonly zone: string;
      readonly now: number;
      /** How a verification ended that an archive open for reading only could not keep. */
      readonly verified?: Verified | undefined;
    },
    MadeReport
  >;
  reports: Call<Record<never, never>, readonly IssuedReport[]>;
  checkReport: Call<{ readonly bytes: Uint8Array }, CheckedReport>;
};

/** What the writing thread writes down about them. */
export type ReportWriterCalls = {
  noteReport: Call<
    { readonly facts: IssuedFacts; readonly word: { readonly by: string; readonly at: number } },
    number
  >;
};

/** Over in a moment: need not wait until a sync or an import has ended. */
export const REPORT_AT_ONCE: readonly (keyof ReportWriterCalls)[] = ['noteReport'];
