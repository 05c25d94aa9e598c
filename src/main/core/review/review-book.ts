import { RAISES_EXCEPTION } from '../../../shared/review.ts';
import type {
  ExceptionFields,
  Identity,
  ItemDecision,
  LeaverComparison,
  ReviewLine,
  ReviewPlan,
  Sample,
  Signature,
} from '../../../shared/review-schema.ts';
import type { JournalLine, JournalReader } from '../archive/journal.ts';
import { Decisions } from './decisions.ts';
import { fingerprintOf } from './identity-key.ts';
import { bodyOf, REVIEW_LINES, type ReviewBody, type Runs } from './review-lines.ts';
import { lineWords } from './review-words.ts';

export type Started = ReviewBody<typeof REVIEW_LINES.started>;
type Remark = { readonly by: string; readonly at: number; readonly reason: string };

/** A review as its lines tell it. */
export type KeptReview = {
  readonly id: string;
  readonly started: Started;
  readonly startedAt: number;
  readonly startedBy: string;
  readonly decisions: Decisions;
  sample: Sample | null;
  /** Items to be decided; null is all of them. */
  chosen: Runs | null;
  gaps: Remark | null;
  signatures: readonly Signature[];
  /** Number of the line of the preparer’s signature that stands: what was signed is what the lines before it say. */
  signedLine: number | null;
  abandoned: Remark | null;
  remark: Remark | null;
  readonly exceptions: string[];
  readonly leavers: LeaverComparison[];
  readonly history: ReviewLine[];
  /** The last line that is about it. */
  seq: number;
};

export type KeptException = {
  readonly id: string;
  readonly review: string;
  readonly raisedBy: string;
  readonly raisedAt: number;
  /** The decision it came from; null where it was raised by itself. */
  readonly decision: number | null;
  readonly items: Runs;
  fields: ExceptionFields;
  retest: { result: ReviewBody<typeof REVIEW_LINES.retested>['result']; note: string; by: string; at: number } | null;
  closed: Remark | null;
  readonly history: { line: number; by: string; at: number; words: string }[];
};

/** An identity, and the hash of its private key, which lies sealed beside the journal. */
export type KeptIdentity = Identity & { readonly key: string };

export type KeptPlan = Omit<ReviewPlan, 'text' | 'recommended'> & { readonly since: number };

/** Everything that was said about reviews, put together from the journal, line by line. */
export class ReviewBook {
  readonly reviews = new Map<string, KeptReview>();
  readonly exceptions = new Map<string, KeptException>();
  readonly identities = new Map<string, KeptIdentity>();
  /** Plans that were said, beside the recommended ones. */
  readonly plans = new Map<string, KeptPlan>();
  #seq = 0;

