import { describeAction } from '../../../shared/action.ts';
import type { EntryRow } from '../../../shared/entry.ts';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import { FACETS, type FacetField } from '../../../shared/facet.ts';
import { type ArchiveReader, BUCKETS, type BucketSize } from '../../core/archive/reader.ts';
import { planQuery, type QueryPlan } from '../../core/search/plan.ts';
import { type Answer, columns, grouped, printable } from '../answer.ts';
import { type CommonOptions, clockOf, zoneOf } from '../common-options.ts';
import { type FilterOptions, filterFrom } from '../filter-options.ts';
import { openForReading } from '../open-archive.ts';
import type { Terminal } from '../terminal.ts';

export type QuestionOptions = CommonOptions & FilterOptions;
export type SearchOptions = QuestionOptions & { readonly limit?: string; readonly after?: string };
export type FacetOptions = QuestionOptions & { readonly by: string; readonly limit?: string };
export type HistogramOptions = QuestionOptions & { readonly by: string };

/** Opens the archive, fixes the filter's dates, asks, and closes again whatever happens. */
export async function ask(
  query: string,
  options: QuestionOptions,
  terminal: Terminal,
  question: (
    reader: ArchiveReader,
    plan: QueryPlan,
    zone: string,
    now: number,
  ) => Result<Answer> | Promise<Result<Answer>>,
): Promise<Result<Answer>> {
  const filter = filterFrom(query, options);
  if (!filter.ok) return filter;
  const clock = clockOf(options);
  if (!clock.ok) return clock;
  const opened = await openForReading(options, terminal);
  if (!opened.ok) return opened;
  const { reader, release } = opened.value;
  try {
    const zone = zoneOf(options, reader.info().zone);
    if (!zone.ok) return zone;
    const plan = planQuery(filter.value, zone.value, clock.value.now());
    return plan.ok ? await question(reader, plan.value, zone.value, clock.value.now()) : plan;
  } finally {
    release();
  }
}

/** `logbook search`: newest first, entries exactly as received. */
export function search(query: string, options: SearchOptions, terminal: Terminal): Promise<Result<Answer>> {
  return ask(query, options, terminal, (reader, plan) => {
    const limit = wholeNumber(options.limit ?? '100', '--limit', 1, 100_000);
    if (!limit.ok) return limit;
    const after =
      options.after === undefined ? ok(null) : wholeNumber(options.after, '--after', 0, Number.MAX_SAFE_INTEGER);
    if (!after.ok) return after;
    const total = reader.count(plan);
    const { rows, next } = reader.page(plan, { after: after.value, limit: limit.value, direction: 'older' });
    const raws = rows.map((row) => Buffer.from(reader.entry(row.key)?.raw ?? []).toString('utf8'));
    const cursor = next === null ? null : String(next);
    return ok({
      json: null,
      jsonText: `{"total":${total},"entries":[${raws.join(',')}],"next":${JSON.stringify(cursor)}}`,
      text: [
        columns(rows.map(lineOf)),
        `${grouped(total)} ${total === 1 ? 'entry matches' : 'entries match'}${cursor ? `; ${grouped(rows.length)} shown, go on with --after ${cursor}` : ''}`,
      ]
        .filter((part) => part !== '')
        .join('\n'),
    });
  });
}

/** `logbook count`. */
export function count(query: string, options: QuestionOptions, terminal: Terminal): Promise<Result<Answer>> {
  return ask(query, options, terminal, (reader, plan) => {
    const total = reader.count(plan);
    return ok({ json: { total }, text: grouped(total) });
  });
}

/** `logbook facets --by FIELD`: the distinct values of a field among the matching entries, most frequent first. */
export function facets(query: string, options: FacetOptions, terminal: Terminal): Promise<Result<Answer>> {
  return ask(query, options, terminal, (reader, plan) => {
    if (!(FACETS as readonly string[]).includes(options.by))
      return fail('bad_input', `--by “${options.by}” is not a field.`, `Fields: ${FACETS.join(', ')}.`);
    const limit = wholeNumber(options.limit ?? String(Number.MAX_SAFE_INTEGER), '--limit', 1, Number.MAX_SAFE_INTEGER);
    if (!limit.ok) return limit;
    const { values, others } = reader.facet(plan, options.by as FacetField, limit.value);
    return ok({
      json: {
        field: options.by,
        values: values.map(({ value, label, count: n }) => ({ value, count: n, label })),
        others,
      },
      text: columns(
        values.map((v) => [
          grouped(v.count).padStart(9),
          printable(v.value ?? '(none)'),
          v.label === v.value ? '' : printable(v.label),
        ]),
      ),
    });
  });
}

/** `logbook histogram --by hour|day|week`; buckets follow the calendar of the zone. */
export function histogram(query: string, options: HistogramOptions, terminal: Terminal): Promise<Result<Answer>> {
  return ask(query, options, terminal, (reader, plan, zone) => {
    if (!(BUCKETS as readonly string[]).includes(options.by))
      return fail('bad_input', `--by “${options.by}” is not a bucket.`, `Buckets: ${BUCKETS.join(', ')}.`);
    const buckets = reader.histogram(plan, options.by as BucketSize, zone);
    return ok({
      json: {
        zone,
        buckets: buckets.map((b) => ({
          start: new Date(b.start).toISOString(),
          count: b.count,
          by_category: b.byCategory,
        })),
      },
      text: columns(buckets.map((b) => [new Date(b.start).toISOString(), grouped(b.count).padStart(9)])),
    });
  });
}

function lineOf(row: EntryRow): string[] {
  const who = row.actor?.name ?? row.actor?.email ?? row.actor?.id ?? '–';
  return [
    new Date(row.ts).toISOString(),
    who,
    row.action,
    describeAction(row.action).category,
    row.target?.name ?? row.target?.id ?? '',
    row.address ?? '',
  ].map(printable);
}

function wholeNumber(text: string, flag: string, least: number, most: number): Result<number> {
  const n = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  return n >= least && n <= most
    ? ok(n)
    : fail('bad_input', `${flag} “${text}” is not a number from ${least} to ${most}.`, `Write ${flag} as digits.`);
}
