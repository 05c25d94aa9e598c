import type { ItemView, ReviewVerdict } from '../../shared/review.ts';
import type { Campaign } from '../../shared/review-contract.ts';
import type {
  DueReview,
  Identity,
  LeaverComparison,
  ReviewDetail,
  ReviewException,
  ReviewItem,
  ReviewLine,
  ReviewPlan,
  ReviewSummary,
} from '../../shared/review-schema.ts';
import type { KdfCost } from '../core/archive/key-wrap.ts';
import type { Acted, Made, ReviewAct } from '../core/review/acts.ts';
import type { Bundle } from '../core/review/export-bundle.ts';
import type { FrozenCampaign } from '../core/review/freeze.ts';
import type { ReviewPreview } from '../core/review/read-reviews.ts';
import type { Signing } from '../core/review/sign.ts';

type Call<I, O> = { readonly input: I; readonly output: O };
type Now = { readonly now: number };
/** A line that was made in a reading thread, and the last line about its review that it was made from. */
export type MadeLine = { readonly line: Made; readonly after: { review: string; seq: number } | null };

/** What a reading thread answers about reviews. The PIN lives in the message alone. */
export type ReviewReaderCalls = {
  reviewList: Call<
    Now & { readonly zone: string },
    { now: number; due: DueReview[]; reviews: ReviewSummary[]; plans: ReviewPlan[] }
  >;
  reviewPreview: Call<Now & { readonly campaign: Campaign }, ReviewPreview>;
  reviewDetail: Call<Now & { readonly id: string }, ReviewDetail>;
  reviewItems: Call<
    {
      readonly id: string;
      readonly view: ItemView | ReviewVerdict;
      readonly offset: number;
      readonly limit: number;
    },
    { items: ReviewItem[]; total: number }
  >;
  reviewHistory: Call<{ readonly id: string }, readonly ReviewLine[]>;
  reviewExceptions: Call<Now & { readonly review: string | null }, ReviewException[]>;
  reviewException: Call<Now & { readonly id: string }, ReviewException | null>;
  identities: Call<Record<never, never>, Identity[]>;
  keptLeavers: Call<{ readonly id: string }, readonly LeaverComparison[]>;
  compareLeavers: Call<
    Now & { readonly text: string; readonly fileName: string; readonly zone: string },
    LeaverComparison
  >;
  freezeCampaign: Call<Now & { readonly campaign: Campaign }, FrozenCampaign>;
  freezeAddendum: Call<Now & { readonly id: string }, FrozenCampaign>;
  drawSample: Call<
    Now & {
      readonly id: string;
      readonly by: string;
      readonly size: number;
      readonly seed: string;
      readonly reason: string;
    },
    MadeLine
  >;
  signReview: Call<Now & Signing, MadeLine>;
  makeIdentity: Call<
    Now & { readonly name: string; readonly email: string; readonly pin: string; readonly cost: KdfCost },
    MadeLine
  >;
  changePin: Call<
    Now & { readonly id: string; readonly pin: string; readonly next: string; readonly cost: KdfCost },
    MadeLine
  >;
  exportReview: Call<{ readonly id: string; readonly dir: string }, Bundle>;
};

/** What the writing thread writes down about them. */
export type ReviewWriterCalls = {
  reviewAct: Call<Now & { readonly act: ReviewAct }, Acted>;
  /** One part of a population, so that others are answered between two. */
  freezePart: Call<{ readonly list: string; readonly part: number; readonly content: Uint8Array }, null>;
  /** Once its parts are kept. */
  beginReview: Call<Now & { readonly by: string; readonly frozen: FrozenCampaign }, string>;
  appendReviewLine: Call<MadeLine, number>;
};

/** Calls that are over in a moment, and need not wait until a sync or an import has ended. */
export const REVIEW_AT_ONCE: readonly (keyof ReviewWriterCalls)[] = [
  'reviewAct',
  'freezePart',
  'beginReview',
  'appendReviewLine',
];
