import type { Category } from '../../../shared/action.ts';
import { describeAction } from '../../../shared/action.ts';
import type { JettyPlan } from '../../../shared/coverage.ts';
import type { EntryRow } from '../../../shared/entry.ts';
import { FailureError, failure } from '../../../shared/errors.ts';
import { EVERYTHING } from '../../../shared/filter/filter.ts';
import type { Finding, RuleInfo } from '../../../shared/finding.ts';
import { SEVERITIES } from '../../../shared/finding.ts';
import type { Office } from '../../../shared/office.ts';
import { officeText } from '../../../shared/office-words.ts';
import type { Suppression } from '../../../shared/triage.ts';
import type { ArchiveReader } from '../archive/reader.ts';
import type { Cancel, OnProgress } from '../ports.ts';
import { accessOver } from '../review/access/access.ts';
import { coverageOf } from './build-coverage.ts';
import { type EntryLookup, entryLookup } from './entry-lookup.ts';
import { type Framework, type FrameworkCriterion, namesCriterion } from './framework.ts';
import { integrityLimits, NOT_VERIFIED, type ReportIntegrity } from './integrity.ts';
import { limitsOf } from './limits.ts';
import {
  type Activity,
  type CriterionEvidence,
  ENTRY_FIELDS,
  type FieldCounts,
  type PrivilegedChanges,
  type ReportException,
  type ReportModel,
} from './model.ts';
import { dayCounter, periodOf } from './period.ts';
import { casesOf } from './period-cases.ts';
import { digestPopulation } from './population.ts';
import type { ReviewPart } from './review-part.ts';
import { matchesPattern, selects } from './selector.ts';
import { inPeriod, isException, type ReportFinding, setAside } from './set-aside.ts';
import { triageOf } from './triage-log.ts';

/** What a report is made from, beside the archive. Instants are milliseconds UTC. */
export type ReportInput = {
  readonly findings: readonly ReportFinding[];
  readonly suppressions?: readonly Suppression[];
  readonly rules: readonly RuleInfo[];
  /** Whose hours the rules took for office hours. */
  readonly offices?: readonly Office[];
  readonly framework: Framework;
  /** Calendar dates in `zone`, both included. */
  readonly fromDay: string;
  readonly toDay: string;
  readonly zone: string;
  readonly now: number;
  /** Whose log it is; the archive's name where it is not given. */
  readonly organisation?: string | null;
  /** The server the log was fetched from. */
  readonly host?: string | null;
  readonly plan?: JettyPlan | null;
  readonly lastSync?: number | null;
  /** Head of the seal chain, hexadecimal. */
  readonly head?: string | null;
  /** Left out, nothing is known of a verification. */
  readonly integrity?: ReportIntegrity | undefined;
  readonly review?: ReviewPart | null;
  /** Is given every entry of the population, in the order of its hash. */
  readonly onEntry?: ((row: EntryRow) => void) | undefined;
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: Cancel | undefined;
};

type Sorted = {
  readonly phrase: string;
  readonly category: Category;
  readonly criteria: readonly number[];
  /** Index of the group of privileged changes, -1 for routine, null for neither. */
  readonly group: number | null;
  count: number;
};

const ROUTINE = -1;
const STEP = 2_000;

/**
 * Reads the archive once, oldest first, and answers everything the report says. Holds counts, the printed entries and
 * two minutes of ids, never the population. Throws `FailureError`: `cancelled`, or `integrity` where the archive's
 * count and its entries disagree.
 */
