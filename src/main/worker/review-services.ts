import { ok, type Result } from '../../shared/errors.ts';
import type { ArchiveReader } from '../core/archive/reader.ts';
import type { ArchiveWriter } from '../core/archive/writer.ts';
import { reviewOf } from '../core/review/acting.ts';
import { act, appendMade, type Made } from '../core/review/acts.ts';
import { beginReview } from '../core/review/begin.ts';
import { sampleLine } from '../core/review/decide.ts';
import { exportReview } from '../core/review/export-bundle.ts';
import { freezeAddendum, freezeCampaign } from '../core/review/freeze.ts';
import { identityLine, pinLine, publicIdentity } from '../core/review/identity-acts.ts';
import { compareLeavers } from '../core/review/leavers.ts';
import { readReviews } from '../core/review/read-reviews.ts';
import { ReviewBook } from '../core/review/review-book.ts';
import { signatureLine } from '../core/review/sign.ts';
import { systemRandom } from '../system-ports.ts';
import type { MadeLine, ReviewReaderCalls, ReviewWriterCalls } from './review-calls.ts';
import type { ServiceTable } from './service-table.ts';

/** What a reading thread knows of reviews. Lines that take long to make are made here, and written by the writing thread. */
export function reviewServices(reader: ArchiveReader): ServiceTable<ReviewReaderCalls> {
  const reviews = readReviews(reader);
  const made = (line: Result<Made>, id: string | null): Result<MadeLine> => {
    if (!line.ok) return line;
    const review = id === null ? null : reviewOf(reviews.book, id);
    if (review !== null && !review.ok) return review;
    return ok({ line: line.value, after: review === null ? null : { review: review.value.id, seq: review.value.seq } });
  };
  const acting = (now: number) => ({ reader, book: reviews.book, now });
  return {
    reviewList: ({ now, zone }) => ok(reviews.list(now, zone)),
    reviewPreview: ({ campaign, now }) => reviews.preview(campaign, now),
    reviewDetail: ({ id, now }) => reviews.detail(id, now),
    reviewItems: ({ id, ...page }) => reviews.items(id, page),
    reviewHistory: ({ id }) => reviews.history(id),
    reviewExceptions: ({ review, now }) => reviews.exceptions(review, now),
    reviewException: ({ id, now }) => ok(reviews.exception(id, now)),
    identities: () => ok([...reviews.book.identities.values()].map(publicIdentity)),
    keptLeavers: ({ id }) => reviews.leavers(id),
    compareLeavers: ({ text, ...from }) => compareLeavers(reader, text, from),
    freezeCampaign: ({ campaign, now }, job) => freezeCampaign(reader, campaign, now, job),
    freezeAddendum({ id, now }, job) {
      const review = reviewOf(reviews.book, id);
      return review.ok ? freezeAddendum(reader, reviews.book, review.value, now, job) : review;
    },
    drawSample: ({ id, now, ...drawing }) => made(sampleLine(acting(now), id, drawing), id),
    signReview: async ({ now, ...signing }) => made(await signatureLine(acting(now), signing), signing.id),
    makeIdentity: async ({ now, cost, ...person }) =>
      made(await identityLine(acting(now), person, { random: systemRandom, cost }), null),
    changePin: async ({ now, cost, ...pins }) =>
      made(await pinLine(acting(now), pins, { random: systemRandom, cost }), null),
    exportReview: ({ id, dir }, job) => exportReview(reader, id, dir, job),
  };
}

/** What the writing thread adds. Each call is short: it is answered beside a sync that runs. */
export function reviewWriting(writer: ArchiveWriter): ServiceTable<ReviewWriterCalls> {
  const book = new ReviewBook();
  return {
    reviewAct: ({ act: what, now }) => act(writer, book, what, now),
    freezePart({ list, part, content }) {
      const kept = writer.freezePart(list, part, content);
      return kept.ok ? ok(null) : kept;
    },
    beginReview: ({ frozen, by, now }) => beginReview(writer, book, frozen, by, now),
    appendReviewLine: ({ line, after }) => appendMade(writer, book, line, after),
  };
}