  /** Takes in what was added to a journal since. */
  refresh(journal: Pick<JournalReader, 'journal'>): this {
    this.take(journal.journal(this.#seq));
    return this;
  }

  /** Takes in further lines, in order. */
  take(lines: readonly JournalLine[]): void {
    for (const line of lines) {
      this.#take(line);
      this.#seq = line.seq;
    }
  }

  /** Exceptions of a review, in the order in which they were raised. */
  exceptionsOf(review: string): readonly KeptException[] {
    return (this.reviews.get(review)?.exceptions ?? []).flatMap((id) => this.exceptions.get(id) ?? []);
  }

  #take(line: JournalLine): void {
    const { seq, subject, at, by } = line;
    const review = this.reviews.get(subject);
    const exception = this.exceptions.get(subject);
    switch (line.kind) {
      case REVIEW_LINES.plan: {
        const body = bodyOf(line, REVIEW_LINES.plan);
        const since = this.plans.get(subject)?.since ?? at;
        if (body) this.plans.set(subject, { id: subject, ...body, since });
        return;
      }
      case REVIEW_LINES.started: {
        const body = bodyOf(line, REVIEW_LINES.started);
        if (body) this.#begin(line, body);
        return;
      }
      case REVIEW_LINES.decided: {
        const body = bodyOf(line, REVIEW_LINES.decided);
        if (!body || !review) return;
        const { items, ...said } = body;
        const decision: ItemDecision = { line: seq, by, at, ...said };
        review.decisions.decide(decision, items);
        if (RAISES_EXCEPTION.has(body.verdict))
          this.#raise(line, review, seq, items, { ...BLANK, nature: body.rationale, ticket: body.ticket });
        break;
      }
      case REVIEW_LINES.undone: {
        const body = bodyOf(line, REVIEW_LINES.undone);
        if (body) review?.decisions.undo(body.line);
        break;
      }
      case REVIEW_LINES.sampled: {
        const body = bodyOf(line, REVIEW_LINES.sampled);
        if (!body || !review) return;
        const { method, seed, size, sha256 } = body;
        const before = review.sample === null ? 0 : review.sample.before + 1;
        review.chosen = body.chosen;
        review.sample =
          body.chosen === null ? null : { method, seed, size, sha256, by, at, reason: body.reason || null, before };
        break;
      }
      case REVIEW_LINES.gaps: {
        const body = bodyOf(line, REVIEW_LINES.gaps);
        if (body && review) review.gaps = { by, at, reason: body.reason };
        break;
      }
      case REVIEW_LINES.signed: {
        const body = bodyOf(line, REVIEW_LINES.signed);
        if (!body || !review) return;
        review.signatures = [...review.signatures, { ...body, at }];
        if (body.role === 'preparer') review.signedLine = seq;
        break;
      }
      case REVIEW_LINES.givenBack: {
        const body = bodyOf(line, REVIEW_LINES.givenBack);
        if (body && review)
          Object.assign(review, { signatures: [], signedLine: null, remark: { by, at, reason: body.reason } });
        break;
      }
      case REVIEW_LINES.abandoned: {
        const body = bodyOf(line, REVIEW_LINES.abandoned);
        if (body && review) review.abandoned = { by, at, reason: body.reason };
        break;
      }
      case REVIEW_LINES.leavers: {
        const body = bodyOf(line, REVIEW_LINES.leavers);
        if (body) review?.leavers.push(body.comparison);
        break;
      }
      case REVIEW_LINES.raised: {
        const body = bodyOf(line, REVIEW_LINES.raised);
        if (body && review) this.#raise(line, review, null, body.items, body.fields);
        break;
      }
      case REVIEW_LINES.updated: {
        const body = bodyOf(line, REVIEW_LINES.updated);
        if (body && exception) exception.fields = Object.assign({ ...exception.fields }, body.fields);
        break;
      }
      case REVIEW_LINES.retested: {
        const body = bodyOf(line, REVIEW_LINES.retested);
        if (body && exception) exception.retest = { result: body.result, note: body.note, by, at };
        break;
      }
      case REVIEW_LINES.closed: {
        const body = bodyOf(line, REVIEW_LINES.closed);
        if (body && exception) exception.closed = { by, at, reason: body.reason };
        break;
      }
      case REVIEW_LINES.reopened:
        if (exception) exception.closed = null;
        break;
      case REVIEW_LINES.identity: {
        const body = bodyOf(line, REVIEW_LINES.identity);
        if (!body) return;
        const fingerprint = fingerprintOf(body.publicKey);
        this.identities.set(subject, { id: subject, ...body, fingerprint, createdAt: at, retiredAt: null });
        return;
      }
      case REVIEW_LINES.pin: {
        const body = bodyOf(line, REVIEW_LINES.pin);
        const known = this.identities.get(subject);
        if (body && known) this.identities.set(subject, { ...known, key: body.key });
        return;
      }
      case REVIEW_LINES.retired: {
        const known = this.identities.get(subject);
        if (known) this.identities.set(subject, { ...known, retiredAt: at });
        return;
      }
      case REVIEW_LINES.exported:
        break;
      default:
        return;
    }
    const about = review ?? (exception && this.reviews.get(exception.review));
    if (about) this.#note(about, line, exception);
  }

  #begin(line: JournalLine, started: Started): void {
    const id = `R-${line.seq}`;
    const review: KeptReview = {
      id,
      started,
      startedAt: line.at,
      startedBy: line.by,
      decisions: new Decisions(started.population.count),
      sample: null,
      chosen: null,
      gaps: null,
      signatures: [],
      signedLine: null,
      abandoned: null,
      remark: null,
      exceptions: [],
      leavers: [],
      history: [],
      seq: line.seq,
    };
    this.reviews.set(id, review);
    this.#note(review, line, undefined);
  }

  #raise(
    { seq, by, at }: JournalLine,
    review: KeptReview,
    decision: number | null,
    items: Runs,
    fields: ExceptionFields,
  ): void {
    const id = `X-${seq}`;
    const history = [{ line: seq, by, at, words: 'Raised' }];
    const kept = { id, review: review.id, raisedBy: by, raisedAt: at, decision, items, fields };
    this.exceptions.set(id, { ...kept, retest: null, closed: null, history });
    review.exceptions.push(id);
  }

  #note(review: KeptReview, line: JournalLine, exception: KeptException | undefined): void {
    const words = lineWords(line);
    const { seq, at, by, kind } = line;
    review.history.push({ line: seq, by, at, kind, words: exception ? `${exception.id}: ${words}` : words });
    exception?.history.push({ line: seq, by, at, words });
    review.seq = seq;
  }
}

const BLANK: ExceptionFields = {
  nature: '',
  cause: '',
  extent: 'unknown',
  remediation: '',
  owner: null,
  due: null,
  control: null,
  ticket: '',
};
