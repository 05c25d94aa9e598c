import { z } from 'zod';
import { DAY_STATES } from './coverage.ts';
import { SEVERITIES } from './finding.ts';
import { key, query, zone } from './query-contract.ts';
import { REPORT_TEMPLATES } from './report-template.ts';
import {
  CADENCES,
  DUE_STATES,
  EXCEPTION_STATUSES,
  EXTENTS,
  RETEST_RESULTS,
  REVIEW_KINDS,
  REVIEW_STATUSES,
  REVIEW_VERDICTS,
  SIGN_CHECKS,
  SIGN_ROLES,
} from './review.ts';
import { STATUSES } from './triage.ts';

// The shapes of reviews as they cross from the main process. Instants are milliseconds UTC, days `YYYY-MM-DD` in the zone
// of the review, hashes SHA-256 in lower-case hexadecimal.

export const instant = z.int();
export const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
export const planId = z.string().regex(/^[a-z0-9-]{1,60}$/);
export const reviewId = z.string().regex(/^R-\d{1,12}$/);
export const exceptionId = z.string().regex(/^X-\d{1,12}$/);
export const identityId = z.string().regex(/^I-\d{1,12}$/);
/** Place of an item in its population, from 0; it never changes. */
export const itemNumber = z.int().nonnegative();
export const framework = z.enum(REPORT_TEMPLATES).nullable();
export const filter = query.shape.filter;
const hash = z.string();
const text = z.string();
const count = z.int().nonnegative();

const named = z.strictObject({ id: text.nullable(), name: text.nullable() });
const person = named.extend({ email: text.nullable() });

/** First and last day, both included. */
export const period = z.strictObject({ from: day, to: day });
export type Period = z.output<typeof period>;

/** A person who decides and signs. The private key never leaves the main process. */
export const identity = z.strictObject({
  id: identityId,
  name: text,
  email: text,
  /** Ed25519, 32 bytes in hexadecimal, and the SHA-256 of them. */
  publicKey: text,
  fingerprint: hash,
  createdAt: instant,
  /** When it was retired: it signs no more, and what it signed stays signed. */
  retiredAt: instant.nullable(),
});
export type Identity = z.output<typeof identity>;

/** A recurring review. */
export const reviewPlan = z.strictObject({
  id: planId,
  name: text,
  kind: z.enum(REVIEW_KINDS),
  /** What is reviewed, without dates; of an access review the teams and people. `text` as the search bar writes it. */
  filter,
  text,
  cadence: z.enum(CADENCES),
  /** Days after the end of a period by the end of which its review is due. */
  dueDays: count,
  owner: text.nullable(),
  framework,
  /** A plan that is off makes nothing due. */
  enabled: z.boolean(),
  /** One of the recommended plans that are there from the beginning. */
  recommended: z.boolean(),
});
export type ReviewPlan = z.output<typeof reviewPlan>;

/** What a plan asks for next: the time since its last review, up to the last whole unit of its calendar. */
export const dueReview = z.strictObject({
  plan: reviewPlan,
  period,
  dueAt: instant,
  state: z.enum(DUE_STATES),
  /** How many whole units of the calendar the period takes in; 0 while it is not over. */
  units: count,
  /** The plan's last review that was not abandoned, if any, and exceptions still open from all of its reviews. */
  last: reviewId.nullable(),
  openExceptions: count,
});
export type DueReview = z.output<typeof dueReview>;

const tally = z.partialRecord(z.enum(REVIEW_VERDICTS), count);

export const reviewSummary = z.strictObject({
  id: reviewId,
  title: text,
  kind: z.enum(REVIEW_KINDS),
  plan: planId.nullable(),
  /** The signed review whose period this one adds late entries to. */
  addendumTo: reviewId.nullable(),
  framework,
  period,
  zone,
  owner: text.nullable(),
  dueAt: instant.nullable(),
  overdue: z.boolean(),
  startedAt: instant,
  startedBy: text,
  status: z.enum(REVIEW_STATUSES),
  /** Items in the population, of them to be decided (all of them, or the sample), and decided. */
  population: count,
  scope: count,
  decided: count,
  tally,
  exceptions: z.strictObject({ open: count, total: count }),
  /** When the last signature was made; null before. */
  signedAt: instant.nullable(),
  /** Hash of the manifest that was signed; null before. */
  manifest: hash.nullable(),
});
export type ReviewSummary = z.output<typeof reviewSummary>;

