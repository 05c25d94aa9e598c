import { describeAction } from '../../../../shared/action.ts';
import { FailureError, failure } from '../../../../shared/errors.ts';
import type { Filter } from '../../../../shared/filter/filter.ts';
import { printQuery } from '../../../../shared/filter/print.ts';
import type { ArchiveReader } from '../../archive/reader.ts';
import type { Cancel, OnProgress } from '../../ports.ts';
import type { Attachment } from '../attachment.ts';
import { coverageOf } from '../build-coverage.ts';
import { entryLookup } from '../entry-lookup.ts';
import { NOT_VERIFIED, type ReportIntegrity } from '../integrity.ts';
import type { DayActivity, Population, ReportCoverage, ReportEntry, ReportPeriod } from '../model.ts';
import { dayCounter, periodOf } from '../period.ts';
import { digestPopulation } from '../population.ts';
import { populationFile } from '../population-file.ts';
import { inPeriod, type ReportFinding } from '../set-aside.ts';
import type { ShortDefinition } from './definition.ts';

/** How often something is in a list. */
export type Tally = { readonly value: string; readonly count: number };

/** One list: its question, its figures, and the entries that are printed, oldest first. */
export type ShortListModel = {
  readonly id: string;
  readonly title: string;
  /** The question alone, as `logbook count` takes it; empty for everything. */
  readonly question: string;
  readonly population: Population;
  readonly byDay: readonly DayActivity[];
  readonly byAction: readonly (Tally & { readonly phrase: string })[];
  readonly byPerson: readonly Tally[];
  readonly entries: readonly ReportEntry[];
  readonly file: Attachment;
};

/** Everything a short report says. Instants are milliseconds UTC. */
export type ShortModel = {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly lead: string;
  /** Whom it is about, as they were asked for; null for nobody in particular. */
  readonly subject: string | null;
  readonly organisation: string;
  readonly archive: { readonly id: string; readonly version: number };
  readonly period: ReportPeriod;
  readonly generatedAt: number;
  readonly head: string | null;
  readonly integrity: ReportIntegrity;
  readonly coverage: ReportCoverage;
  readonly lists: readonly ShortListModel[];
  /** Entries of all lists, each counted once. */
  readonly entries: number;
  /** Findings of the period that name an entry of a list, gravest first; suppressed ones are among them and say so. */
  readonly findings: readonly ReportFinding[];
  readonly cannotShow: readonly string[];
};

export type ShortInput = {
  readonly definition: ShortDefinition;
  readonly subject: string | null;
  readonly findings: readonly ReportFinding[];
  readonly fromDay: string;
  readonly toDay: string;
  readonly zone: string;
  readonly now: number;
  readonly head: string | null;
  readonly integrity?: ReportIntegrity | undefined;
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: Cancel | undefined;
};

/** Entries a list prints; the rest is counted, and whole in its file. */
export const MOST_PRINTED = 2_000;
const STEP = 2_000;

/** Reads what the lists ask for. Throws `FailureError`: `cancelled`. */
export function buildShortModel(reader: ArchiveReader, input: ShortInput): ShortModel {
  const { definition, now, head, subject } = input;
  const period = periodOf(input);
  const info = reader.info();
  const keys = new Set<number>();
  const lists = definition.lists.map(({ id, title, filter }) =>
    listOf(reader, { id, title, filter, period, keys }, input),
  );
  const weight = ['critical', 'high', 'medium', 'low', 'info'];
  return {
    id: definition.id,
    name: definition.name,
    title: definition.title,
    lead: definition.lead,
    subject,
    organisation: info.name,
    archive: { id: info.archiveId, version: info.version },
    period,
    generatedAt: now,
    head,
    integrity: input.integrity ?? NOT_VERIFIED,
    coverage: coverageOf(reader, period, now),
    lists,
    entries: keys.size,
    findings: inPeriod(input.findings, period)
      .filter((finding) => finding.entryKeys.some((key) => keys.has(key)))
      .sort(
        (a, b) =>
          weight.indexOf(a.severity) - weight.indexOf(b.severity) || a.first - b.first || (a.id < b.id ? -1 : 1),
      ),
    cannotShow: definition.cannotShow,
  };
}

type Asked = {
  readonly id: string;
  readonly title: string;
  readonly filter: Filter;
  readonly period: ReportPeriod;
  readonly keys: Set<number>;
};

function listOf(reader: ArchiveReader, { id, title, filter, period, keys }: Asked, input: ShortInput): ShortListModel {
  const lookup = entryLookup(reader, period);
  const file = populationFile(`${id}.csv`, `Every entry under “${title}”`);
  const digest = digestPopulation(file.add);
  const days = dayCounter(period);
  const actions = new Map<string, number>();
  const people = new Map<string, number>();
  const printed: number[] = [];
  let done = 0;
  for (const row of reader.rows({ filter, fromMs: period.fromMs, toMs: period.toMs })) {
    digest.add(row);
    days.add(row.ts, describeAction(row.action).category);
    actions.set(row.action, (actions.get(row.action) ?? 0) + 1);
    const who = row.actor?.email ?? row.actor?.name ?? row.actor?.id ?? 'nobody named';
    people.set(who, (people.get(who) ?? 0) + 1);
    if (printed.length < MOST_PRINTED) printed.push(row.key);
    keys.add(row.key);
    done += 1;
    if (done % STEP === 0) {
      if (input.signal?.aborted) {
        throw new FailureError(
          failure('cancelled', 'The report was cancelled.', 'Nothing was written; start it again.'),
        );
      }
      input.onProgress?.({ done, total: null, note: 'Reading entries' });
    }
  }
  const question = printQuery({ terms: filter.terms });
  const query = [question, `from:${period.fromDay} to:${period.toDay} tz:${period.zone}`].filter(Boolean).join(' ');
  return {
    id,
    title,
    question,
    population: { query, ...digest.finish() },
    byDay: days.byDay(),
    byAction: tallies(actions).map((one) => ({ ...one, phrase: describeAction(one.value).phrase })),
    byPerson: tallies(people),
    entries: printed.map((key) => lookup(key, null)),
    file: file.finish(),
  };
}

function tallies(counts: ReadonlyMap<string, number>): Tally[] {
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}
