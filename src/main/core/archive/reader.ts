import type { Category } from '../../../shared/action.ts';
import type { DayCoverage } from '../../../shared/coverage.ts';
import type { EntryLine, EntryRow } from '../../../shared/entry.ts';
import type { FacetField } from '../../../shared/facet.ts';
import type { MarkedEntry } from '../marks/mark-lines.ts';
import type { EntryMarks } from '../marks/marks.ts';
import type { Cancel } from '../ports.ts';
import type { DictionaryName, Tuples } from '../search/compile.ts';
import type { QueryPlan } from '../search/plan.ts';
import type { DayColumns } from './columns/day-columns.ts';
import type { DeletionReader } from './deletion/holds.ts';
import type { FrozenReader } from './frozen-lists.ts';
import type { EvidenceReader } from './integrity/evidence.ts';
import type { SealReader } from './integrity/seal-store.ts';
import type { StampReader } from './integrity/stamp-store.ts';
import type { JournalReader } from './journal.ts';
import type { FoldedDay } from './questions/folding.ts';

/** The archive's own facts. Instants are milliseconds UTC. */
export type ArchiveInfo = {
  readonly archiveId: string;
  readonly name: string;
  readonly createdAt: number;
  /** Zone of day boundaries and office hours unless a query says otherwise. */
  readonly zone: string;
  readonly entries: number;
  readonly unreadable: number;
  readonly changedUpstream: number;
  readonly oldest: number | null;
  readonly newest: number | null;
  /** Rises with every committed change; equal versions give equal answers to all that names no marks (`namesMarks`). */
  readonly version: number;
};

export type PageRequest = {
  /** Rows strictly after this key in the direction of travel; null starts at the end of the log. */
  readonly after: number | null;
  readonly limit: number;
  readonly direction: 'older' | 'newer';
};

export type Page = { readonly rows: readonly EntryRow[]; readonly next: number | null };

/** One value of a facet: `value` is what a filter takes, `label` what a person reads; null is "has none". */
export type FacetValue = { readonly value: string | null; readonly label: string; readonly count: number };

export const BUCKETS = ['minute', 'hour', 'day', 'week', 'month'] as const;
export type BucketSize = (typeof BUCKETS)[number];

/** One bar of a histogram; `start` is milliseconds UTC. Buckets without entries are left out. */
export type Bucket = {
  readonly start: number;
  readonly count: number;
  readonly byCategory: Readonly<Partial<Record<Category, number>>>;
};

/** How many entries a day of a calendar has; `start` is milliseconds UTC. */
export type DayCount = { readonly start: number; readonly count: number };

/** The answer to a question as a list shows it: its days, oldest first, those without entries left out, and its newest rows. */
export type Listing = {
  readonly days: readonly DayCount[];
  readonly rows: readonly EntryRow[];
  readonly version: number;
};

export type FoldedListing = {
  readonly days: readonly FoldedDay[];
  readonly lines: readonly EntryLine[];
  readonly version: number;
};

/** How many entries have a value, and when the first and the last of them happened (milliseconds UTC). */
export type Tally<T> = { readonly value: T; readonly count: number; readonly first: number; readonly last: number };

/** What entries have in common, from one look at each: every distinct value of every column, and the hours of a week. */
export type Survey = {
  readonly total: number;
  /** Milliseconds UTC; null where there are no entries. */
  readonly first: number | null;
  readonly last: number | null;
  /** Entries by hour of the week in the zone asked for, 168 of them, Monday 00:00 first. */
  readonly hours: readonly number[];
  readonly tallies: { readonly [N in DictionaryName]: readonly Tally<Tuples[N]>[] };
};

/** What an entry shares with its neighbours. */
export type NeighbourKind = 'actor' | 'address' | 'target';

export type Provenance = { readonly source: string; readonly receivedAt: number };

/** An entry that came again with another content. Instants in milliseconds UTC. */
export type ChangedEntry = {
  readonly key: number;
  readonly id: string;
  readonly ts: number;
  /** How many other contents came, and when the first of them did. */
  readonly versions: number;
  readonly noticedAt: number;
};

/** One entry with its evidence: the raw bytes as received and the versions that came later under the same id. */
export type EntryRecord = {
  readonly row: EntryRow;
  readonly raw: Uint8Array;
  readonly sha256: string;
  readonly provenance: Provenance;
  readonly versions: readonly { readonly raw: Uint8Array; readonly provenance: Provenance }[];
};