const entryEnd = z.strictObject({ id: text, at: instant });

/** What was frozen at the start. */
export const population = z.strictObject({
  /** The question as text, in words, and with its instants (both included; null is open). */
  text,
  words: text,
  filter,
  fromMs: instant.nullable(),
  toMs: instant.nullable(),
  zone,
  count,
  /** The first and the last entry in time; of an access review null. */
  first: entryEnd.nullable(),
  last: entryEnd.nullable(),
  /** Over the ordered ids (docs/reviews.md). */
  sha256: hash,
  frozenAt: instant,
  /** How many of the items were lawfully deleted from the archive since. */
  deleted: count,
});
export type Population = z.output<typeof population>;

/** What was known of every UTC day that the period touches when it was frozen. */
export const coverage = z.strictObject({
  days: z.array(z.strictObject({ day, state: z.enum(DAY_STATES) })),
  complete: count,
  /** Days that are not provably whole: partial, lost, pending or imported. */
  gaps: count,
  acknowledged: z.strictObject({ by: text, at: instant, reason: text }).nullable(),
});

/** How a sample was drawn; the same everywhere from seed, method and population hash. */
export const sample = z.strictObject({
  method: z.literal('sha256-rank/1'),
  seed: text,
  size: count,
  sha256: hash,
  by: text,
  at: instant,
  /** Why it was drawn again; null for the first. */
  reason: text.nullable(),
  /** How many were drawn before it. */
  before: count,
});
export type Sample = z.output<typeof sample>;

export const signature = z.strictObject({
  role: z.enum(SIGN_ROLES),
  identity: identityId,
  name: text,
  email: text,
  at: instant,
  manifest: hash,
  publicKey: text,
  /** Ed25519 over the statement (docs/reviews.md), hexadecimal. */
  signature: text,
});
export type Signature = z.output<typeof signature>;

/** One thing that has to hold before somebody signs, and the sentence that says whether it does. */
export const signCheck = z.strictObject({
  id: z.enum(SIGN_CHECKS),
  ok: z.boolean(),
  sentence: text,
  /** How many are missing; 0 where all is well. */
  left: count,
});
export type SignCheck = z.output<typeof signCheck>;

export const reviewDetail = reviewSummary.extend({
  question: population,
  coverage,
  /** The rules that were on at the start, with their versions. */
  rules: z.array(z.strictObject({ id: text, version: z.number() })),
  /** The archive's newest seal at the start; null where nothing was sealed. */
  head: z.strictObject({ sequence: count, hash }).nullable(),
  sample: sample.nullable(),
  checks: z.array(signCheck),
  signatures: z.array(signature),
  addenda: z.array(reviewId),
  /** Entries that answer the frozen question now and are in neither the population nor an addendum. */
  late: count,
  /** Exceptions of earlier reviews of the plan that are still open. */
  carried: z.array(exceptionId),
  /** Why it was given up, or given back by the reviewer last; null where it was not. */
  remark: z.strictObject({ by: text, at: instant, reason: text }).nullable(),
});
export type ReviewDetail = z.output<typeof reviewDetail>;

export const itemDecision = z.strictObject({
  /** Number of the line of the journal that decided it. */
  line: z.int().positive(),
  verdict: z.enum(REVIEW_VERDICTS),
  rationale: text,
  evidence: text,
  ticket: text,
  identity: identityId,
  by: text,
  at: instant,
});
export type ItemDecision = z.output<typeof itemDecision>;

/** A person's place in a team at the end of the period, as it was when the population was frozen. */
export const accessItem = z.strictObject({
  person,
  team: named.nullable(),
  /** Null where no entry tells. */
  role: text.nullable(),
  /** `told`: an entry says how they came in; `unknown`: they were there before any entry tells of it. */
  origin: z.enum(['told', 'unknown']),
  joinedAt: instant.nullable(),
  lastSeen: instant.nullable(),
  /** Within the period, as entries tell it: came in, got another role, or neither. */
  change: z.enum(['joined', 'role', 'none']),
  roleBefore: text.nullable(),
});
export type AccessItem = z.output<typeof accessItem>;

