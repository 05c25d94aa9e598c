import { fail, ok, type Result } from '../../../shared/errors.ts';
import { endOfDay, isDay } from '../../../shared/instant.ts';
import { isReportTemplate, REPORT_TEMPLATES } from '../../../shared/report-template.ts';
import { REVIEW_KINDS, REVIEW_VERDICTS, SIGN_ROLES } from '../../../shared/review.ts';
import type { Campaign } from '../../../shared/review-contract.ts';
import { reviewOf } from '../../core/review/acting.ts';
import { beginReview } from '../../core/review/begin.ts';
import { sampleLine } from '../../core/review/decide.ts';
import { freezeAddendum, freezeCampaign } from '../../core/review/freeze.ts';
import { signatureLine } from '../../core/review/sign.ts';
import { type Answer, grouped } from '../answer.ts';
import type { CommonOptions } from '../common-options.ts';
import { type FilterOptions, filterFrom } from '../filter-options.ts';
import { jsonForm } from '../json-form.ts';
import { progressBar } from '../progress.ts';
import { type ReviewWriting, writingReviews } from '../review-session.ts';
import { readPin } from '../secrets.ts';
import type { Terminal } from '../terminal.ts';
import { numbersOf } from './review-exceptions.ts';
import { wholeNumber } from './review-read.ts';

type By = CommonOptions & { readonly by: string };
export type StartOptions = By &
  FilterOptions & {
    readonly plan?: string;
    readonly title?: string;
    readonly kind?: string;
    readonly framework?: string;
    readonly owner?: string;
    readonly due?: string;
  };
export type DecideOptions = By & {
  readonly as?: string;
  readonly item?: readonly string[];
  readonly open?: boolean;
  readonly rationale?: string;
  readonly evidence?: string;
  readonly ticket?: string;
  readonly undo?: string;
};
export type SampleOptions = By & { readonly size: string; readonly seed: string; readonly reason?: string };
export type ReasonOptions = By & { readonly reason: string };
export type SignOptions = CommonOptions & { readonly as: string; readonly by: string; readonly pinFile?: string };
/** `logbook review start`: freezes a population and begins; with `--plan` it is the one that is due. */
export function startReview(query: string, options: StartOptions, terminal: Terminal): Promise<Result<Answer>> {
  return writingReviews(options, terminal, (writing) => {
    const { writer, book, now, identity } = writing;
    const by = identity(options.by);
    if (!by.ok) return by;
    const campaign = campaignOf(query, options, writing);
    if (!campaign.ok) return campaign;
    const progress = progressBar(terminal);
    const job = { cancel: terminal.signal, onProgress: progress.onProgress };
    const frozen = freezeCampaign(writer, campaign.value, now, job);
    progress.stop();
    if (!frozen.ok) return frozen;
    const id = beginReview(writer, book, frozen.value, by.value, now);
    return id.ok ? detailAnswer(writing, id.value, `${id.value} was started`) : id;
  });
}

/** `logbook review addendum ID`. */
export function startAddendum(id: string, options: By, terminal: Terminal): Promise<Result<Answer>> {
  return writingReviews(options, terminal, (writing) => {
    const { writer, book, now, identity } = writing;
    const by = identity(options.by);
    const review = reviewOf(book, id);
    if (!by.ok || !review.ok) return by.ok ? (review as Extract<typeof review, { ok: false }>) : by;
    const frozen = freezeAddendum(writer, book, review.value, now);
    if (!frozen.ok) return frozen;
    const begun = beginReview(writer, book, frozen.value, by.value, now);
    return begun.ok ? detailAnswer(writing, begun.value, `${begun.value} adds to ${id}`) : begun;
  });
}

/** `logbook review decide ID`. */
export function decideItems(id: string, options: DecideOptions, terminal: Terminal): Promise<Result<Answer>> {
  return writingReviews(options, terminal, ({ act, identity }) => {
    const by = identity(options.by);
    if (!by.ok) return by;
    if (options.undo !== undefined) {
      const line = wholeNumber('undo', options.undo);
      if (!line.ok) return line;
      const undone = act({ kind: 'undo', id, by: by.value, line: line.value });
      if (!undone.ok) return undone;
      const { changed } = undone.value;
      return ok({
        json: { line: undone.value.line, changed },
        text: `${grouped(changed)} items are as they were before.`,
      });
    }
    const verdict = REVIEW_VERDICTS.find((one) => one === options.as);
    if (verdict === undefined)
      return fail(
        'bad_input',
        `--as “${options.as ?? ''}” is not known.`,
        `Write one of ${REVIEW_VERDICTS.join(', ')}.`,
      );
    const items = numbersOf(options.item);
    if (!items.ok) return items;
    if (items.value.length > 0 === (options.open === true))
      return fail('bad_input', 'Say what is decided.', 'Add --item NUMBER, or --open for all that is left.');
    const { rationale = '', evidence = '', ticket = '' } = options;
    const decided = act({
      kind: 'decide',
      ...{ id, by: by.value, verdict, rationale, evidence, ticket },
      chosen: options.open ? { kind: 'open' } : { kind: 'items', items: items.value },
    });
    if (!decided.ok) return decided;
    const { line, changed } = decided.value;
    const exception = verdict === 'deviation' || verdict === 'exception' ? `X-${line}` : null;
    return ok({
      json: { line, changed, exception },
      text: `${grouped(changed)} decided by line ${line}${exception === null ? '' : `; exception ${exception}`}.`,
    });
  });
}

