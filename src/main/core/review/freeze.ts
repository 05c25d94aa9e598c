import { type Failure, fail, ok, type Result } from '../../../shared/errors.ts';
import type { Filter } from '../../../shared/filter/filter.ts';
import { printQuery } from '../../../shared/filter/print.ts';
import { dayOf, isZone } from '../../../shared/instant.ts';
import type { Campaign } from '../../../shared/review-contract.ts';
import type { ArchiveReader } from '../archive/reader.ts';
import { infosOf } from '../detection/catalogue.ts';
import { chosenRules } from '../detection/own-rules.ts';
import { readRegister } from '../detection/triage/register.ts';
import type { Cancel, OnProgress } from '../ports.ts';
import { planQuery, type QueryPlan } from '../search/plan.ts';
import { coverageOver } from '../sync/coverage-days.ts';
import { accessItems } from './access-items.ts';
import { type FrozenItem, ListPacker, type PackedList } from './frozen-list.ts';
import { frozenQuestion, type Question } from './frozen-question.ts';
import { lateItems } from './late.ts';
import type { KeptReview, ReviewBook, Started } from './review-book.ts';
import { questionWords } from './review-words.ts';

/** A campaign with its population: what is written down to begin it. */
export type FrozenCampaign = { readonly body: Omit<Started, 'identity'>; readonly packed: PackedList };

type Job = { readonly cancel?: Cancel; readonly onProgress?: OnProgress };
type End = { readonly id: string; readonly at: number };

const CANCELLED = fail('cancelled', 'The review was not started.', 'Start it again when you like.');
const SAY_EVERY = 16_384;

/** The question of a campaign with its dates as instants. `bad_input` where the period or the zone makes no sense. */
export function campaignPlan(
  { filter, period, zone }: Pick<Campaign, 'filter' | 'period' | 'zone'>,
  now: number,
): Result<Question> {
  if (!isZone(zone)) return fail('bad_input', `“${zone}” is not a time zone.`, 'Choose one from the list.');
  if (filter.from !== undefined || filter.to !== undefined || filter.last !== undefined)
    return fail('bad_input', 'The period of a review stands beside its filter.', 'Take the dates out of the query.');
  const plan = planQuery({ terms: filter.terms, ...period } as Filter, zone, now);
  if (!plan.ok) return plan;
  const { fromMs, toMs } = plan.value;
  return fromMs === null || toMs === null
    ? fail('bad_input', 'A review has a first and a last day.', 'Give both.')
    : ok({ ...plan.value, filter: { terms: plan.value.filter.terms }, fromMs, toMs });
}

/** Freezes the population of a campaign. Nothing is written; memory holds the packed list. */
export function freezeCampaign(
  reader: ArchiveReader,
  campaign: Campaign,
  now: number,
  job: Job = {},
): Result<FrozenCampaign> {
  const plan = campaignPlan(campaign, now);
  if (!plan.ok) return plan;
  if (plan.value.toMs >= now)
    return fail(
      'bad_input',
      'The period of this review is not over.',
      'Let it end yesterday or before: what is not there yet cannot be frozen.',
    );
  const items = itemsOf(reader, campaign.kind, plan.value);
  if (!items.ok) return items;
  return freeze(reader, { ...campaign, addendumTo: null }, plan.value, items.value, now, job);
}

/** Freezes what came late for a signed review. `bad_input` where nothing did, or it is not signed. */
export function freezeAddendum(
  reader: ArchiveReader,
  book: ReviewBook,
  review: KeptReview,
  now: number,
  job: Job = {},
): Result<FrozenCampaign> {
  const { started } = review;
  if (!review.signatures.some(({ role }) => role === 'reviewer'))
    return fail('bad_input', `${review.id} is not signed.`, 'Entries that arrive late are added once it is.');
  const { population, title, kind, plan, framework, period, zone, owner } = started;
  const question = frozenQuestion(population);
  const late = [...lateItems(reader, book, review)];
  if (late.length === 0)
    return fail('bad_input', `Nothing came late for ${review.id}.`, 'There is nothing to be added.');
  const campaign = {
    ...{ title: `${title}, addendum`, kind, filter: population.filter, zone, period, framework, plan, owner },
    dueAt: null,
    addendumTo: review.id,
  };
  return freeze(reader, campaign, question, late, now, job);
}