const row = z.strictObject({
  key,
  id: text,
  ts: z.number(),
  actor: person.nullable(),
  action: text,
  target: named.extend({ type: text.nullable() }).nullable(),
  address: text.nullable(),
  agent: text.nullable(),
  team: named.nullable(),
});

/** One line of a worksheet. `entry` is null in an access review, and where the entry was lawfully deleted since. */
export const reviewItem = z.strictObject({
  n: itemNumber,
  id: text,
  inSample: z.boolean(),
  entry: row.nullable(),
  access: accessItem.nullable(),
  decision: itemDecision.nullable(),
  exceptions: z.array(exceptionId),
});
export type ReviewItem = z.output<typeof reviewItem>;

/** What can be said of an exception; empty texts and nulls are not said yet. */
export const exceptionFields = z.strictObject({
  nature: text.trim().max(2_000),
  cause: text.trim().max(2_000),
  extent: z.enum(EXTENTS),
  remediation: text.trim().max(2_000),
  owner: text.trim().max(120).nullable(),
  due: day.nullable(),
  /** The clause of the framework it is against, such as CC6.2. */
  control: text.trim().max(60).nullable(),
  ticket: text.trim().max(500),
});
export type ExceptionFields = z.output<typeof exceptionFields>;

export const reviewException = exceptionFields.extend({
  id: exceptionId,
  review: reviewId,
  reviewTitle: text,
  /** The items it is about: how many, and the first hundred by number and id. */
  items: count,
  first: z.array(z.strictObject({ n: itemNumber, id: text })),
  status: z.enum(EXCEPTION_STATUSES),
  overdue: z.boolean(),
  raisedBy: text,
  raisedAt: instant,
  retest: z.strictObject({ result: z.enum(RETEST_RESULTS), note: text, by: text, at: instant }).nullable(),
  closed: z.strictObject({ by: text, at: instant, reason: text }).nullable(),
  /** Every line about it, oldest first, in words. */
  history: z.array(z.strictObject({ line: z.int().positive(), by: text, at: instant, words: text })),
});
export type ReviewException = z.output<typeof reviewException>;

/** A finding of the period, as the worksheet shows it beside the items. */
export const reviewFinding = z.strictObject({
  id: text,
  title: text,
  severity: z.enum(SEVERITIES),
  why: text,
  last: z.number(),
  entryKeys: z.array(key).readonly(),
  status: z.enum(STATUSES),
});
export type ReviewFinding = z.output<typeof reviewFinding>;

/** One line of what was done in a review, in words. */
export const reviewLine = z.strictObject({
  line: z.int().positive(),
  by: text,
  at: instant,
  kind: text,
  words: text,
});
export type ReviewLine = z.output<typeof reviewLine>;

/** Somebody on the list of leavers, and what the log says of their access. */
export const leaver = z.strictObject({
  /** Line of the file, from 1. */
  line: z.int().positive(),
  name: text.nullable(),
  email: text.nullable(),
  leftOn: day,
  /** Who that is in the log; null where nobody of that address or name is known. */
  person: person.nullable(),
  /**
   * `removed`: in time (on the day of leaving or before). `late`: after it. `present`: still belongs to a team. `never`:
   * known, but never belonged to a team. `unknown`: not known in the log.
   */
  state: z.enum(['removed', 'late', 'present', 'never', 'unknown']),
  memberships: z.array(
    z.strictObject({
      team: named.nullable(),
      role: text.nullable(),
      removedAt: instant.nullable(),
      removedBy: text.nullable(),
      /** Whole days between the day of leaving and the removal, or now where there was none; 0 in time. */
      daysLate: count,
      /** Acted in the team after the day of leaving: when last. */
      actedAt: instant.nullable(),
    }),
  ),
  daysLate: count,
});
export type Leaver = z.output<typeof leaver>;

export const leaverComparison = z.strictObject({
  fileName: text,
  sha256: hash,
  at: instant,
  zone,
  leavers: z.array(leaver),
  unread: z.array(z.strictObject({ line: z.int().positive(), reason: text })),
});
export type LeaverComparison = z.output<typeof leaverComparison>;
