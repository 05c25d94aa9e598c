import { z } from 'zod';
import { zone } from './query-contract.ts';
import {
  CADENCES,
  ITEM_VIEWS,
  LONGEST_PIN,
  LONGEST_RATIONALE,
  LONGEST_REFERENCE,
  MOST_DECIDED,
  RETEST_RESULTS,
  REVIEW_KINDS,
  REVIEW_VERDICTS,
  SHORTEST_PIN,
  SIGN_ROLES,
} from './review.ts';
import {
  coverage,
  dueReview,
  exceptionFields,
  exceptionId,
  filter,
  framework,
  identity,
  identityId,
  instant,
  itemNumber,
  leaverComparison,
  period,
  planId,
  reviewDetail,
  reviewException,
  reviewFinding,
  reviewId,
  reviewItem,
  reviewLine,
  reviewPlan,
  reviewSummary,
} from './review-schema.ts';

// The part of the contract that is about reviews; contract.ts takes it in whole.

const nothing = z.strictObject({});
const name = z.string().trim().min(1).max(120);
const reason = z.string().trim().min(1).max(LONGEST_RATIONALE);
const pin = z.string().min(SHORTEST_PIN).max(LONGEST_PIN);
const ofReview = { id: reviewId };
/** Who does it: one of the archive's identities. */
const by = { by: identityId };

const method = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) => ({ input, output });

/** What a campaign is about. Dates are the period's; the filter's own are left out. */
const campaign = z.strictObject({
  title: name,
  kind: z.enum(REVIEW_KINDS),
  filter,
  zone,
  period,
  framework,
  plan: planId.nullable(),
  owner: name.nullable(),
  dueAt: instant.nullable(),
});

/** Items of a worksheet: named one by one, or all in scope that are not decided yet. */
const chosen = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('items'), items: z.array(itemNumber).min(1).max(MOST_DECIDED).readonly() }),
  z.strictObject({ kind: z.literal('open') }),
]);

