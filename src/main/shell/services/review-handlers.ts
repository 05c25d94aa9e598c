import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Output } from '../../../shared/contract.ts';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import { endOfDay, startOfDay } from '../../../shared/instant.ts';
import type { Period, ReviewFinding } from '../../../shared/review-schema.ts';
import { RFC9106_COST } from '../../core/archive/key-wrap.ts';
import type { OnProgress } from '../../core/ports.ts';
import type { Acted, ReviewAct } from '../../core/review/acts.ts';
import type { FrozenCampaign } from '../../core/review/freeze.ts';
import type { ReaderCalls } from '../../worker/calls.ts';
import type { MadeLine, ReviewReaderCalls } from '../../worker/review-calls.ts';
import type { Thread } from '../../worker/thread-client.ts';
import type { Handlers, ServiceContext } from '../context.ts';
import { presentOf } from './coverage-handlers.ts';
import { refuseIfBroken } from './last-verified.ts';
import { noteExport } from './note-use.ts';
import type { Session } from './open-session.ts';
import type { Vault } from './vault.ts';

type Methods = Extract<
  keyof Handlers,
  `reviews.${string}` | `exceptions.${string}` | `identities.${string}` | `leavers.${string}`
>;

/** A million entries take about 200 MiB to freeze or export; this leaves room, and an end. */
const REVIEW_MIB = 768;
const LARGEST_LIST = 5_000_000;
const GRAVITY = ['critical', 'high', 'medium', 'low', 'info'];

