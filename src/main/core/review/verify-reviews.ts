import { createHash } from 'node:crypto';
import { ok, type Result } from '../../../shared/errors.ts';
import type { IntegrityProblem, Verification } from '../../../shared/integrity.ts';
import { type VerifyOptions, verifyArchive } from '../archive/integrity/verify.ts';
import type { JournalLine } from '../archive/journal.ts';
import { openReader } from '../archive/open.ts';
import type { ArchiveReader } from '../archive/reader.ts';
import { caseProblems } from '../investigation/verify-cases.ts';
import { drawSample } from './draw-sample.ts';
import { type FrozenItem, FrozenList, idLine } from './frozen-list.ts';
import { isSignedBy, readKey } from './identity-key.ts';
import { manifestHash, manifestOf, statementOf } from './manifest.ts';
import { type KeptReview, ReviewBook } from './review-book.ts';
import { bodyOf, REVIEW_LINES } from './review-lines.ts';
import { itemsIn } from './runs.ts';

const MOST = 200;
const NAMED = 20;
const PIECE = 4_096;

/**
 * Recomputes all that `verifyArchive` does, and what reviews are made of: every frozen population against its hash and against
 * the entries that are there or were lawfully deleted, every sample, and every signature over the manifest made anew from
 * the lines before it; then what is pinned in cases, and what their stories cite.
 */
export async function verifyWithReviews(
  dir: string,
  key: Uint8Array,
  options: VerifyOptions,
): Promise<Result<Verification>> {
  const verified = await verifyArchive(dir, key, options);
  if (!verified.ok) return verified;
  const reader = openReader(dir, key, 'moment');
  // What keeps it from being read has been found by then.
  if (!reader.ok) return verified.value.ok ? reader : verified;
  try {
    options.onProgress?.({ done: 0, total: null, note: 'Reviews' });
    const found = [
      ...reviewProblems(reader.value, brokenLines(verified.value.problems)),
      ...caseProblems(reader.value),
    ];
    const problems = [...verified.value.problems, ...found].slice(0, MOST);
    const count = verified.value.found + found.length;
    return ok({ ...verified.value, ok: count === 0, found: count, problems });
  } catch {
    return verified.value.ok
      ? ok({
          ...verified.value,
          ok: false,
          found: 1,
          problems: [problem('damaged', 'The reviews and cases cannot be read.')],
        })
      : verified;
  } finally {
    reader.value.close();
  }
}

/** What is wrong with the reviews. `broken`: lines of the journal that are not as they were written. */
export function reviewProblems(reader: ArchiveReader, broken: ReadonlySet<number> = new Set()): IntegrityProblem[] {
  const problems: IntegrityProblem[] = [];
  const { archiveId } = reader.info();
  const book = new ReviewBook();
  for (const line of reader.journal()) {
    if (broken.has(line.seq)) problems.push(...brokenLine(reader, book, line));
    if (line.kind === REVIEW_LINES.signed) problems.push(...checkSignature(reader, book, line, archiveId));
    book.take([line]);
    problems.push(...checkKey(reader, book, line));
    if (line.kind === REVIEW_LINES.started) {
      const review = book.reviews.get(`R-${line.seq}`);
      if (review) problems.push(...checkPopulation(reader, review));
    }
    if (line.kind === REVIEW_LINES.sampled) problems.push(...checkSample(reader, book, line));
  }
  return problems;
}

// The chain names the line; this says what it was about.
function brokenLine(reader: ArchiveReader, book: ReviewBook, line: JournalLine): IntegrityProblem[] {
  const review = book.reviews.get(line.subject) ?? book.reviews.get(book.exceptions.get(line.subject)?.review ?? '');
  if (line.kind === REVIEW_LINES.decided && review) {
    const list = new FrozenList(reader, review.started.population);
    const items = [...itemsIn(bodyOf(line, REVIEW_LINES.decided)?.items ?? [])].slice(0, NAMED);
    return items.map((n) =>
      problem('altered', `The decision of item ${n + 1} of ${named(review)} is not as it was written.`, list.at(n)?.id),
    );
  }
  if (review === undefined && !line.kind.startsWith('review.') && !line.kind.startsWith('identity.')) return [];
  const about = review === undefined ? line.subject || `R-${line.seq}` : named(review);
  return [problem('altered', `A line about ${about} (${line.kind}) is not as it was written.`)];
}

