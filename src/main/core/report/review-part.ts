import { FailureError, failure, unwrap } from '../../../shared/errors.ts';
import type { LeaverComparison, ReviewDetail, ReviewException, ReviewItem } from '../../../shared/review-schema.ts';
import type { ArchiveReader } from '../archive/reader.ts';
import type { Cancel } from '../ports.ts';
import { fingerprintOf } from '../review/identity-key.ts';
import { readReviews } from '../review/read-reviews.ts';
import type { Attachment } from './attachment.ts';
import { type Cell, csv } from './csv-file.ts';
import { isoInstant } from './format.ts';

/** A campaign as a report takes it in: what was frozen, decided and signed, and what became of it. */
export type ReviewPart = {
  readonly detail: ReviewDetail;
  /** By role, with the fingerprint of the key: SHA-256 of its 32 bytes, hexadecimal. */
  readonly fingerprints: Readonly<Record<string, string>>;
  readonly exceptions: readonly ReviewException[];
  /** Items that deviate or were decided otherwise than as they should be, in the order of the population. */
  readonly notable: readonly ReviewItem[];
  readonly addenda: readonly ReviewDetail[];
  readonly leavers: readonly LeaverComparison[];
  readonly files: readonly Attachment[];
};

const PAGE = 500;
const UNEVENTFUL: ReadonlySet<string> = new Set(['appropriate', 'keep', 'not_applicable']);

/** Reads a review for a report. Throws `FailureError`: `not_found`, `cancelled`. */
export function reviewPart(reader: ArchiveReader, id: string, now: number, signal: Cancel | undefined): ReviewPart {
  const reviews = readReviews(reader);
  const detail = unwrap(reviews.detail(id, now));
  const exceptions = unwrap(reviews.exceptions(id, now));
  const notable: ReviewItem[] = [];
  const rows: Cell[][] = [];
  for (let offset = 0; offset < detail.population; offset += PAGE) {
    if (signal?.aborted) {
      throw new FailureError(failure('cancelled', 'The report was cancelled.', 'Nothing was written; start it again.'));
    }
    const { items } = unwrap(reviews.items(id, { view: 'all', offset, limit: PAGE }));
    for (const item of items) {
      rows.push(itemCells(item));
      if (item.decision !== null && !UNEVENTFUL.has(item.decision.verdict)) notable.push(item);
    }
  }
  return {
    detail,
    fingerprints: Object.fromEntries(detail.signatures.map((one) => [one.role, fingerprintOf(one.publicKey)])),
    exceptions,
    notable,
    addenda: detail.addenda.map((one) => unwrap(reviews.detail(one, now))),
    leavers: unwrap(reviews.leavers(id)),
    files: [
      csv('review-items.csv', `Every item of the population of ${id}, with its decision`, rows, ITEM_HEAD),
      csv('review-exceptions.csv', `Every exception of ${id}`, exceptions.map(exceptionCells), EXCEPTION_HEAD),
    ],
  };
}

const ITEM_HEAD = [
  'n',
  'id',
  'in_sample',
  'what',
  'who',
  'decision',
  'rationale',
  'evidence',
  'ticket',
  'decided_by',
  'decided_at',
  'exceptions',
];

function itemCells({ n, id, inSample, entry, access, decision, exceptions }: ReviewItem): Cell[] {
  const { person = null, role = null } = access ?? {};
  return [
    n + 1,
    id,
    inSample ? 'yes' : 'no',
    entry?.action ?? role,
    entry?.actor?.email ?? entry?.actor?.name ?? person?.email ?? person?.name ?? person?.id ?? null,
    decision?.verdict ?? null,
    decision?.rationale ?? null,
    decision?.evidence ?? null,
    decision?.ticket ?? null,
    decision?.by ?? null,
    decision === null ? null : isoInstant(decision.at),
    exceptions.join(' '),
  ];
}

const EXCEPTION_HEAD = [
  'exception',
  'status',
  'control',
  'nature',
  'cause',
  'extent',
  'remediation',
  'owner',
  'due',
  'ticket',
  'items',
  'raised_by',
  'raised_at',
  'retest',
  'closed_by',
  'closed_at',
  'closed_reason',
];

function exceptionCells(one: ReviewException): Cell[] {
  return [
    one.id,
    one.status,
    one.control,
    one.nature,
    one.cause,
    one.extent,
    one.remediation,
    one.owner,
    one.due,
    one.ticket,
    one.items,
    one.raisedBy,
    isoInstant(one.raisedAt),
    one.retest?.result ?? null,
    one.closed?.by ?? null,
    one.closed === null ? null : isoInstant(one.closed.at),
    one.closed?.reason ?? null,
  ];
}