/** Recurring reviews, campaigns, decisions, exceptions, identities, sign-off and leavers. */
export function reviewHandlers(context: ServiceContext, vault: Vault): Pick<Handlers, Methods> {
  const tell: OnProgress = (progress) => context.announce('task.progress', progress);
  const within = async <T>(work: (session: Session, now: number) => Promise<Result<T>>): Promise<Result<T>> => {
    const session = vault.session();
    return session.ok ? work(session.value, await presentOf(session.value)) : session;
  };
  const asked = <N extends keyof ReviewReaderCalls>(name: N, input: (now: number) => ReviewReaderCalls[N]['input']) =>
    within((session, now) => session.reader.call(name, input(now)));
  const written = async <T>(done: Promise<Result<T>>): Promise<Result<T>> => {
    const result = await done;
    if (result.ok) context.announce('reviews.changed', {});
    return result;
  };
  const acted = (act: ReviewAct): Promise<Result<Acted>> =>
    within(async (session, now) => {
      const writer = session.writer();
      return writer.ok ? written(writer.value.call('reviewAct', { act, now })) : writer;
    });
  // What takes long is made in a reading thread; the writing thread only writes it down.
  const made = <N extends 'drawSample' | 'signReview' | 'makeIdentity' | 'changePin'>(
    name: N,
    input: (now: number) => ReviewReaderCalls[N]['input'],
  ): Promise<Result<MadeLine>> =>
    within(async (session, now) => {
      const writer = session.writer();
      if (!writer.ok) return writer;
      const analyst = await session.analyst();
      if (!analyst.ok) return analyst;
      const line: Result<MadeLine> = await analyst.value.call(name, input(now));
      if (!line.ok) return line;
      const kept = await written(writer.value.call('appendReviewLine', line.value));
      return kept.ok ? line : kept;
    });
  const begun = (by: string, freeze: (thread: Thread<ReaderCalls>, now: number) => Promise<Result<FrozenCampaign>>) =>
    within(async (session, now) => {
      const writer = session.writer();
      if (!writer.ok) return writer;
      const frozen = await session.withTaskThread(REVIEW_MIB, (thread) => freeze(thread, now));
      if (!frozen.ok) return frozen;
      const { body, packed } = frozen.value;
      for (const [part, content] of packed.parts.entries()) {
        const kept = await writer.value.call('freezePart', { list: packed.list, part, content });
        if (!kept.ok) return kept;
      }
      const begin = { by, now, frozen: { body, packed: { ...packed, parts: [] } } };
      const id = await written(writer.value.call('beginReview', begin));
      return id.ok ? ok({ id: id.value }) : id;
    });
  const findings = (session: Session, { from, to }: Period, zone: string, now: number) =>
    findingsOf(session, startOfDay(from, zone), endOfDay(to, zone), zone, now);
  const detail = (id: string) => asked('reviewDetail', (now) => ({ id, now }));
  const exception = (act: ReviewAct, id: string) =>
    within(async (session, now): Promise<Result<Output<'exceptions.update'>>> => {
      const done = await acted(act);
      if (!done.ok) return done;
      const found = await session.reader.call('reviewException', { id, now });
      if (!found.ok) return found;
      return found.value === null
        ? fail('not_found', `There is no exception ${id}.`, 'Look at the list again.')
        : ok(found.value);
    });
  const cost = context.kdfCost ?? RFC9106_COST;
  return {
    'reviews.list': ({ zone }) => asked('reviewList', (now) => ({ now, zone })),
    async 'reviews.savePlan'({ id, by, ...plan }) {
      const done = await acted({ kind: 'plan', id, by, plan });
      return done.ok ? ok({ id: done.value.plan ?? '' }) : done;
    },
    'reviews.preview': (campaign) =>
      within(async (session, now) => {
        const preview = await session.reader.call('reviewPreview', { campaign, now });
        if (!preview.ok) return preview;
        const found = await findings(session, campaign.period, campaign.zone, now);
        return found.ok ? ok({ ...preview.value, findings: found.value }) : found;
      }),
    'reviews.start': ({ by, ...campaign }) =>
      begun(by, (thread, now) => thread.call('freezeCampaign', { campaign, now }, tell)),
    'reviews.startAddendum': ({ id, by }) =>
      begun(by, (thread, now) => thread.call('freezeAddendum', { id, now }, tell)),
    'reviews.open': ({ id }) => detail(id),
    'reviews.items': (page) => asked('reviewItems', () => page),
    'reviews.findings': ({ id }) =>
      within(async (session, now) => {
        const review = await session.reader.call('reviewDetail', { id, now });
        return review.ok ? findings(session, review.value.period, review.value.zone, now) : review;
      }),
    async 'reviews.history'({ id }) {
      const lines = await asked('reviewHistory', () => ({ id }));
      return lines.ok ? ok([...lines.value]) : lines;
    },
    async 'reviews.decide'(saying) {
      const done = await acted({ kind: 'decide', ...saying });
      if (!done.ok) return done;
      const { line, changed } = done.value;
      const raises = saying.verdict === 'deviation' || saying.verdict === 'exception';
      return ok({ line, changed, exception: raises ? `X-${line}` : null });
    },
    async 'reviews.undo'(what) {
      const done = await acted({ kind: 'undo', ...what });
      return done.ok ? ok({ changed: done.value.changed }) : done;
    },
    'reviews.sample': (drawing) => emptied(made('drawSample', (now) => ({ ...drawing, now }))),
    'reviews.acknowledgeGaps': (what) => emptied(acted({ kind: 'gaps', ...what })),
    async 'reviews.sign'(signing) {
      const signed = await made('signReview', (now) => ({ ...signing, now }));
      return signed.ok ? detail(signing.id) : signed;
    },
    'reviews.giveBack': (what) => emptied(acted({ kind: 'giveBack', ...what })),
    'reviews.abandon': (what) => emptied(acted({ kind: 'abandon', ...what })),
    'reviews.export': ({ id }) =>
      within(async (session) => {
        const held = await refuseIfBroken(session);
        if (held !== null) return held;
        const parent = await context.dialogs.chooseFolder({ title: 'Where to export the review', button: 'Export' });
        if (parent === null) return ok(null);
        const dir = freeFolder(join(parent, `review-${id}`));
        const bundle = await session.withTaskThread(REVIEW_MIB, (thread) =>
          thread.call('exportReview', { id, dir }, tell),
        );
        if (!bundle.ok) return bundle;
        await noteExport(session, id, bundle.value.manifest);
        return ok({ folderName: basename(dir), files: [...bundle.value.files] });
      }),

    'exceptions.list': ({ review }) => asked('reviewExceptions', (now) => ({ review, now })),
    async 'exceptions.raise'({ review, by, items, fields }) {
      const done = await acted({ kind: 'raise', id: review, by, items, fields });
      return done.ok ? ok({ id: `X-${done.value.line}` }) : done;
    },
    'exceptions.update': (what) => exception({ kind: 'update', ...what }, what.id),
    'exceptions.retest': (what) => exception({ kind: 'retest', ...what }, what.id),
    'exceptions.close': (what) => exception({ kind: 'close', ...what }, what.id),
    'exceptions.reopen': (what) => exception({ kind: 'reopen', ...what }, what.id),

    'identities.list': () => asked('identities', () => ({})),
    async 'identities.create'(person) {
      const done = await made('makeIdentity', (now) => ({ ...person, now, cost }));
      if (!done.ok) return done;
      const all = await asked('identities', () => ({}));
      if (!all.ok) return all;
      const { line } = done.value;
      const subject = 'line' in line ? line.line.subject : line.subject;
      const one = all.value.find(({ id }) => id === subject);
      return one ? ok(one) : fail('unexpected', 'The identity was not kept.', 'Try again.');
    },
    'identities.changePin': (pins) => emptied(made('changePin', (now) => ({ ...pins, now, cost }))),
    'identities.retire': (what) => emptied(acted({ kind: 'retire', ...what })),

    'leavers.compare': ({ text, fileName, zone, review, by }) =>
      within(async (session, now) => {
        const list = text === null ? await chosenList(context) : ok({ text, fileName: fileName ?? 'leavers.csv' });
        if (!list.ok || list.value === null) return list.ok ? ok(null) : list;
        const analyst = await session.analyst();
        if (!analyst.ok) return analyst;
        const compared = await analyst.value.call('compareLeavers', { ...list.value, zone, now });
        if (!compared.ok || review === null) return compared;
        if (by === null) return fail('bad_input', 'What is kept names who compared it.', 'Choose your identity.');
        const kept = await acted({ kind: 'leavers', id: review, by, comparison: compared.value });
        return kept.ok ? compared : kept;
      }),
    async 'leavers.kept'({ review }) {
      const kept = await asked('keptLeavers', () => ({ id: review }));
      return kept.ok ? ok([...kept.value]) : kept;
    },
  };
}

