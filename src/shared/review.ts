// The words of reviews: what is decided, by whom, and where a review stands. No schema lies here, so that the window can
// load it; the shapes are in review-schema.ts.

/** What is reviewed: entries of the log, or who belongs to which team at the end of the period. */
export const REVIEW_KINDS = ['events', 'access'] as const;
export type ReviewKind = (typeof REVIEW_KINDS)[number];

/** How often a plan comes round, in calendar units of the review's zone; weeks begin on Monday. */
export const CADENCES = ['day', 'week', 'month', 'quarter'] as const;
export type Cadence = (typeof CADENCES)[number];

export const CADENCE_WORDS: Readonly<Record<Cadence, string>> = {
  day: 'daily',
  week: 'weekly',
  month: 'monthly',
  quarter: 'quarterly',
};

export const EVENT_VERDICTS = ['appropriate', 'deviation', 'not_applicable'] as const;
export const ACCESS_VERDICTS = ['keep', 'revoke', 'change', 'exception'] as const;
export const REVIEW_VERDICTS = [...EVENT_VERDICTS, ...ACCESS_VERDICTS] as const;
export type ReviewVerdict = (typeof REVIEW_VERDICTS)[number];

/** What can be decided of an item of a review of that kind. */
export const VERDICTS_OF: Readonly<Record<ReviewKind, readonly ReviewVerdict[]>> = {
  events: EVENT_VERDICTS,
  access: ACCESS_VERDICTS,
};

export const VERDICT_WORDS: Readonly<Record<ReviewVerdict, string>> = {
  appropriate: 'Appropriate',
  deviation: 'Deviation',
  not_applicable: 'Not applicable',
  keep: 'Keep',
  revoke: 'Revoke',
  change: 'Change',
  exception: 'Exception',
};

/** Decisions that are refused without a rationale. */
export const NEEDS_RATIONALE: ReadonlySet<ReviewVerdict> = new Set(['deviation', 'revoke', 'change', 'exception']);

/** Decisions that raise an exception, which is then followed to its closure. */
export const RAISES_EXCEPTION: ReadonlySet<ReviewVerdict> = new Set(['deviation', 'exception']);

/**
 * Where a review stands. `open`: being decided. `prepared`: the preparer signed, nothing can be decided until the reviewer
 * signs or gives it back. `signed`: both signed, frozen for good. `abandoned`: given up, with a reason.
 */
export const REVIEW_STATUSES = ['open', 'prepared', 'signed', 'abandoned'] as const;
export type ReviewStatus = (typeof REVIEW_STATUSES)[number];

/** `withdrawn`: the decision it came from no longer stands. */
export const EXCEPTION_STATUSES = ['open', 'closed', 'withdrawn'] as const;
export type ExceptionStatus = (typeof EXCEPTION_STATUSES)[number];

/** `isolated`: happened once. `systematic`: the control does not work as designed. `unknown`: not said yet. */
export const EXTENTS = ['unknown', 'isolated', 'systematic'] as const;
export type Extent = (typeof EXTENTS)[number];

export const RETEST_RESULTS = ['passed', 'failed', 'not_needed'] as const;
export type RetestResult = (typeof RETEST_RESULTS)[number];

export const SIGN_ROLES = ['preparer', 'reviewer'] as const;
export type SignRole = (typeof SIGN_ROLES)[number];

/** `upcoming`: its period is not over. `due`: it is over. `overdue`: the due date passed as well. */
export const DUE_STATES = ['upcoming', 'due', 'overdue'] as const;
export type DueState = (typeof DUE_STATES)[number];

/** Which items of a worksheet are shown. `exceptions`: those that an open exception is about. */
export const ITEM_VIEWS = ['all', 'open', 'decided', 'exceptions'] as const;
export type ItemView = (typeof ITEM_VIEWS)[number];

/** What has to hold before somebody signs. */
export const SIGN_CHECKS = ['population', 'decided', 'rationale', 'coverage', 'exceptions', 'late', 'people'] as const;
export type SignCheckId = (typeof SIGN_CHECKS)[number];

/** Signs of a PIN or passphrase that protects a person's signing key. */
export const SHORTEST_PIN = 6;
export const LONGEST_PIN = 200;

/** Items that can be named one by one in one decision. */
export const MOST_DECIDED = 10_000;

/** Characters of a rationale, of any other longer text, and of a ticket or evidence reference. */
export const LONGEST_RATIONALE = 2_000;
export const LONGEST_REFERENCE = 500;
