import type { Category } from '../../../shared/action.ts';
import type { CaseSummary } from '../../../shared/case-schema.ts';
import type { DayState, JettyPlan } from '../../../shared/coverage.ts';
import type { Actor, Target, Team } from '../../../shared/entry.ts';
import type { Finding, RuleInfo, Severity } from '../../../shared/finding.ts';
import type { Decision } from '../../../shared/triage.ts';
import type { Access } from '../review/access/access.ts';
import type { ReportIntegrity } from './integrity.ts';
import type { ReviewPart } from './review-part.ts';
import type { ReportFinding, SetAside } from './set-aside.ts';

/** What a report covers. Days are calendar dates in `zone`, both included; instants are milliseconds UTC, both included. */
export type ReportPeriod = {
  readonly fromDay: string;
  readonly toDay: string;
  readonly zone: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly days: number;
};

/** One end of the population: the entry's id and instant (milliseconds UTC). */
export type PopulationEnd = { readonly id: string; readonly ts: number };

/**
 * The entries examined, by reference. `sha256` is over the ids in UTF-8, ordered by time and, within one instant, by id
 * (code units), joined by a single line feed with none at the end.
 */
export type Population = {
  readonly query: string;
  readonly count: number;
  readonly first: PopulationEnd | null;
  readonly last: PopulationEnd | null;
  readonly sha256: string;
};

/** One UTC day of the coverage ledger, as reported. */
export type ReportDay = {
  readonly day: string;
  readonly state: DayState;
  readonly served: number | null;
  readonly stored: number;
  readonly checkedAt: string | null;
  readonly note: string | null;
};

/** The ledger's UTC days touched by the period, and its reconciliation with a count of the same days. */
export type ReportCoverage = {
  readonly days: readonly ReportDay[];
  readonly states: Readonly<Record<DayState, number>>;
  /** Sum of what the ledger says is stored, and what the archive counts over the same UTC days. */
  readonly ledgerTotal: number;
  readonly countedTotal: number;
  /** First and last check of a day, ISO instants. */
  readonly checkedFrom: string | null;
  readonly checkedTo: string | null;
};

/** How many entries name each of what an entry may say. */
export const ENTRY_FIELDS = ['actor', 'action', 'target', 'address', 'agent', 'team'] as const;
export type FieldCounts = Readonly<Record<(typeof ENTRY_FIELDS)[number], number>>;

export type CategoryCounts = Readonly<Record<Category, number>>;

/** Entries of one calendar date in the zone of the report. */
export type DayActivity = { readonly day: string; readonly total: number; readonly byCategory: CategoryCounts };

export type ActionActivity = {
  readonly action: string;
  readonly phrase: string;
  readonly category: Category;
  readonly count: number;
};

export type Activity = {
  readonly byCategory: CategoryCounts;
  readonly byDay: readonly DayActivity[];
  /** Most frequent first. */
  readonly byAction: readonly ActionActivity[];
};

/** An entry as printed. `details` is the metadata as compact JSON, empty where there is none. */
export type ReportEntry = {
  readonly key: number;
  readonly id: string;
  readonly ts: number;
  readonly actor: Actor | null;
  readonly action: string;
  readonly phrase: string;
  readonly category: Category;
  readonly target: Target | null;
  readonly address: string | null;
  readonly agent: string | null;
  readonly team: Team | null;
  readonly details: string;
  /** SHA-256 of the raw bytes as received; null where the entry is not in the archive. */
  readonly sha256: string | null;
  readonly inPeriod: boolean;
};

/** A finding of medium or above of the period, numbered in order of weight; `entries` in order of time. */
export type ReportException = {
  readonly number: number;
  readonly finding: ReportFinding;
  readonly criteria: readonly string[];
  readonly entries: readonly ReportEntry[];
};

/** Something that was said of a finding of the period. */
export type TriageLine = Pick<Decision, 'at' | 'by' | 'verdict' | 'reason' | 'expires'> & {
  readonly finding: Pick<Finding, 'id' | 'rule' | 'severity' | 'title' | 'first' | 'last'>;
  /** The exception it is listed as; null where the finding is counted only. */
  readonly exception: number | null;
};

export type PrivilegedGroup = {
  readonly id: string;
  readonly title: string;
  readonly entries: readonly ReportEntry[];
};

export type PrivilegedChanges = {
  readonly total: number;
  readonly groups: readonly PrivilegedGroup[];
  /** Entries of the same categories that are routine (profile and password upkeep): counted, not listed. */
  readonly routine: number;
};

/** What bears on one criterion. `worst` is null without exceptions. */
export type CriterionEvidence = {
  readonly id: string;
  readonly title: string;
  readonly looksAt: string;
  readonly shows: string;
  readonly cannotShow: string;
  readonly entries: number;
  readonly rules: readonly string[];
  /** It rests on all rules there are. */
  readonly everyRule: boolean;
  readonly exceptions: readonly number[];
  readonly worst: Severity | null;
};

/** A rule that ran: in how many findings of the period it noticed something, and how many exceptions are named after it. */
export type RuleRun = { readonly rule: RuleInfo; readonly noticed: number; readonly exceptions: number };

/** Where the entries come from. */
export type Provenance = {
  readonly archiveId: string;
  readonly archiveName: string;
  readonly createdAt: number;
  readonly host: string | null;
  readonly plan: JettyPlan | null;
  readonly lastSync: number | null;
  readonly entries: number;
  readonly unreadable: number;
  readonly changedUpstream: number;
  readonly version: number;
};

/**
 * Everything a report says, and nothing about how it looks: pure data, the same for the same archive version, findings
 * and clock. The full population is referenced by its hash; entries are held only where they are printed.
 */
export type ReportModel = {
  readonly framework: string;
  readonly edition: string;
  /** What the framework calls its criteria. */
  readonly term: { readonly one: string; readonly many: string };
  readonly title: string;
  readonly organisation: string;
  readonly period: ReportPeriod;
  /** Milliseconds UTC. */
  readonly generatedAt: number;
  readonly population: Population;
  readonly fields: FieldCounts;
  readonly coverage: ReportCoverage;
  readonly activity: Activity;
  readonly exceptions: readonly ReportException[];
  /** Every line of triage about the findings of the period, oldest first. */
  readonly triage: readonly TriageLine[];
  /** Cases that were opened in the period or whose timeline touches it. */
  readonly cases: readonly CaseSummary[];
  /** What the rules noticed and this report counts without listing it. */
  readonly setAside: SetAside;
  /** Critical and high findings that begin after the period and before the report. */
  readonly afterPeriod: readonly Finding[];
  readonly privileged: PrivilegedChanges;
  /** Who had what at both ends of the period, rebuilt from the log, and what changed in between. */
  readonly access: Access;
  /** The campaign this is the report of; null where it is of none. */
  readonly review: ReviewPart | null;
  readonly criteria: readonly CriterionEvidence[];
  readonly rules: readonly RuleRun[];
  readonly provenance: Provenance;
  /** Head of the archive's seal chain, hexadecimal; null while nothing is sealed. */
  readonly head: string | null;
  readonly integrity: ReportIntegrity;
  /** Limits of this report in particular, then of this source in general; a sentence each. */
  readonly blindSpots: readonly string[];
  readonly method: readonly string[];
};
