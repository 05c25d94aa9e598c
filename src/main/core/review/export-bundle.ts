import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { fail, ok, type Result, unwrap } from '../../../shared/errors.ts';
import type { ArchiveReader } from '../archive/reader.ts';
import { neutralise } from '../export/neutralise.ts';
import { explainFile } from '../files/explain-file.ts';
import { openAtomically } from '../files/write-atomically.ts';
import type { Cancel, OnProgress } from '../ports.ts';
import { reviewOf } from './acting.ts';
import { type FrozenItem, FrozenList, idLine } from './frozen-list.ts';
import { decisionLines, exceptionLines, manifestHash, manifestOf, sampleIds, statementOf } from './manifest.ts';
import { type KeptReview, ReviewBook } from './review-book.ts';

export type BundleFile = { readonly name: string; readonly sha256: string; readonly bytes: number };
export type Bundle = { readonly manifest: string; readonly files: readonly BundleFile[] };
type Job = { readonly cancel?: Cancel; readonly onProgress?: OnProgress };

const ROWS = 4_096;
const CSV = { record_delimiter: 'windows', quoted_match: /[\r\n]/ } as const;
const EVENT_COLUMNS = ['n', 'id', 'time', 'actor', 'email', 'action', 'target_type', 'target', 'address', 'team'];
const ACCESS_COLUMNS = [
  'n',
  'id',
  'person',
  'email',
  'team',
  'role',
  'origin',
  'joined',
  'last_seen',
  'change',
  'role_before',
];

class Cancelled extends Error {}

/**
 * Writes what an auditor needs to check a review without Logbook into a new folder, which appears whole or not at all
 * (docs/reviews.md has the files). Of a signed review it is what was signed; what became of its exceptions since stands in
 * a file beside. `exists` where the folder is there and not empty.
 */
export function exportReview(
  reader: ArchiveReader,
  id: string,
  dir: string,
  { cancel, onProgress }: Job = {},
): Result<Bundle> {
  const now = new ReviewBook().refresh(reader);
  const found = reviewOf(now, id);
  if (!found.ok) return found;
  const signed = asSigned(reader, found.value);
  const book = signed ?? now;
  const review = book.reviews.get(id) ?? found.value;
  const { archiveId } = reader.info();
  const manifest = manifestOf(reader, book, review, archiveId);
  const [first] = found.value.signatures;
  if (first !== undefined && first.manifest !== manifestHash(manifest))
    return fail('integrity', `${id} is not what was signed.`, 'Run logbook verify; it names what is wrong.');
  if (existsSync(dir) && readdirSync(dir).length > 0)
    return fail('exists', `The folder ${basename(dir)} is there and not empty.`, 'Name a new one.');
  const draft = `${dir}.${process.pid}.part`;
  const files: BundleFile[] = [];
  const write = (name: string, pieces: Iterable<string>): void => {
    const file = unwrap(openAtomically(join(draft, name)));
    const hash = createHash('sha256');
    let bytes = 0;
    let waiting: string[] = [];
    const flush = (): void => {
      const piece = Buffer.from(waiting.join(''));
      waiting = [];
      hash.update(piece);
      bytes += piece.length;
      file.write(piece);
      onProgress?.({ done: bytes, total: null, note: name });
    };
    try {
      for (const piece of pieces) {
        waiting.push(piece);
        if (waiting.length < ROWS) continue;
        if (cancel?.aborted) throw new Cancelled();
        flush();
      }
      flush();
    } catch (error) {
      file.abandon();
      throw error;
    }
    unwrap(file.finish());
    files.push({ name, sha256: hash.digest('hex'), bytes });
  };
  try {
    mkdirSync(draft, { recursive: true, mode: 0o700 });
    const list = new FrozenList(reader, review.started.population);
    write('manifest.json', [manifest]);
    write('population.ids', lines(list.all()));
    write('population.csv', populationCsv(reader, review, list));
    if (review.chosen !== null) write('sample.ids', map(sampleIds(reader, review), idLine));
    write('decisions.ndjson', decisionLines(reader, review));
    write('exceptions.ndjson', exceptionLines(book, review));
    if (signed !== null) write('exceptions-since.ndjson', exceptionLines(now, found.value));
    write('signatures.json', [`${JSON.stringify(signaturesOf(found.value, archiveId), null, 2)}\n`]);
    if (existsSync(dir)) rmdirSync(dir);
    renameSync(draft, dir);
    return ok({ manifest: manifestHash(manifest), files });
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    return error instanceof Cancelled
      ? fail('cancelled', 'The export was cancelled.', 'Nothing was written.')
      : explainFile(error, `write ${basename(dir)}`);
  }
}

/** Signatures with the very text each is over. */
function signaturesOf({ id, signatures }: KeptReview, archiveId: string) {
  return signatures.map((one) => ({
    statement: statementOf(archiveId, id, one),
    algorithm: 'Ed25519',
    publicKey: one.publicKey,
    signature: one.signature,
  }));
}

/** What was said up to the preparer's signature that stands; null where nobody signed. */
function asSigned(reader: ArchiveReader, { signedLine }: KeptReview): ReviewBook | null {
  if (signedLine === null) return null;
  const book = new ReviewBook();
  book.take(reader.journal().filter(({ seq }) => seq < signedLine));
  return book;
}

function* populationCsv(reader: ArchiveReader, review: KeptReview, list: FrozenList): IterableIterator<string> {
  const isAccess = review.started.kind === 'access';
  yield stringify([isAccess ? ACCESS_COLUMNS : EVENT_COLUMNS], CSV);
  let waiting: FrozenItem[] = [];
  let from = 0;
  const rows = (): string => {
    const cells = isAccess ? waiting.map(accessCells) : eventCells(reader, waiting);
    const records = cells.map((row, i) => [String(from + i), ...row.map((cell) => neutralise(cell ?? ''))]);
    from += waiting.length;
    waiting = [];
    return stringify(records, CSV);
  };
  for (const item of list.all()) {
    waiting.push(item);
    if (waiting.length === ROWS) yield rows();
  }
  if (waiting.length > 0) yield rows();
}

function eventCells(reader: ArchiveReader, items: readonly FrozenItem[]): (string | null | undefined)[][] {
  const found = reader.rowsByKey(items.map(({ key }) => key ?? 0));
  return items.map(({ id }, i) => {
    const row = found[i]?.id === id ? found[i] : null;
    const { ts, actor, action, target, address, team } = row ?? {};
    const time = ts === undefined ? 'deleted since' : instant(ts);
    return [
      id,
      time,
      actor?.name ?? actor?.id,
      actor?.email,
      action,
      target?.type,
      target?.name ?? target?.id,
      address,
      team?.name ?? team?.id,
    ];
  });
}

function accessCells({ id, access }: FrozenItem): (string | null | undefined)[] {
  if (access === null) return [id];
  const { person, team, role, origin, joinedAt, lastSeen, change, roleBefore } = access;
  return [
    id,
    person.name ?? person.id,
    person.email,
    team?.name ?? team?.id,
    role,
    origin,
    instant(joinedAt),
    instant(lastSeen),
    change,
    roleBefore,
  ];
}

function instant(ms: number | null): string {
  return ms === null ? '' : new Date(ms).toISOString();
}

function* lines(items: Iterable<FrozenItem>): IterableIterator<string> {
  for (const { id } of items) yield idLine(id);
}

function* map<A, B>(items: Iterable<A>, change: (item: A) => B): IterableIterator<B> {
  for (const item of items) yield change(item);
}