/**
 * Everything that can be asked of an archive. A reader cannot write: there is no method for it, and its connection is
 * opened read-only. All counts are exact.
 */
export type ArchiveReader = JournalReader &
  FrozenReader &
  DeletionReader &
  SealReader &
  StampReader &
  EvidenceReader & {
    info(): ArchiveInfo;
    /** Answers a question, or throws a `FailureError` (`cancelled`) soon after nobody waits for its answer any more. */
    whileWanted<T>(given: Cancel, question: () => T): T;
    count(plan: QueryPlan): number;
    page(plan: QueryPlan, request: PageRequest): Page;
    /** Rows by position, newest first, for a list that jumps. */
    rowsAt(plan: QueryPlan, offset: number, limit: number): readonly EntryRow[];
    /** Days of the zone with their counts and the newest rows, at one moment of the archive. */
    listing(plan: QueryPlan, zone: string, limit: number): Listing;
    /** The same of a list that folds repeats (see `Folding`): its days with their lines, and the newest lines. */
    foldedListing(plan: QueryPlan, zone: string, limit: number): FoldedListing;
    /** Lines of such a list by their index, newest first. */
    linesAt(plan: QueryPlan, zone: string, offset: number, limit: number): readonly EntryLine[];
    /** The lines of such a list that entries are in; null for one that does not match. */
    linesOf(plan: QueryPlan, zone: string, keys: readonly number[]): readonly (EntryLine | null)[];
    /** How many matching entries are newer than an instant (milliseconds UTC): the position at which a list jumps to it. */
    newerThan(plan: QueryPlan, ms: number): number;
    /** Brings what text is looked for in into memory, of about so many entries; false once there is nothing left to bring. */
    readAhead(entries: number): boolean;
    /** `others` counts the entries of values beyond `limit`; `ignoreOwn` counts as if the field were not filtered. */
    facet(
      plan: QueryPlan,
      field: FacetField,
      limit: number,
      options?: { readonly ignoreOwn: boolean },
    ): { values: readonly FacetValue[]; others: number };
    /** Values of the whole archive of which some word begins with `prefix`, the most frequent first: for completion. */
    distinct(field: FacetField, prefix: string, limit: number): readonly FacetValue[];
    /** The nearest entries of the same actor, address or target within `spanMs` on either side, oldest first. */
    neighbours(key: number, kind: NeighbourKind, spanMs: number, limit: number): readonly EntryRow[];
    histogram(plan: QueryPlan, by: BucketSize, zone: string): readonly Bucket[];
    survey(plan: QueryPlan, zone: string): Survey;
    /** Every distinct value of a column there ever was. */
    tuples<N extends DictionaryName>(column: N): readonly Tuples[N][];
    /** The columns of every day, oldest first; their ids count from 1 into `tuples`, and 0 is none. Not to be changed. */
    columns(): readonly DayColumns[];
    /** Those of the keys whose entries match. */
    among(plan: QueryPlan, keys: readonly number[]): readonly number[];
    /** Streams matching rows, oldest first unless asked otherwise: those that are there when it begins, and no others. */
    rows(plan: QueryPlan, direction?: 'older' | 'newer'): IterableIterator<EntryRow>;
    /** Streams matching entries with their raw bytes, oldest first. The bytes are a view of a larger buffer: copy what is kept long. */
    rawRows(plan: QueryPlan): IterableIterator<{ row: EntryRow; raw: Uint8Array }>;
    /** The rows of entries by key, in the order asked; null where no entry has the key. */
    rowsByKey(keys: readonly number[]): readonly (EntryRow | null)[];
    /** Whether the entry of that key and id was lawfully deleted. */
    isBuried(key: number, id: string): boolean;
    entry(key: number): EntryRecord | null;
    /** Entries that came again with another content, oldest first. */
    changedEntries(): readonly ChangedEntry[];
    /** What reviewers put beside entries that are there, oldest entry first; who marked something last. */
    marks(): { readonly entries: readonly EntryMarks[]; readonly reviewer: string | null };
    /** Who the matching entries are, as lines about them name them, oldest first. */
    identities(plan: QueryPlan): IterableIterator<MarkedEntry>;
    /** When something arrived last, milliseconds UTC; null in an empty archive. */
    lastReceivedAt(): number | null;
    coverage(from: string, to: string): readonly DayCoverage[];
    /** How many entries of a UTC day are stored, whether the ledger names it or not. */
    storedOn(day: string): number;
    setting(name: string): string | null;
    close(): void;
  };