// What was exported before stays as it is.
function freeFolder(wanted: string): string {
  let dir = wanted;
  for (let n = 2; existsSync(dir); n++) dir = `${wanted}-${n}`;
  return dir;
}

async function findingsOf(
  session: Session,
  fromMs: number,
  endMs: number,
  zone: string,
  now: number,
): Promise<Result<ReviewFinding[]>> {
  const analyst = await session.analyst();
  if (!analyst.ok) return analyst;
  const found = await analyst.value.call('findings', { zone, now });
  if (!found.ok) return found;
  return ok(
    found.value.findings
      .filter(({ last }) => last >= fromMs && last < endMs)
      .map(({ id, title, severity, why, last, entryKeys, state }) => ({
        ...{ id, title, severity, why, last, entryKeys },
        status: state.status,
      }))
      .sort((a, b) => GRAVITY.indexOf(a.severity) - GRAVITY.indexOf(b.severity) || b.last - a.last),
  );
}

async function chosenList(
  context: Pick<ServiceContext, 'dialogs'>,
): Promise<Result<{ readonly text: string; readonly fileName: string } | null>> {
  const chosen = await context.dialogs.chooseFiles({ title: 'Choose the list of leavers (CSV)', button: 'Compare' });
  const file = chosen?.[0];
  if (file === undefined) return ok(null);
  try {
    const text = await readFile(file, 'utf8');
    return text.length > LARGEST_LIST
      ? fail('bad_input', 'This list is too long.', 'Choose the list of one year at most.')
      : ok({ text, fileName: basename(file) });
  } catch {
    return fail('bad_input', 'The list could not be read.', 'Check that it is there and may be read.');
  }
}

async function emptied(done: Promise<Result<unknown>>): Promise<Result<Record<string, never>>> {
  const result = await done;
  return result.ok ? ok({}) : result;
}