export function buildReportModel(reader: ArchiveReader, input: ReportInput): ReportModel {
  const { framework } = input;
  const period = periodOf(input);
  const info = reader.info();
  const plan = { filter: EVERYTHING, fromMs: period.fromMs, toMs: period.toMs };
  const expected = reader.count(plan);
  const lookup = entryLookup(reader, period);

  const sorter = actionSorter(framework);
  const digest = digestPopulation<EntryRow>(input.onEntry);
  const days = dayCounter(period);
  const fields = Object.fromEntries(ENTRY_FIELDS.map((field) => [field, 0])) as Record<keyof FieldCounts, number>;
  const keys: number[][] = framework.privileged.groups.map(() => []);
  keys.push([]);
  let routine = 0;
  let done = 0;
  for (const row of reader.rows(plan)) {
    const action = sorter.of(row.action);
    action.count += 1;
    digest.add(row);
    days.add(row.ts, action.category);
    for (const field of ENTRY_FIELDS) if (row[field] !== null && row[field] !== '') fields[field] += 1;
    if (action.group === ROUTINE) routine += 1;
    else if (action.group !== null) keys[action.group]?.push(row.key);
    done += 1;
    if (done % STEP === 0) {
      stopIfCancelled(input.signal);
      input.onProgress?.({ done, total: expected, note: 'Reading entries' });
    }
  }
  const { count, first, last, sha256 } = digest.finish();
  if (count !== expected) {
    throw new FailureError(
      failure(
        'integrity',
        `The archive counts ${expected} entries from ${period.fromDay} to ${period.toDay} but holds ${count}.`,
        'Run “logbook verify” on this archive before reporting from it.',
      ),
    );
  }
  stopIfCancelled(input.signal);

  const noticed = inPeriod(input.findings, period);
  const exceptions = exceptionsOf(input, noticed.filter(isException), lookup);
  const coverage = coverageOf(reader, period, input.now);
  stopIfCancelled(input.signal);
  const access = accessOver(reader, period.fromMs, period.toMs);
  const actions = [...sorter.seen()].map(([action, { phrase, category, count: n }]) => ({
    action,
    phrase,
    category,
    count: n,
  }));
  actions.sort((a, b) => b.count - a.count || (a.action < b.action ? -1 : 1));
  const activity: Activity = { byCategory: days.total(), byDay: days.byDay(), byAction: actions };
  const criteria = criteriaOf(input, exceptions, [...sorter.seen().values()]);
  const provenance = {
    archiveId: info.archiveId,
    archiveName: info.name,
    createdAt: info.createdAt,
    host: input.host ?? null,
    plan: input.plan ?? null,
    lastSync: input.lastSync ?? null,
    entries: info.entries,
    unreadable: info.unreadable,
    changedUpstream: info.changedUpstream,
    version: info.version,
  };
  const rules = input.rules.map((rule) => ({
    rule,
    noticed: noticed.filter((finding) => noticedBy(finding, rule.id)).length,
    exceptions: exceptions.filter((e) => e.finding.rule === rule.id).length,
  }));
  const head = input.head ?? null;
  const integrity = input.integrity ?? NOT_VERIFIED;
  return {
    framework: framework.name,
    edition: framework.edition,
    term: framework.term,
    title: framework.title,
    organisation: input.organisation ?? info.name,
    period,
    generatedAt: input.now,
    population: { query: `from:${period.fromDay} to:${period.toDay} tz:${period.zone}`, count, first, last, sha256 },
    fields,
    coverage,
    activity,
    exceptions,
    triage: triageOf(noticed, exceptions),
    setAside: setAside(noticed, input.suppressions ?? []),
    afterPeriod: input.findings
      .filter(
        (f) => f.first > period.toMs && f.first <= input.now && (f.severity === 'critical' || f.severity === 'high'),
      )
      .sort((a, b) => a.first - b.first || (a.id < b.id ? -1 : 1)),
    access,
    privileged: privilegedOf(framework, keys, routine, lookup),
    cases: casesOf(reader, period),
    review: input.review ?? null,
    criteria,
    rules,
    provenance,
    head,
    integrity,
    blindSpots: [
      ...limitsOf({ coverage, provenance, rules: input.rules, head, exceptions, period, now: input.now }),
      ...integrityLimits(integrity),
      ...framework.blindSpots,
    ],
    method: [...framework.method, ...officeHoursText(input.offices ?? [])],
  };
}

function officeHoursText(offices: readonly Office[]): readonly string[] {
  return offices.length === 0
    ? []
    : [`Office hours, for the rules that ask for them: ${offices.map(officeText).join('; ')}.`];
}

