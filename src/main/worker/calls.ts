import type { DayCoverage, JettyPlan } from '../../shared/coverage.ts';
import type { EntryLine, EntryRow } from '../../shared/entry.ts';
import type { ExportFormat } from '../../shared/export-format.ts';
import type { FacetField } from '../../shared/facet.ts';
import type { RunRecord } from '../../shared/run.ts';
import type {
  ArchiveInfo,
  Bucket,
  BucketSize,
  EntryRecord,
  FacetValue,
  FoldedListing,
  Listing,
  NeighbourKind,
} from '../core/archive/reader.ts';
import type { ProvenExport } from '../core/export/sidecar.ts';
import type { SeenAgain } from '../core/investigation/watch.ts';
import type { QueryPlan } from '../core/search/plan.ts';
import type { ImportResult } from '../core/sync/import.ts';
import type { ImportPreview } from '../core/sync/import-preview.ts';
import type { RetentionFacts } from '../core/sync/retention-facts.ts';
import type { SyncResult } from '../core/sync/tally.ts';
import type { BesideReaderCalls, BesideWriterCalls } from './beside-calls.ts';
import type { BundleCalls } from './bundle-calls.ts';
import type { CaseReaderCalls, CaseWriterCalls } from './case-calls.ts';
import type { DetectionReaderCalls, DetectionWriterCalls } from './detection-calls.ts';
import type { IntegrityCalls, IntegrityWriterCalls } from './integrity-calls.ts';
import type { KeepingReaderCalls, KeepingWriterCalls } from './keeping-calls.ts';
import type { ProfileCalls } from './profile-calls.ts';
import type { ReportReaderCalls, ReportWriterCalls } from './report-calls.ts';
import type { ReviewReaderCalls, ReviewWriterCalls } from './review-calls.ts';
import type { SettingsReaderCalls, SettingsWriterCalls } from './settings-calls.ts';

type Call<I, O> = { readonly input: I; readonly output: O };

/** What a reading thread answers. */
export type ReaderCalls = DetectionReaderCalls &
  ProfileCalls &
  BesideReaderCalls &
  ReviewReaderCalls &
  CaseReaderCalls &
  KeepingReaderCalls &
  IntegrityCalls &
  BundleCalls &
  SettingsReaderCalls &
  ReportReaderCalls & {
    info: Call<Record<never, never>, ArchiveInfo>;
    setting: Call<{ readonly name: string }, string | null>;
    count: Call<{ readonly plan: QueryPlan }, number>;
    rowsAt: Call<
      { readonly plan: QueryPlan; readonly offset: number; readonly limit: number },
      { readonly rows: readonly EntryRow[]; readonly version: number }
    >;
    listing: Call<{ readonly plan: QueryPlan; readonly zone: string; readonly limit: number }, Listing>;
    foldedListing: Call<{ readonly plan: QueryPlan; readonly zone: string; readonly limit: number }, FoldedListing>;
    linesAt: Call<
      { readonly plan: QueryPlan; readonly zone: string; readonly offset: number; readonly limit: number },
      readonly EntryLine[]
    >;
    linesOf: Call<
      { readonly plan: QueryPlan; readonly zone: string; readonly keys: readonly number[] },
      readonly (EntryLine | null)[]
    >;
    facets: Call<
      { readonly plan: QueryPlan; readonly fields: readonly FacetField[]; readonly limit: number },
      { field: FacetField; values: readonly FacetValue[]; others: number }[]
    >;
    readAhead: Call<{ readonly entries: number }, boolean>;
    newerThan: Call<{ readonly plan: QueryPlan; readonly at: number }, number>;
    distinct: Call<
      { readonly field: FacetField; readonly prefix: string; readonly limit: number },
      readonly FacetValue[]
    >;
    neighbours: Call<
      { readonly key: number; readonly kind: NeighbourKind; readonly spanMs: number; readonly limit: number },
      readonly EntryRow[]
    >;
    histogram: Call<{ readonly plan: QueryPlan; readonly by: BucketSize; readonly zone: string }, readonly Bucket[]>;
    entry: Call<{ readonly key: number }, EntryRecord | null>;
    /** Days of the ledger; where `now` (ms UTC) is given every day, also those that the ledger does not name. */
    coverage: Call<{ readonly from: string; readonly to: string; readonly now: number | null }, readonly DayCoverage[]>;
    retention: Call<{ readonly now: number }, RetentionFacts>;
    runs: Call<Record<never, never>, readonly RunRecord[]>;
    previewImport: Call<{ readonly paths: readonly string[] }, ImportPreview>;
    export: Call<
      {
        readonly plan: QueryPlan;
        readonly format: ExportFormat;
        readonly out: string;
        readonly resourcesDir: string;
        readonly sidecar: boolean;
      },
      ProvenExport
    >;
  };

/** What the one writing thread does. The token lives in the message alone. */
export type WriterCalls = DetectionWriterCalls &
  BesideWriterCalls &
  ReviewWriterCalls &
  CaseWriterCalls &
  KeepingWriterCalls &
  SettingsWriterCalls &
  IntegrityWriterCalls &
  ReportWriterCalls & {
    /** `proxy` is the desktop's for the address, null where the way is direct. */
    sync: Call<
      {
        readonly address: string;
        readonly token: string;
        readonly plan: JettyPlan | null;
        readonly proxy: string | null;
        readonly reconcile: boolean;
      },
      SyncResult & { readonly seen: readonly SeenAgain[] }
    >;
    /** `label` is how the history names what was imported. */
    importFiles: Call<
      { readonly paths: readonly string[]; readonly label: string },
      ImportResult & { readonly seen: readonly SeenAgain[] }
    >;
    setSetting: Call<{ readonly name: string; readonly value: string }, null>;
  };