/** The state of every UTC day that the period of a campaign touches, at `now` (milliseconds UTC). */
export function statesOver(
  reader: Pick<ArchiveReader, 'coverage' | 'setting' | 'storedOn'>,
  fromMs: number,
  toMs: number,
  now: number,
): Started['coverage'] {
  const days = coverageOver(reader, dayOf(fromMs, 'UTC'), dayOf(toMs, 'UTC'), now);
  return days.map(({ day, state }) => ({ day, state }));
}

/** The items that answer a question now, in the order of a population. */
export function itemsOf(reader: ArchiveReader, kind: Campaign['kind'], plan: Question): Result<Iterable<FrozenItem>> {
  return kind === 'access' ? accessItems(reader, plan.filter, plan.fromMs, plan.toMs) : ok(entryItems(reader, plan));
}

function* entryItems(reader: ArchiveReader, plan: QueryPlan): IterableIterator<FrozenItem> {
  for (const { key, id } of reader.rows(plan)) yield { key, id, access: null };
}

function freeze(
  reader: ArchiveReader,
  campaign: Campaign & { readonly addendumTo: string | null },
  plan: Question,
  items: Iterable<FrozenItem>,
  now: number,
  { cancel, onProgress }: Job,
): Result<FrozenCampaign> {
  const { title, kind, plan: planId, addendumTo, framework, period, zone, owner, dueAt } = campaign;
  const packer = new ListPacker();
  let first: FrozenItem | null = null;
  let last: FrozenItem | null = null;
  let done = 0;
  for (const item of items) {
    packer.add(item);
    first ??= item;
    last = item;
    if (++done % SAY_EVERY !== 0) continue;
    if (cancel?.aborted) return CANCELLED;
    onProgress?.({ done, total: null, note: 'Freezing the population' });
  }
  const packed = packer.finish();
  if (packed.count === 0 && kind === 'access')
    return fail('bad_input', 'Nobody belonged to a team then, as far as the log tells.', 'Choose another period.');
  const rules = rulesOf(reader);
  if (!rules.ok) return rules;
  const head = reader.head();
  const { filter, fromMs, toMs } = plan;
  return ok({
    packed,
    body: {
      ...{ title, kind, plan: planId, addendumTo, framework, period, zone, owner, dueAt },
      population: {
        text: printQuery({ ...filter, ...period }),
        words: questionWords(kind, filter, period, zone),
        filter: filter as Started['population']['filter'],
        fromMs,
        toMs,
        count: packed.count,
        first: endOf(reader, first),
        last: endOf(reader, last),
        sha256: packed.sha256,
        list: packed.list,
        parts: packed.parts.length,
      },
      coverage: statesOver(reader, fromMs, toMs, now),
      rules: rules.value,
      head: head === null ? null : { sequence: head.sequence, hash: head.hash },
    },
  });
}

function endOf(reader: ArchiveReader, item: FrozenItem | null): End | null {
  if (item === null || item.key === null) return null;
  const [row] = reader.rowsByKey([item.key]);
  return row ? { id: item.id, at: row.ts } : null;
}

function rulesOf(reader: ArchiveReader): Result<Started['rules']> | { ok: false; error: Failure } {
  const register = readRegister(reader);
  const chosen = chosenRules(register, null);
  if (!chosen.ok) return chosen;
  return ok(
    infosOf(chosen.value.rules)
      .filter(({ id, enabled }) => register.switches.get(id)?.enabled ?? enabled)
      .map(({ id, version }) => ({ id, version })),
  );
}
