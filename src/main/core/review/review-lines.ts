import { z } from 'zod';
import { DAY_STATES } from '../../../shared/coverage.ts';
import { CADENCES, RETEST_RESULTS, REVIEW_KINDS, REVIEW_VERDICTS, SIGN_ROLES } from '../../../shared/review.ts';
import {
  exceptionFields,
  filter,
  framework,
  identityId,
  instant,
  leaverComparison,
  period,
  planId,
  reviewId,
} from '../../../shared/review-schema.ts';
import type { JournalLine, NewJournalLine } from '../archive/journal.ts';

/** Kinds of journal lines that are about reviews; others are somebody else's. */
export const REVIEW_LINES = {
  plan: 'review.plan',
  started: 'review.started',
  decided: 'review.decided',
  undone: 'review.undone',
  sampled: 'review.sampled',
  gaps: 'review.gaps',
  signed: 'review.signed',
  givenBack: 'review.given-back',
  abandoned: 'review.abandoned',
  exported: 'review.exported',
  leavers: 'review.leavers',
  raised: 'exception.raised',
  updated: 'exception.updated',
  retested: 'exception.retested',
  closed: 'exception.closed',
  reopened: 'exception.reopened',
  identity: 'identity.created',
  pin: 'identity.pin-changed',
  retired: 'identity.retired',
} as const;

const count = z.int().nonnegative();
/** Runs of items, each from the first to the last number, both included, rising and apart. */
const runs = z.array(z.tuple([count, count])).readonly();
export type Runs = z.output<typeof runs>;

const reason = z.object({ identity: identityId, reason: z.string() });

/** SHA-256 of a sealed private key, which lies beside the journal: the journal is given to others whole, keys are not. */
const sealedKey = z.string();

const end = z.object({ id: z.string(), at: instant }).nullable();

/** What a campaign freezes at its start. */
const frozen = z.object({
  text: z.string(),
  words: z.string(),
  filter,
  fromMs: instant.nullable(),
  toMs: instant.nullable(),
  count,
  first: end,
  last: end,
  /** SHA-256 over the ordered ids, and over the whole frozen list; and in how many parts that lies. */
  sha256: z.string(),
  list: z.string(),
  parts: count,
});
export type Frozen = z.output<typeof frozen>;

/** Bodies by kind, as they are written and read. */
export const REVIEW_BODIES = {
  [REVIEW_LINES.plan]: z.object({
    name: z.string(),
    kind: z.enum(REVIEW_KINDS),
    filter,
    cadence: z.enum(CADENCES),
    dueDays: count,
    owner: z.string().nullable(),
    framework,
    enabled: z.boolean(),
  }),
  [REVIEW_LINES.started]: z.object({
    identity: identityId,
    title: z.string(),
    kind: z.enum(REVIEW_KINDS),
    plan: planId.nullable(),
    addendumTo: reviewId.nullable(),
    framework,
    period,
    zone: z.string(),
    owner: z.string().nullable(),
    dueAt: instant.nullable(),
    population: frozen,
    coverage: z.array(z.object({ day: z.string(), state: z.enum(DAY_STATES) })),
    rules: z.array(z.object({ id: z.string(), version: z.number() })),
    head: z.object({ sequence: count, hash: z.string() }).nullable(),
  }),
  /** The subject of all that is done in a review is its id. */
  [REVIEW_LINES.decided]: z.object({
    identity: identityId,
    items: runs,
    verdict: z.enum(REVIEW_VERDICTS),
    rationale: z.string(),
    evidence: z.string(),
    ticket: z.string(),
  }),
  [REVIEW_LINES.undone]: z.object({ identity: identityId, line: count }),
  /** `chosen` null is the whole population again. */
  [REVIEW_LINES.sampled]: z.object({
    identity: identityId,
    method: z.literal('sha256-rank/1'),
    seed: z.string(),
    size: count,
    sha256: z.string(),
    chosen: runs.nullable(),
    reason: z.string(),
  }),
  [REVIEW_LINES.gaps]: reason,
  [REVIEW_LINES.signed]: z.object({
    identity: identityId,
    role: z.enum(SIGN_ROLES),
    name: z.string(),
    email: z.string(),
    manifest: z.string(),
    publicKey: z.string(),
    signature: z.string(),
  }),
  [REVIEW_LINES.givenBack]: reason,
  [REVIEW_LINES.abandoned]: reason,
  [REVIEW_LINES.exported]: z.object({ manifest: z.string() }),
  [REVIEW_LINES.leavers]: z.object({ identity: identityId, comparison: leaverComparison }),
  [REVIEW_LINES.raised]: z.object({ identity: identityId, items: runs, fields: exceptionFields }),
  /** The subject of what is said of an exception is its id. */
  [REVIEW_LINES.updated]: z.object({ identity: identityId, fields: exceptionFields.partial() }),
  [REVIEW_LINES.retested]: z.object({ identity: identityId, result: z.enum(RETEST_RESULTS), note: z.string() }),
  [REVIEW_LINES.closed]: reason,
  [REVIEW_LINES.reopened]: reason,
  /** The subject of these is the identity’s id. */
  [REVIEW_LINES.identity]: z.object({
    name: z.string(),
    email: z.string(),
    publicKey: z.string(),
    key: sealedKey,
  }),
  [REVIEW_LINES.pin]: z.object({ key: sealedKey }),
  [REVIEW_LINES.retired]: reason,
} as const;

export type ReviewLineKind = keyof typeof REVIEW_BODIES;
export type ReviewBody<K extends ReviewLineKind> = z.output<(typeof REVIEW_BODIES)[K]>;

/** Who says it and when (milliseconds UTC). */
export type Said = { readonly by: string; readonly at: number };

/** A line of the journal with a body of its kind. */
export function reviewLine<K extends ReviewLineKind>(
  kind: K,
  subject: string,
  { by, at }: Said,
  body: z.input<(typeof REVIEW_BODIES)[K]>,
): NewJournalLine {
  return { kind, subject, at, by, body: JSON.stringify(body) };
}

/** The body of a line; null where it cannot be read: a line of a later Logbook says nothing. */
export function bodyOf<K extends ReviewLineKind>(line: JournalLine, kind: K): ReviewBody<K> | null {
  try {
    const parsed = REVIEW_BODIES[kind].safeParse(JSON.parse(line.body));
    return parsed.success ? (parsed.data as ReviewBody<K>) : null;
  } catch {
    return null;
  }
}
