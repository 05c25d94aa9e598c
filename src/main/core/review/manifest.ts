import { createHash } from 'node:crypto';
import type { ArchiveReader } from '../archive/reader.ts';
import { exceptionState } from './exception-state.ts';
import { FrozenList } from './frozen-list.ts';
import type { KeptReview, ReviewBook } from './review-book.ts';

type Source = Pick<ArchiveReader, 'frozenPart'>;

/** The line of a decision in `decisions.ndjson`, in the order of the population. */
export function* decisionLines(reader: Source, review: KeptReview): IterableIterator<string> {
  let n = 0;
  for (const { id } of new FrozenList(reader, review.started.population).all()) {
    const decision = review.decisions.of(n);
    if (decision !== null) {
      const { verdict, rationale, evidence, ticket, identity, by, at, line } = decision;
      yield `${JSON.stringify({ n, id, verdict, rationale, evidence, ticket, identity, by, at, line })}\n`;
    }
    n++;
  }
}

/** The lines of `exceptions.ndjson`: those that stand, in the order in which they were raised. */
export function* exceptionLines(book: ReviewBook, review: KeptReview): IterableIterator<string> {
  for (const kept of book.exceptionsOf(review.id)) {
    const { status, items } = exceptionState(book, kept);
    if (status === 'withdrawn') continue;
    const { id, raisedBy, raisedAt, fields, retest, closed } = kept;
    yield `${JSON.stringify({ id, status, items, raisedBy, raisedAt, ...fields, retest, closed })}\n`;
  }
}

/** The ids of a sample, a line each; empty where the whole population is decided. */
export function* sampleIds(reader: Source, review: KeptReview): IterableIterator<string> {
  if (review.chosen === null) return;
  const list = new FrozenList(reader, review.started.population);
  for (const [from, to] of review.chosen) for (let n = from; n <= to; n++) yield list.at(n)?.id ?? '';
}

/**
 * What is signed: everything of a review as JSON without white space, whose bytes are `manifest.json` of an export.
 * Decisions and exceptions stand in it as the SHA-256 of their files. `archiveId` is the archive’s own.
 */
export function manifestOf(reader: Source, book: ReviewBook, review: KeptReview, archiveId: string): string {
  const { identity: _identity, population, coverage, rules, head, ...campaign } = review.started;
  const { list: _list, parts: _parts, ...question } = population;
  const { sample } = review;
  return JSON.stringify({
    format: 'logbook-review/1',
    archive: archiveId,
    review: review.id,
    ...campaign,
    startedAt: review.startedAt,
    startedBy: review.startedBy,
    population: question,
    coverage: { days: coverage, acknowledged: review.gaps },
    rules,
    head,
    sample:
      sample === null
        ? null
        : {
            method: sample.method,
            seed: sample.seed,
            size: sample.size,
            sha256: sample.sha256,
            by: sample.by,
            at: sample.at,
            reason: sample.reason,
            before: sample.before,
          },
    decisions: digest(decisionLines(reader, review)),
    exceptions: digest(exceptionLines(book, review)),
    leavers: review.leavers.map(({ fileName, sha256, at }) => ({ fileName, sha256, at })),
  });
}

/** SHA-256 of a manifest, hexadecimal: what both signatures name. */
export function manifestHash(manifest: string): string {
  return createHash('sha256').update(manifest).digest('hex');
}

/** What somebody signs: the text that the Ed25519 signature is over. */
export function statementOf(
  archiveId: string,
  review: string,
  signed: {
    readonly role: string;
    readonly identity: string;
    readonly name: string;
    readonly email: string;
    readonly manifest: string;
    readonly at: number;
  },
): string {
  const { role, identity, name, email, manifest, at } = signed;
  return JSON.stringify({
    format: 'logbook-signature/1',
    archive: archiveId,
    review,
    role,
    identity,
    name,
    email,
    manifest,
    at,
  });
}

function digest(lines: Iterable<string>): { count: number; sha256: string } {
  const hash = createHash('sha256');
  let count = 0;
  for (const line of lines) {
    hash.update(line);
    count++;
  }
  return { count, sha256: hash.digest('hex') };
}
