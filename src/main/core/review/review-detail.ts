import { endOfDay } from '../../../shared/instant.ts';
import type { ReviewDetail, ReviewException, ReviewSummary } from '../../../shared/review-schema.ts';
import type { ArchiveReader } from '../archive/reader.ts';
import { exceptionState } from './exception-state.ts';
import { FrozenList } from './frozen-list.ts';
import { progressOf, statusOf } from './progress.ts';
import type { KeptException, KeptReview, ReviewBook } from './review-book.ts';
import { countIn, itemsIn } from './runs.ts';
import { signChecks } from './sign-checks.ts';

const FIRST = 100;

/** A review in a list. `now` is milliseconds UTC. */
export function summaryOf(book: ReviewBook, review: KeptReview, now: number): ReviewSummary {
  const { id, started, startedAt, startedBy, signatures } = review;
  const { title, kind, plan, addendumTo, framework, period, zone, owner, dueAt, population } = started;
  const status = statusOf(review);
  const states = book.exceptionsOf(id).map((one) => exceptionState(book, one).status);
  return {
    ...{ id, title, kind, plan, addendumTo, framework, period, zone, owner, dueAt, startedAt, startedBy, status },
    overdue: dueAt !== null && dueAt < now && (status === 'open' || status === 'prepared'),
    population: population.count,
    ...progressOf(review),
    exceptions: {
      open: states.filter((one) => one === 'open').length,
      total: states.filter((one) => one !== 'withdrawn').length,
    },
    signedAt: status === 'signed' ? (signatures.at(-1)?.at ?? null) : null,
    manifest: signatures.at(-1)?.manifest ?? null,
  };
}

/** All there is to say of a review. `late` is what came late for it. */
export function detailOf(
  reader: Pick<ArchiveReader, 'frozenPart' | 'deletions' | 'rowsByKey' | 'isBuried'>,
  book: ReviewBook,
  review: KeptReview,
  { now, late }: { readonly now: number; readonly late: number },
): ReviewDetail {
  const { started, signatures, sample, gaps } = review;
  const { population, coverage, rules, head, plan, zone } = started;
  const { list: _list, parts: _parts, ...question } = population;
  const complete = coverage.filter(({ state }) => state === 'complete').length;
  const carried = [...book.exceptions.values()].filter(
    (one) =>
      plan !== null &&
      one.review !== review.id &&
      one.raisedAt <= review.startedAt &&
      book.reviews.get(one.review)?.started.plan === plan &&
      exceptionState(book, one).status === 'open',
  );
  return {
    ...summaryOf(book, review, now),
    question: { ...question, zone, frozenAt: review.startedAt, deleted: deletedOf(reader, review) },
    coverage: { days: coverage, complete, gaps: coverage.length - complete, acknowledged: gaps },
    rules,
    head,
    sample,
    checks: signChecks(book, review, late),
    signatures: [...signatures],
    addenda: [...book.reviews.values()].filter((one) => one.started.addendumTo === review.id).map(({ id }) => id),
    late,
    carried: carried.map(({ id }) => id),
    remark: review.abandoned ?? review.remark,
  };
}

// Where nothing was ever deleted nobody need look at each item.
function deletedOf(
  reader: Pick<ArchiveReader, 'frozenPart' | 'deletions' | 'isBuried'>,
  { started }: KeptReview,
): number {
  if (started.kind === 'access' || reader.deletions().length === 0) return 0;
  let deleted = 0;
  for (const { key, id } of new FrozenList(reader, started.population).all())
    if (key !== null && reader.isBuried(key, id)) deleted++;
  return deleted;
}

/** An exception as it stands. `listOf` gives the population of a review: many exceptions share one. */
export function exceptionOf(
  listOf: (review: KeptReview) => FrozenList,
  book: ReviewBook,
  kept: KeptException,
  now: number,
): ReviewException {
  const { status, items } = exceptionState(book, kept);
  const review = book.reviews.get(kept.review);
  const list = review && listOf(review);
  const first: { n: number; id: string }[] = [];
  for (const n of itemsIn(items)) {
    if (first.length === FIRST) break;
    first.push({ n, id: list?.at(n)?.id ?? '' });
  }
  const { id, fields, raisedBy, raisedAt, retest, closed, history } = kept;
  const zone = review?.started.zone ?? 'UTC';
  return {
    ...fields,
    ...{ id, review: kept.review, reviewTitle: review?.started.title ?? '', items: countIn(items), first, status },
    overdue: status === 'open' && fields.due !== null && endOfDay(fields.due, zone) <= now,
    ...{ raisedBy, raisedAt, retest, closed, history: [...history] },
  };
}