function checkPopulation(reader: ArchiveReader, review: KeptReview): IntegrityProblem[] {
  const { population } = review.started;
  const list = new FrozenList(reader, population);
  const whole = createHash('sha256');
  for (let part = 0; part < population.parts; part++) {
    const bytes = list.bytes(part);
    if (bytes === null)
      return [
        problem('missing', `Part ${part + 1} of the frozen population of ${named(review)} is missing or damaged.`),
      ];
    whole.update(bytes);
  }
  const problems: IntegrityProblem[] = [];
  if (whole.digest('hex') !== population.list)
    problems.push(problem('altered', `The frozen population of ${named(review)} is not as it was frozen.`));
  const ids = createHash('sha256');
  let count = 0;
  let waiting: FrozenItem[] = [];
  const compare = (): void => {
    problems.push(...missingEntries(reader, review, waiting));
    waiting = [];
  };
  for (const item of list.all()) {
    ids.update(idLine(item.id));
    count++;
    if (item.key !== null) waiting.push(item);
    if (waiting.length === PIECE) compare();
  }
  compare();
  if (ids.digest('hex') !== population.sha256 || count !== population.count)
    problems.push(problem('altered', `The ids of the population of ${named(review)} do not give its hash.`));
  return problems;
}

function missingEntries(reader: ArchiveReader, review: KeptReview, items: readonly FrozenItem[]): IntegrityProblem[] {
  const rows = reader.rowsByKey(items.map(({ key }) => key ?? 0));
  return items.flatMap(({ key, id }, i) =>
    rows[i]?.id === id || reader.isBuried(key ?? 0, id)
      ? []
      : [
          problem(
            'missing',
            `An entry of the population of ${named(review)} is neither there nor lawfully deleted.`,
            id,
          ),
        ],
  );
}

function checkKey(reader: ArchiveReader, book: ReviewBook, line: JournalLine): IntegrityProblem[] {
  if (line.kind !== REVIEW_LINES.identity && line.kind !== REVIEW_LINES.pin) return [];
  const identity = book.identities.get(line.subject);
  return identity === undefined || readKey(reader.frozenPart(identity.key, 0), identity.key) !== null
    ? []
    : [problem('altered', `The sealed key of ${identity.name} (${identity.id}) is not as it was kept.`)];
}

function checkSample(reader: ArchiveReader, book: ReviewBook, line: JournalLine): IntegrityProblem[] {
  const body = bodyOf(line, REVIEW_LINES.sampled);
  const review = book.reviews.get(line.subject);
  if (body === null || review === undefined || body.chosen === null) return [];
  const { population } = review.started;
  const drawn = drawSample(idsOf(new FrozenList(reader, population)), population.sha256, body.seed, body.size);
  const same = drawn.sha256 === body.sha256 && JSON.stringify(drawn.chosen) === JSON.stringify(body.chosen);
  return same ? [] : [problem('altered', `The sample of ${named(review)} is not the one its seed gives.`)];
}

function checkSignature(
  reader: ArchiveReader,
  book: ReviewBook,
  line: JournalLine,
  archiveId: string,
): IntegrityProblem[] {
  const review = book.reviews.get(line.subject);
  const body = bodyOf(line, REVIEW_LINES.signed);
  if (review === undefined || body === null)
    return [problem('unsigned', `Line ${line.seq} signs a review that is not there.`)];
  const who = `${body.name}, ${body.role} of ${named(review)}`;
  const statement = statementOf(archiveId, review.id, { ...body, at: line.at });
  const problems: IntegrityProblem[] = [];
  if (!isSignedBy(statement, body.signature, body.publicKey))
    problems.push(problem('unsigned', `The signature of ${who}, is not one of that key over that statement.`));
  const identity = book.identities.get(body.identity);
  if (identity === undefined || identity.publicKey !== body.publicKey)
    problems.push(problem('unsigned', `The key of ${who}, is not that of the identity ${body.identity}.`));
  if (body.manifest !== manifestHash(manifestOf(reader, book, review, archiveId)))
    problems.push(
      problem('altered', `What ${who}, signed is not what is there: something in that review was altered.`),
    );
  const [preparer] = review.signatures;
  if (body.role === 'reviewer' && (preparer === undefined || preparer.email.toLowerCase() === body.email.toLowerCase()))
    problems.push(problem('unsigned', `${named(review)} was not prepared and reviewed by two people.`));
  return problems;
}

function brokenLines(problems: readonly IntegrityProblem[]): ReadonlySet<number> {
  return new Set(problems.flatMap(({ part, line }) => (part === 'journal' && line !== undefined ? [line] : [])));
}

function* idsOf(list: FrozenList): IterableIterator<string> {
  for (const { id } of list.all()) yield id;
}

function named({ id, started }: KeptReview): string {
  return `${id} “${started.title}”`;
}

function problem(what: IntegrityProblem['what'], message: string, entry: string | null = null): IntegrityProblem {
  return { what, part: 'review', day: null, entry, message };
}
