import { ok, type Result } from '../../../shared/errors.ts';
import { printQuery } from '../../../shared/filter/print.ts';
import type { ItemView, ReviewVerdict } from '../../../shared/review.ts';
import type { Campaign } from '../../../shared/review-contract.ts';
import type {
  DueReview,
  LeaverComparison,
  ReviewDetail,
  ReviewException,
  ReviewItem,
  ReviewLine,
  ReviewPlan,
  ReviewSummary,
} from '../../../shared/review-schema.ts';
import { Kept } from '../archive/kept.ts';
import type { ArchiveReader } from '../archive/reader.ts';
import { reviewOf } from './acting.ts';
import { dueReviews } from './due.ts';
import { exceptionState } from './exception-state.ts';
import { campaignPlan, itemsOf, statesOver } from './freeze.ts';
import { FrozenList } from './frozen-list.ts';
import { countLate } from './late.ts';
import { plansOf } from './plans.ts';
import { type KeptReview, ReviewBook } from './review-book.ts';
import { detailOf, exceptionOf, summaryOf } from './review-detail.ts';
import { questionWords } from './review-words.ts';
import { worksheet } from './worksheet.ts';

export type ReviewPreview = {
  readonly count: number;
  readonly text: string;
  readonly words: string;
  readonly coverage: ReviewDetail['coverage'];
  readonly carried: ReviewException[];
};

/** Everything that can be asked about reviews. `now` is milliseconds UTC. */
export type Reviews = {
  readonly book: ReviewBook;
  list(now: number, zone: string): { now: number; due: DueReview[]; reviews: ReviewSummary[]; plans: ReviewPlan[] };
  preview(campaign: Campaign, now: number): Result<ReviewPreview>;
  detail(id: string, now: number): Result<ReviewDetail>;
  items(
    id: string,
    page: { readonly view: ItemView | ReviewVerdict; readonly offset: number; readonly limit: number },
  ): Result<{ items: ReviewItem[]; total: number }>;
  history(id: string): Result<readonly ReviewLine[]>;
  /** Of one review, or of all (`null`): open ones first, by due date. */
  exceptions(review: string | null, now: number): Result<ReviewException[]>;
  exception(id: string, now: number): ReviewException | null;
  leavers(id: string): Result<readonly LeaverComparison[]>;
};

const LISTS = 4;

/** Answers about reviews over a reader; what was read of the journal stays known. */
export function readReviews(reader: ArchiveReader): Reviews {
  const kept = new ReviewBook();
  const lists = new Kept<string, FrozenList>(LISTS, () => 1);
  const late = new Map<string, number>();
  const current = () => kept.refresh(reader);
  const listOf = ({ id, started }: KeptReview): FrozenList =>
    lists.get(id, () => new FrozenList(reader, started.population));
  const lateOf = (book: ReviewBook, id: string): number => {
    const review = book.reviews.get(id);
    if (review === undefined) return 0;
    // What came late changes with the log and with what addenda took in.
    const addenda = [...book.reviews.values()].filter(
      (one) => one.started.addendumTo === id && one.abandoned === null,
    ).length;
    const name = `${id} ${reader.info().version} ${addenda}`;
    const known = late.get(name);
    if (known !== undefined) return known;
    if (late.size > 100) late.clear();
    const count = countLate(reader, book, review);
    late.set(name, count);
    return count;
  };
  const items: Reviews['items'] = (id, page) => {
    const book = current();
    const review = reviewOf(book, id);
    if (!review.ok) return review;
    return ok(worksheet(reader, book, review.value, listOf(review.value), page));
  };
  return {
    get book() {
      return current();
    },
    list(now, zone) {
      const book = current();
      const plans = plansOf(book, reader.info().createdAt);
      const reviews = [...book.reviews.values()].reverse();
      const past = reviews
        .filter(({ abandoned, started }) => abandoned === null && started.addendumTo === null)
        .map(({ id, started }) => ({ id, plan: started.plan, period: started.period }));
      const open = (plan: string): number =>
        [...book.exceptions.values()].filter(
          (one) => book.reviews.get(one.review)?.started.plan === plan && exceptionState(book, one).status === 'open',
        ).length;
      return {
        now,
        due: dueReviews(plans, past, now, zone).map((one) => ({ ...one, openExceptions: open(one.plan.id) })),
        reviews: reviews.map((one) => summaryOf(book, one, now)),
        plans: plans.map(({ plan }) => plan),
      };
    },
    preview(campaign, now) {
      const plan = campaignPlan(campaign, now);
      if (!plan.ok) return plan;
      const { kind, zone, period } = campaign;
      const { fromMs, toMs, filter } = plan.value;
      const found = kind === 'access' ? itemsOf(reader, kind, plan.value) : null;
      if (found !== null && !found.ok) return found;
      const count = found === null ? reader.count(plan.value) : [...found.value].length;
      const days = statesOver(reader, fromMs, toMs, now);
      const complete = days.filter(({ state }) => state === 'complete').length;
      const book = current();
      const carried = [...book.exceptions.values()].filter(
        (one) =>
          campaign.plan !== null &&
          book.reviews.get(one.review)?.started.plan === campaign.plan &&
          exceptionState(book, one).status === 'open',
      );
      return ok({
        count,
        text: printQuery({ ...filter, ...period }),
        words: questionWords(kind, filter, period, zone),
        coverage: { days, complete, gaps: days.length - complete, acknowledged: null },
        carried: carried.map((one) => exceptionOf(listOf, book, one, now)),
      });
    },
    detail(id, now) {
      const book = current();
      const review = reviewOf(book, id);
      return review.ok ? ok(detailOf(reader, book, review.value, { now, late: lateOf(book, id) })) : review;
    },
    items,
    history(id) {
      const review = reviewOf(current(), id);
      return review.ok ? ok(review.value.history) : review;
    },
    exceptions(review, now) {
      const book = current();
      if (review !== null) {
        const there = reviewOf(book, review);
        if (!there.ok) return there;
      }
      const all = review === null ? [...book.exceptions.values()] : book.exceptionsOf(review);
      const rank = ({ status }: ReviewException) => ['open', 'closed', 'withdrawn'].indexOf(status);
      return ok(
        all
          .map((one) => exceptionOf(listOf, book, one, now))
          .sort((a, b) => rank(a) - rank(b) || (a.due ?? '9').localeCompare(b.due ?? '9') || a.raisedAt - b.raisedAt),
      );
    },
    exception(id, now) {
      const book = current();
      const found = book.exceptions.get(id);
      return found === undefined ? null : exceptionOf(listOf, book, found, now);
    },
    leavers(id) {
      const review = reviewOf(current(), id);
      return review.ok ? ok(review.value.leavers) : review;
    },
  };
}