/** Methods about reviews. Long ones tell their course as `task.progress`. */
export const REVIEW_METHODS = {
  /** What is due, all reviews (newest first), all plans; `now` is the instant that all of it is about. */
  'reviews.list': method(
    z.strictObject({ zone }),
    z.strictObject({
      now: instant,
      due: z.array(dueReview),
      reviews: z.array(reviewSummary),
      plans: z.array(reviewPlan),
    }),
  ),
  /** Makes a plan (`id` null) or changes one. */
  'reviews.savePlan': method(
    z.strictObject({
      id: planId.nullable(),
      name,
      kind: z.enum(REVIEW_KINDS),
      filter,
      cadence: z.enum(CADENCES),
      dueDays: z.int().min(0).max(366),
      owner: name.nullable(),
      framework,
      enabled: z.boolean(),
      by: name,
    }),
    z.strictObject({ id: planId }),
  ),
  /** What a campaign would be, before it is started. */
  'reviews.preview': method(
    campaign,
    z.strictObject({
      count: z.number(),
      text: z.string(),
      words: z.string(),
      coverage,
      findings: z.array(reviewFinding),
      carried: z.array(reviewException),
    }),
  ),
  /** Freezes the population and begins. Ended by `task.cancel` before anything is written. */
  'reviews.start': method(campaign.extend(by), z.strictObject({ id: reviewId })),
  /** Begins an addendum with the entries that came late for a signed review. `bad_input` where there are none. */
  'reviews.startAddendum': method(z.strictObject({ ...ofReview, ...by }), z.strictObject({ id: reviewId })),
  'reviews.open': method(z.strictObject(ofReview), reviewDetail),
  /** A page of the worksheet, in the order of the population; `total` counts what the view holds. */
  'reviews.items': method(
    z.strictObject({
      ...ofReview,
      view: z.enum(ITEM_VIEWS).or(z.enum(REVIEW_VERDICTS)),
      offset: z.int().nonnegative(),
      limit: z.int().min(1).max(500),
    }),
    z.strictObject({ items: z.array(reviewItem), total: z.number() }),
  ),
  /** Findings whose last entry lies in the period, gravest first. */
  'reviews.findings': method(z.strictObject(ofReview), z.array(reviewFinding)),
  /** What was done in it, oldest first. */
  'reviews.history': method(z.strictObject(ofReview), z.array(reviewLine)),
  /**
   * Decides items. `forbidden` where an item is the access of the one who decides, `bad_input` where a rationale is
   * missing. `changed` counts the items; a deviation or exception names the exception it raised. `line` takes it back.
   */
  'reviews.decide': method(
    z.strictObject({
      ...ofReview,
      ...by,
      chosen,
      verdict: z.enum(REVIEW_VERDICTS),
      rationale: z.string().trim().max(LONGEST_RATIONALE),
      evidence: z.string().trim().max(LONGEST_RATIONALE),
      ticket: z.string().trim().max(LONGEST_REFERENCE),
    }),
    z.strictObject({ line: z.int().positive(), changed: z.number(), exception: exceptionId.nullable() }),
  ),
  /** Takes a decision back by a further line: what stood before it stands again. */
  'reviews.undo': method(
    z.strictObject({ ...ofReview, ...by, line: z.int().positive() }),
    z.strictObject({ changed: z.number() }),
  ),
  /** Draws a sample; a further one takes its place and needs a reason. `size` 0 goes back to the whole population. */
  'reviews.sample': method(
    z.strictObject({
      ...ofReview,
      ...by,
      size: z.int().nonnegative().max(1_000_000),
      seed: z.string().trim().min(1).max(200),
      reason: z.string().trim().max(LONGEST_RATIONALE),
    }),
    nothing,
  ),
  'reviews.acknowledgeGaps': method(z.strictObject({ ...ofReview, ...by, reason }), nothing),
  /** Signs. `wrong_passphrase` for a wrong PIN, `bad_input` where a check does not hold or the reviewer is the preparer. */
  'reviews.sign': method(
    z.strictObject({ ...ofReview, role: z.enum(SIGN_ROLES), identity: identityId, pin }),
    reviewDetail,
  ),
  /** Gives a prepared review back: the preparer's signature no longer stands, and decisions are open again. */
  'reviews.giveBack': method(z.strictObject({ ...ofReview, ...by, reason }), nothing),
  'reviews.abandon': method(z.strictObject({ ...ofReview, ...by, reason }), nothing),
  /** Asks for a folder with the system's own dialog and writes the bundle into a new one in it; null when cancelled. */
  'reviews.export': method(
    z.strictObject(ofReview),
    z
      .strictObject({
        folderName: z.string(),
        files: z.array(z.strictObject({ name: z.string(), sha256: z.string(), bytes: z.number() })),
      })
      .nullable(),
  ),

  /** Exceptions of one review, or of all; open ones first, by due date. */
  'exceptions.list': method(z.strictObject({ review: reviewId.nullable() }), z.array(reviewException)),
  /** Raises one about items (or about none in particular); the id. */
  'exceptions.raise': method(
    z.strictObject({
      review: reviewId,
      ...by,
      items: z.array(itemNumber).max(MOST_DECIDED).readonly(),
      fields: exceptionFields,
    }),
    z.strictObject({ id: exceptionId }),
  ),
  /** Says more of it; what is left out stays. Possible after sign-off, too: it is followed to its closure. */
  'exceptions.update': method(
    z.strictObject({ id: exceptionId, ...by, fields: exceptionFields.partial() }),
    reviewException,
  ),
  'exceptions.retest': method(
    z.strictObject({
      id: exceptionId,
      ...by,
      result: z.enum(RETEST_RESULTS),
      note: z.string().trim().max(LONGEST_RATIONALE),
    }),
    reviewException,
  ),
  /** `bad_input` before a cause, a remediation and a re-test that was passed or not needed. */
  'exceptions.close': method(z.strictObject({ id: exceptionId, ...by, reason }), reviewException),
  'exceptions.reopen': method(z.strictObject({ id: exceptionId, ...by, reason }), reviewException),

  'identities.list': method(nothing, z.array(identity)),
  /** `exists` where somebody of that address is there and not retired. */
  'identities.create': method(z.strictObject({ name, email: z.string().trim().min(3).max(200), pin }), identity),
  'identities.changePin': method(z.strictObject({ id: identityId, pin, next: pin }), nothing),
  'identities.retire': method(z.strictObject({ id: identityId, ...by, reason }), nothing),

  /**
   * Compares a list of leavers (CSV: e-mail or name, day of leaving) with who belongs to which team. With `text` null the
   * system's own dialog asks for the file; null when cancelled. With `review` it is kept with that review.
   */
  'leavers.compare': method(
    z.strictObject({
      text: z.string().max(5_000_000).nullable(),
      fileName: z.string().max(255).nullable(),
      zone,
      review: reviewId.nullable(),
      by: identityId.nullable(),
    }),
    leaverComparison.nullable(),
  ),
  /** The comparisons that were kept with a review, oldest first. */
  'leavers.kept': method(z.strictObject({ review: reviewId }), z.array(leaverComparison)),
} as const;

/** What is announced about them. */
export const REVIEW_EVENTS = { 'reviews.changed': nothing } as const;

export type Campaign = z.output<typeof campaign>;
export type Chosen = z.output<typeof chosen>;