function actionSorter(framework: Framework) {
  const seen = new Map<string, Sorted>();
  const { groups, rest, routine } = framework.privileged;
  const groupOf = (action: string, info: ReturnType<typeof describeAction>): number | null => {
    const named = groups.findIndex((group) => selects(group, action, info));
    if (named >= 0) return named;
    if (selects(routine, action, info)) return ROUTINE;
    return rest.categories.includes(info.category) ? groups.length : null;
  };
  return {
    of(action: string): Sorted {
      const known = seen.get(action);
      if (known) return known;
      const info = describeAction(action);
      const criteria = framework.criteria.flatMap((criterion, i) => (selects(criterion, action, info) ? [i] : []));
      const fresh = { phrase: info.phrase, category: info.category, criteria, group: groupOf(action, info), count: 0 };
      seen.set(action, fresh);
      return fresh;
    },
    seen: (): ReadonlyMap<string, Sorted> => seen,
  };
}

function exceptionsOf(input: ReportInput, findings: readonly ReportFinding[], lookup: EntryLookup): ReportException[] {
  return findings
    .toSorted(
      (a, b) =>
        SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || a.first - b.first || (a.id < b.id ? -1 : 1),
    )
    .map((finding, i) => {
      stopIfCancelled(input.signal);
      return {
        number: i + 1,
        finding,
        criteria: criteriaNamed(input, finding),
        entries: finding.entryIds.map((id, n) => lookup(finding.entryKeys[n] ?? null, id)),
      };
    });
}

function noticedBy({ rule, signals = [] }: Finding, id: string): boolean {
  return rule === id || signals.some((signal) => signal.rule === id);
}

/** The criteria a finding bears on: those among its controls, and those its rule is listed for. */
function criteriaNamed({ framework }: ReportInput, finding: Finding): string[] {
  const { criteria } = framework;
  const listed = (c: FrameworkCriterion) => c.rules.some((pattern) => matchesPattern(pattern, finding.rule));
  return criteria.filter((c) => isNamed(framework, c, finding.controls) || listed(c)).map((c) => c.id);
}

function isNamed(framework: Framework, { id, controls }: FrameworkCriterion, named: readonly string[]): boolean {
  return named.some((control) => namesCriterion(framework, control, id) || controls.includes(control));
}

function criteriaOf(
  input: ReportInput,
  exceptions: readonly ReportException[],
  actions: readonly Sorted[],
): CriterionEvidence[] {
  return input.framework.criteria.map((criterion, i) => {
    const own = exceptions.filter((exception) => exception.criteria.includes(criterion.id));
    const rules = input.rules.filter(
      (rule) =>
        rule.enabled &&
        (isNamed(input.framework, criterion, rule.controls) ||
          criterion.rules.some((pattern) => matchesPattern(pattern, rule.id))),
    );
    return {
      id: criterion.id,
      title: criterion.title,
      looksAt: criterion.looksAt,
      shows: criterion.shows,
      cannotShow: criterion.cannotShow,
      entries: actions.reduce((sum, action) => sum + (action.criteria.includes(i) ? action.count : 0), 0),
      rules: rules.map((rule) => rule.id),
      everyRule: criterion.rules.includes('*'),
      exceptions: own.map((exception) => exception.number),
      worst: own[0]?.finding.severity ?? null,
    };
  });
}

function privilegedOf(
  framework: Framework,
  keys: readonly (readonly number[])[],
  routine: number,
  lookup: EntryLookup,
): PrivilegedChanges {
  const heads: readonly { id: string; title: string }[] = [...framework.privileged.groups, framework.privileged.rest];
  const groups = heads.map(({ id, title }, i) => ({
    id,
    title,
    entries: (keys[i] ?? []).map((key) => lookup(key, null)),
  }));
  return { total: groups.reduce((sum, group) => sum + group.entries.length, 0), groups, routine };
}

function stopIfCancelled(signal: Cancel | undefined): void {
  if (signal?.aborted) {
    throw new FailureError(failure('cancelled', 'The report was cancelled.', 'Nothing was written; start it again.'));
  }
}
