import { readFileSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import { CADENCE_WORDS, ITEM_VIEWS, REVIEW_VERDICTS, VERDICT_WORDS } from '../../../shared/review.ts';
import type { Leaver, ReviewDetail, ReviewItem } from '../../../shared/review-schema.ts';
import { heldIfBroken } from '../../core/archive/integrity/last-verification.ts';
import { exportReview } from '../../core/review/export-bundle.ts';
import { publicIdentity } from '../../core/review/identity-acts.ts';
import { compareLeavers } from '../../core/review/leavers.ts';
import { type Answer, columns, grouped, printable } from '../answer.ts';
import type { CommonOptions } from '../common-options.ts';
import { jsonForm } from '../json-form.ts';
import { progressBar } from '../progress.ts';
import { readingReviews, writingReviews } from '../review-session.ts';
import type { Terminal } from '../terminal.ts';

export type ItemsOptions = CommonOptions & {
  readonly view?: string;
  readonly offset?: string;
  readonly limit?: string;
};
export type LeaversOptions = CommonOptions & { readonly review?: string; readonly by?: string };

const LARGEST_LIST = 5_000_000;

/** `logbook review list`: what is due, and every review. */
export function listReviews(options: CommonOptions, terminal: Terminal): Promise<Result<Answer>> {
  return readingReviews(options, terminal, ({ reviews, now, zone }) => {
    const { due, reviews: all, plans } = reviews.list(now, zone);
    const dueRows = due.map(({ plan, state, period, dueAt }) => [
      state,
      plan.id,
      CADENCE_WORDS[plan.cadence],
      `${period.from} – ${period.to}`,
      `due ${dayOf(dueAt)}`,
      printable(plan.owner ?? 'no owner'),
    ]);
    const rows = all.map((one) => [
      one.id,
      one.overdue ? `${one.status}, overdue` : one.status,
      printable(one.title),
      `${one.period.from} – ${one.period.to}`,
      `${grouped(one.decided)} of ${grouped(one.scope)} decided`,
      `${one.exceptions.open} open exceptions`,
    ]);
    return ok({
      json: jsonForm({ now, due, reviews: all, plans }),
      text: [columns(dueRows), rows.length === 0 ? 'No review was started yet.' : columns(rows)].join('\n\n'),
    });
  });
}

/** `logbook review open ID`. */
export function openReview(id: string, options: CommonOptions, terminal: Terminal): Promise<Result<Answer>> {
  return readingReviews(options, terminal, ({ reviews, now }) => {
    const detail = reviews.detail(id, now);
    if (!detail.ok) return detail;
    const history = reviews.history(id);
    return ok({
      json: jsonForm({ ...detail.value, history: history.ok ? history.value : [] }),
      text: detailText(detail.value),
    });
  });
}

/** `logbook review items ID`. */
export function listItems(id: string, options: ItemsOptions, terminal: Terminal): Promise<Result<Answer>> {
  return readingReviews(options, terminal, ({ reviews }) => {
    const view = [...ITEM_VIEWS, ...REVIEW_VERDICTS].find((one) => one === (options.view ?? 'all'));
    if (view === undefined)
      return fail(
        'bad_input',
        `--view “${options.view}” is not known.`,
        `Write one of ${[...ITEM_VIEWS, ...REVIEW_VERDICTS].join(', ')}.`,
      );
    const offset = wholeNumber('offset', options.offset ?? '0');
    const limit = wholeNumber('limit', options.limit ?? '100');
    if (!offset.ok || !limit.ok) return offset.ok ? (limit as Extract<typeof limit, { ok: false }>) : offset;
    const page = reviews.items(id, { view, offset: offset.value, limit: limit.value });
    if (!page.ok) return page;
    const { items, total } = page.value;
    return ok({
      json: { total, items: items.map((item) => ({ number: item.n + 1, ...(jsonForm(item) as object) })) },
      text: `${columns(items.map(itemCells))}\n${grouped(total)} in all`.trimStart(),
    });
  });
}

/** `logbook review exception` without anything to be said. */
export function listExceptions(id: string | null, options: CommonOptions, terminal: Terminal): Promise<Result<Answer>> {
  return readingReviews(options, terminal, ({ reviews, now }) => {
    if (id?.startsWith('X-')) {
      const one = reviews.exception(id, now);
      if (one === null)
        return fail('not_found', `There is no exception ${id}.`, 'logbook review exception lists them.');
      return ok({
        json: jsonForm({ exceptions: [one] }),
        text: columns(one.history.map(({ at, by, words }) => [dayOf(at), printable(by), printable(words)])),
      });
    }
    const all = reviews.exceptions(id, now);
    if (!all.ok) return all;
    const rows = all.value.map((one) => [
      one.id,
      one.overdue ? 'overdue' : one.status,
      one.review,
      one.due ?? 'no date',
      printable(one.owner ?? 'no owner'),
      printable(one.nature),
    ]);
    return ok({
      json: jsonForm({ exceptions: all.value }),
      text: rows.length === 0 ? 'There are no exceptions.' : columns(rows),
    });
  });
}

/** `logbook review identity` without anything to be done. */
export function listIdentities(options: CommonOptions, terminal: Terminal): Promise<Result<Answer>> {
  return readingReviews(options, terminal, ({ reviews }) => {
    const all = [...reviews.book.identities.values()].map(publicIdentity);
    const rows = all.map(({ id, name, email, fingerprint, retiredAt }) => [
      id,
      printable(name),
      printable(email),
      retiredAt === null ? `key ${fingerprint.slice(0, 16)}…` : `retired ${dayOf(retiredAt)}`,
    ]);
    return ok({
      json: jsonForm({ identities: all }),
      text: rows.length === 0 ? 'Nobody is there to decide and sign yet.' : columns(rows),
    });
  });
}

/** `logbook review export ID DIR`: what an auditor needs to check it without Logbook. */
export function exportBundle(
  id: string,
  dir: string,
  options: CommonOptions,
  terminal: Terminal,
): Promise<Result<Answer>> {
  return readingReviews(options, terminal, ({ reader }) => {
    const held = heldIfBroken(reader);
    if (held !== null) return held;
    const progress = progressBar(terminal);
    const out = resolve(terminal.cwd, dir);
    const job = { cancel: terminal.signal, onProgress: progress.onProgress };
    const written = exportReview(reader, id, out, job);
    progress.stop();
    if (!written.ok) return written;
    const { manifest, files } = written.value;
    return ok({
      json: { out, manifest, files },
      text: `${out}\n${files.length} files; manifest SHA-256 ${manifest}\nTo be checked with: node docs/verify-review.mjs ${basename(out)}`,
    });
  });
}

/** `logbook review leavers FILE`: compares a list of leavers; with `--review` it is kept there. */
export function leavers(file: string, options: LeaversOptions, terminal: Terminal): Promise<Result<Answer>> {
  const text = readList(resolve(terminal.cwd, file), file);
  if (!text.ok) return Promise.resolve(text);
  const from = { fileName: basename(file) };
  if (options.review === undefined)
    return readingReviews(options, terminal, ({ reader, zone, now }) => {
      const compared = compareLeavers(reader, text.value, { ...from, zone, now });
      return compared.ok ? ok(leaversAnswer(compared.value)) : compared;
    });
  const { review, by } = options;
  if (by === undefined) return Promise.resolve(fail('bad_input', 'What is kept names who compared it.', 'Add --by.'));
  return writingReviews(options, terminal, ({ writer, zone, now, act, identity }) => {
    const compared = compareLeavers(writer, text.value, { ...from, zone, now });
    if (!compared.ok) return compared;
    const who = identity(by);
    if (!who.ok) return who;
    const kept = act({ kind: 'leavers', id: review, by: who.value, comparison: compared.value });
    return kept.ok ? ok(leaversAnswer(compared.value)) : kept;
  });
}

/** A whole number that an option gives. */
export function wholeNumber(option: string, text: string): Result<number> {
  return /^\d{1,9}$/.test(text)
    ? ok(Number(text))
    : fail('bad_input', `--${option} “${text}” is not a whole number.`, 'Write it in digits.');
}

function readList(path: string, shown: string): Result<string> {
  try {
    if (statSync(path).size > LARGEST_LIST)
      return fail('bad_input', `${shown} is too long for a list of leavers.`, 'Give the list of one year at most.');
    return ok(readFileSync(path, 'utf8'));
  } catch {
    return fail('bad_input', `${shown} cannot be read.`, 'Check its name and permissions.');
  }
}

function leaversAnswer(compared: {
  readonly leavers: readonly Leaver[];
  readonly unread: readonly { readonly line: number; readonly reason: string }[];
}): Answer {
  const words = ({ state, daysLate }: Leaver): string =>
    ({
      removed: 'removed in time',
      late: `removed ${daysLate} days late`,
      present: `still there, ${daysLate} days`,
      never: 'belonged to no team',
      unknown: 'not known in the log',
    })[state];
  const rows = compared.leavers.map((one) => [
    one.leftOn,
    printable(one.email ?? one.name ?? ''),
    words(one),
    printable(one.memberships.map(({ team }) => team?.name ?? team?.id ?? 'the organisation').join(', ')),
  ]);
  const unread = compared.unread.map(({ line, reason }) => `line ${line}: ${printable(reason)}`);
  return { json: jsonForm(compared), text: [columns(rows), ...unread].join('\n') };
}

function detailText(detail: ReviewDetail): string {
  const { id, title, status, question, coverage, checks, signatures, sample, late } = detail;
  return [
    `${id}  ${printable(title)}: ${status}`,
    printable(question.words),
    `${grouped(question.count)} items, SHA-256 ${question.sha256}`,
    `${coverage.complete} of ${coverage.days.length} days complete`,
    ...(sample === null ? [] : [`a sample of ${sample.size}, seed “${printable(sample.seed)}”`]),
    ...checks.map((check) => `${check.ok ? 'ok ' : '-- '} ${check.sentence}`),
    ...signatures.map(({ role, name, at }) => `${role}: ${printable(name)}, ${new Date(at).toISOString()}`),
    ...(late === 0 ? [] : [`${grouped(late)} came late`]),
  ].join('\n');
}

function itemCells({ n, id, entry, access, decision, inSample }: ReviewItem): string[] {
  const what =
    access !== null
      ? [access.person.email ?? access.person.name ?? '', access.team?.name ?? '', access.role ?? 'role unknown']
      : [
          entry === null ? 'deleted since' : new Date(entry.ts).toISOString(),
          entry?.actor?.email ?? '',
          entry?.action ?? '',
        ];
  const decided = decision === null ? (inSample ? 'to decide' : 'not in the sample') : VERDICT_WORDS[decision.verdict];
  return [String(n + 1), printable(id), ...what.map(printable), decided, printable(decision?.rationale ?? '')];
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