/** `logbook review sample ID`. */
export function drawReviewSample(id: string, options: SampleOptions, terminal: Terminal): Promise<Result<Answer>> {
  return writingReviews(options, terminal, (writing) => {
    const { writer, book, now, append, identity } = writing;
    const by = identity(options.by);
    const size = wholeNumber('size', options.size);
    if (!by.ok || !size.ok) return by.ok ? (size as Extract<typeof size, { ok: false }>) : by;
    const { seed, reason = '' } = options;
    const drawing = { by: by.value, size: size.value, seed, reason };
    const drawn = append(sampleLine({ reader: writer, book, now }, id, drawing), id);
    return drawn.ok ? detailAnswer(writing, id, `${grouped(size.value)} items were drawn`) : drawn;
  });
}

/** `logbook review gaps|back|abandon ID`. */
export function sayReason(
  kind: 'gaps' | 'giveBack' | 'abandon',
  id: string,
  options: ReasonOptions,
  terminal: Terminal,
): Promise<Result<Answer>> {
  return writingReviews(options, terminal, (writing) => {
    const by = writing.identity(options.by);
    if (!by.ok) return by;
    const done = writing.act({ kind, id, by: by.value, reason: options.reason });
    return done.ok ? detailAnswer(writing, id, 'Written down') : done;
  });
}

/** `logbook review sign ID`. */
export function signReview(id: string, options: SignOptions, terminal: Terminal): Promise<Result<Answer>> {
  return writingReviews(options, terminal, async (writing) => {
    const { writer, book, now, append, identity } = writing;
    const role = SIGN_ROLES.find((one) => one === options.as);
    if (role === undefined)
      return fail('bad_input', `--as “${options.as}” is not known.`, `Write ${SIGN_ROLES.join(' or ')}.`);
    const by = identity(options.by);
    if (!by.ok) return by;
    const pin = await readPin(options, terminal);
    if (!pin.ok) return pin;
    const signing = { id, role, identity: by.value, pin: pin.value };
    const signed = append(await signatureLine({ reader: writer, book, now }, signing), id);
    return signed.ok ? detailAnswer(writing, id, `Signed as ${role}`) : signed;
  });
}

function campaignOf(query: string, options: StartOptions, { reviews, now, zone }: ReviewWriting): Result<Campaign> {
  const { framework, owner, due } = options;
  if (framework !== undefined && !isReportTemplate(framework))
    return fail(
      'bad_input',
      `--framework “${framework}” is not known.`,
      `Write one of ${REPORT_TEMPLATES.join(', ')}.`,
    );
  if (due !== undefined && !isDay(due))
    return fail('bad_input', `--due “${due}” is not a date.`, 'Write it as 2026-01-31.');
  const dueAt = due === undefined ? null : endOfDay(due, zone) - 1;
  const filter = filterFrom(query, options);
  if (!filter.ok) return filter;
  const { from, to, last, ...narrowed } = filter.value;
  if (last !== undefined || (from !== undefined && !isDay(from)) || (to !== undefined && !isDay(to)))
    return fail('bad_input', 'A review is of whole days.', 'Write --from and --to as 2026-01-31.');
  if (options.plan !== undefined) {
    const { due: all, plans } = reviews.list(now, zone);
    const next = all.find(({ plan }) => plan.id === options.plan);
    if (next === undefined)
      return fail(
        'not_found',
        `The plan “${options.plan}” is not followed.`,
        `There are ${plans.map((one) => one.id).join(', ')}.`,
      );
    if (narrowed.terms.length > 0)
      return fail('bad_input', 'A plan has its own filter.', 'Leave the query out, or start without --plan.');
    const { plan } = next;
    const period = { from: from ?? next.period.from, to: to ?? next.period.to };
    return ok({
      title: options.title ?? `${plan.name}, ${period.from} – ${period.to}`,
      kind: plan.kind,
      filter: plan.filter,
      ...{ zone, period, plan: plan.id },
      framework: framework ?? plan.framework,
      owner: owner ?? plan.owner,
      dueAt: dueAt ?? next.dueAt,
    });
  }
  const kind = REVIEW_KINDS.find((one) => one === (options.kind ?? 'events'));
  if (kind === undefined)
    return fail('bad_input', `--kind “${options.kind}” is not known.`, `Write ${REVIEW_KINDS.join(' or ')}.`);
  if (from === undefined || to === undefined)
    return fail('bad_input', 'A review has a first and a last day.', 'Add --from and --to, or --plan.');
  return ok({
    title: options.title ?? `${kind === 'access' ? 'Access' : 'Events'}, ${from} – ${to}`,
    ...{ kind, filter: narrowed, zone, period: { from, to }, framework: framework ?? null, plan: null },
    owner: owner ?? null,
    dueAt,
  });
}

function detailAnswer({ reviews, now }: ReviewWriting, id: string, words: string): Result<Answer> {
  const detail = reviews.detail(id, now);
  if (!detail.ok) return detail;
  const { status, decided, scope } = detail.value;
  return ok({
    json: jsonForm(detail.value),
    text: `${words}. ${id} is ${status}: ${grouped(decided)} of ${grouped(scope)} decided.`,
  });
}
