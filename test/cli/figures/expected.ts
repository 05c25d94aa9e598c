import { completenessStatement, openSpans } from '../../../src/main/core/report/completeness.ts';
import { dayRange, listed, shortDay } from '../../../src/main/core/report/format.ts';
import type { Framework } from '../../../src/main/core/report/framework.ts';
import type { ReportCoverage } from '../../../src/main/core/report/model.ts';
import { matchesPattern, selects } from '../../../src/main/core/report/selector.ts';
import { exceptionRanges } from '../../../src/main/core/report/summary-pages.ts';
import { CATEGORY_NAME } from '../../../src/main/core/report/theme.ts';
import { CATEGORIES, type Category, describeAction } from '../../../src/shared/action.ts';
import { DAY_STATES } from '../../../src/shared/coverage.ts';
import type { Document } from '../../support/terminal.ts';
import { countOf, type Facts, PERIOD } from './facts.ts';
import type { Title } from './sections.ts';

// Every text with a figure in it that a section has to print, made from what the commands say.

const DAY = 86_400_000;
const many = (n: number, one: string, more: string): string => `${n} ${n === 1 ? one : more}`;
const entriesText = (n: number): string => many(n, 'entry', 'entries');
const sum = (numbers: readonly number[]): number => numbers.reduce((all, n) => all + n, 0);

export type Expect = (facts: Facts, framework: Framework) => readonly string[];

export const EXPECTED: Partial<Record<Title, Expect>> = {
  Cover: (facts) => [
    `Population ${entriesText(facts.total)} over ${facts.days.length} days`,
    `Coverage ${facts.coverage.length} UTC days: ${statesText(facts)}`,
    `Result ${exceptionsText(facts)}`,
    `entries per day, ${facts.coverage.length - facts.states.complete} of ${facts.coverage.length} days not complete`,
  ],
  'Management summary': (facts, framework) => [
    `in support of ${framework.criteria.length} criteria, drawn from all ${entriesText(facts.total)} of`,
    `The rules found ${many(facts.exceptions.length, 'exception', 'exceptions')}, bearing on ${listed(bearing(facts, framework))}.`,
    `${privileged(facts, framework).total} privileged changes are listed.`,
    `${facts.total} entries in ${facts.days.length} days, the whole population`,
    `${facts.exceptions.length} exceptions, ${facts.exceptions.filter(({ severity }) => severity !== 'medium').length} of them critical or high`,
    `${facts.states.complete} of ${facts.coverage.length} days complete; ${statesText(facts).replace(/^\d+ complete, /, '')}`,
    `${privileged(facts, framework).total} privileged changes, each listed`,
    ...framework.criteria.map((criterion) => {
      const own = numbersOf(facts, criterion).length;
      const result =
        own > 0
          ? own === 1
            ? 'exception'
            : 'exceptions'
          : rulesOf(facts, criterion).length > 0
            ? 'no exception'
            : 'listed, no rule';
      return `${criterion.id} ${criterion.looksAt} ${entriesOf(facts, criterion)} ${own} ${result}`;
    }),
    completenessStatement(coverageOf(facts)),
    ['critical', 'high', 'medium'].map((one) => `${one} ${severityCount(facts, one)}`).join(''),
    ...facts.after.map(({ title, why }) => `${title}. ${why}`),
  ],
  'Scope, period and population': (facts) => [
    `${facts.days.length} days, both ends included`,
    `Entries ${facts.total} First entry`,
    ...fieldFigures(facts),
    `${completenessStatement(coverageOf(facts))} The ledger’s days sum to ${entriesText(sum(facts.coverage.map(({ stored }) => stored)))}, and the archive counts the same`,
    ...DAY_STATES.map((state) => `${many(facts.states[state], 'day', 'days')} ${state}:`),
    ...openSpans(coverageOf(facts).days).map(
      ({ from, to, days, state, served, stored }) =>
        `${days === 1 ? shortDay(from) : `${shortDay(from)} – ${shortDay(to)}`} ${state} ${served ?? 'unknown'} ${stored}`,
    ),
  ],
  Activity: (facts) => [
    `${entriesText(facts.total)} in ${facts.days.length} days.`,
    ...CATEGORIES.map(
      (one) =>
        `${CATEGORY_NAME[one]} ${entriesText(facts.byCategory[one])} ${Math.max(...facts.days.map((day) => day.byCategory[one]))} 0`,
    ),
    ...CATEGORIES.map((one) => categoryRow(facts, one)),
    `All ${facts.total} 100.0 % ${daysWith(facts.days.map(({ total }) => total))} ${busiest(facts, ({ total }) => total)}`,
    ...[...facts.byAction].map(([action, n]) => `${action} ${CATEGORY_NAME[describeAction(action).category]} ${n}`),
  ],
  'Evidence by criterion': (facts, framework) =>
    framework.criteria.map((criterion) => {
      const numbers = numbersOf(facts, criterion);
      const found =
        numbers.length === 0
          ? 'no exception'
          : `${numbers.length === 1 ? 'exception' : 'exceptions'} ${exceptionRanges(numbers)}`;
      const rules = rulesOf(facts, criterion);
      const ran = criterion.rules.includes('*')
        ? `all ${rules.length} rules`
        : rules.length === 0
          ? 'no rule'
          : `${many(rules.length, 'rule', 'rules')}: ${rules
              .slice(0, 6)
              .map(({ title }) => title)
              .join('; ')}`;
      const more =
        rules.length > 6 && !criterion.rules.includes('*') ? `; and ${rules.length - 6} more, each in section 9` : '';
      return `${entriesText(entriesOf(facts, criterion))} · ${found} · ${ran}${more}`;
    }),
  Exceptions: (facts) => [
    `${exceptionsText(facts)}. In order of weight.`,
    ...facts.exceptions.flatMap(({ title, why, rule, entry_ids: ids }, i) => [
      `E-${i + 1} ${title} ${why}`,
      `${rule} version ${versionOf(facts, rule)}`,
      ...(ids.length > 6 ? [`and ${ids.length - 6} more`] : []),
    ]),
    `${many(facts.minor.length, 'finding', 'findings')} of low severity`,
    ...[...Map.groupBy(facts.minor, ({ rule }) => rule as string)].map(
      ([rule, group]) =>
        `${rule} ${group[0]?.title} ${group.length} ${sum(group.map(({ entry_ids: ids }) => ids.length))}`,
    ),
    `${many(facts.suppressed.length, 'finding', 'findings')} that somebody asked not to be shown`,
    `${facts.suppressed[0]?.severity} ${facts.suppressed.length}`,
  ],
  'Triage log and incidents': (facts) => {
    const evaluated = facts.exceptions.filter(({ status }) => status !== 'open').length;
    const lines = facts.findings.flatMap(({ history, last }) => history.map((line: Document) => ({ ...line, last })));
    return [
      `Of ${facts.exceptions.length} exceptions ${evaluated} were evaluated when this report was made, and ${facts.exceptions.length - evaluated} are open. ${lines.length} lines of triage`,
      ...lines.map(
        ({ at, last, reason }) => `${reason} ${((Date.parse(at) - Date.parse(last)) / DAY).toFixed(1)} days`,
      ),
      `${many(facts.cases.length, 'case touches', 'cases touch')} the period`,
      ...facts.cases.map(({ id, title, events }) => `${id} ${title} ${many(events, 'event', 'events')}`),
    ];
  },
  'Access at the ends of the period': (facts) => [
    `In between ${countOf(facts, (_, { meaning }) => meaning === 'member_added')} joined a team, ${countOf(facts, (_, { meaning }) => meaning === 'member_removed')} left one, and ${countOf(facts, (_, { meaning }) => meaning === 'role_changed') + 2 * countOf(facts, (_, { meaning }) => meaning === 'ownership_transferred')} roles changed.`,
  ],
  'Monitoring: rules run': (facts, framework) => {
    const noticed = (id: string): number =>
      facts.findings.filter(({ rule, signals }) => rule === id || signals.some((one: Document) => one.rule === id))
        .length;
    const found = facts.rules.filter(({ id }) => noticed(id) > 0);
    return [
      `${facts.rules.length} rules ran over the entries of ${dayRange(PERIOD.from, PERIOD.to)}. ${found.length} noticed something, ${facts.rules.length - found.length} did not.`,
      ...facts.rules.map((rule) => {
        const { id, title, description, severity, technique, technique_name: name, version } = rule;
        const criteria = framework.criteria
          .filter((one) => !one.rules.includes('*') && rulesOf(facts, one).includes(rule))
          .map((one) => one.id)
          .join(', ');
        if (noticed(id) === 0) return [title, id, severity, criteria, technique ?? '', version].join(' ');
        const named = technique === null ? '' : `${technique} ${name} ATT&CK 17.1`;
        return [
          title,
          description,
          id,
          severity,
          criteria,
          named,
          version,
          noticed(id),
          facts.exceptions.filter((one) => one.rule === id).length,
        ].join(' ');
      }),
    ];
  },
  'Blind spots': ({ states }) =>
    (['lost', 'partial', 'pending', 'imported'] as const).map(
      (state, i) =>
        `${i + 1} ${many(states[state], 'day', 'days')} of the period ${states[state] === 1 ? 'is' : 'are'} ${state}`,
    ),
  Method: ({ archive }) => [`Entries in it ${entriesText(archive)}; 0 unreadable, 0 changed upstream`],
  'Entries behind the exceptions': ({ exceptions }) => [
    `${entriesText(sum(exceptions.map(({ entry_ids: ids }) => ids.length)))}, by exception`,
  ],
  'Activity by day': ({ days }) =>
    days.map(({ day, byCategory, total }) =>
      [shortDay(day), ...CATEGORIES.map((one) => byCategory[one]), total].join(' '),
    ),
  'Coverage by day': (facts) => [
    `The coverage ledger by UTC day: ${statesText(facts)}.`,
    ...facts.coverage.map(
      ({ day, state, served, stored }) => `${shortDay(day)} ${state} ${served ?? 'unknown'} ${stored}`,
    ),
  ],
};

/** The changes of section 7 by kind, counted by action: an action belongs to the first group that claims it. */
export function privileged(facts: Facts, { privileged: { groups, rest, routine } }: Framework) {
  const kindOf = (action: string): string | null => {
    const info = describeAction(action);
    const named = groups.find((group) => selects(group, action, info));
    if (named !== undefined) return named.title;
    if (selects(routine, action, info)) return 'routine';
    return rest.categories.includes(info.category) ? rest.title : null;
  };
  const count = (kind: string): number => countOf(facts, (action) => kindOf(action) === kind);
  const kinds = [...groups, rest].map(({ title }) => ({ title, count: count(title) }));
  return { kinds, total: sum(kinds.map((kind) => kind.count)), routine: count('routine') };
}

type Criterion = Framework['criteria'][number];

function entriesOf(facts: Facts, criterion: Criterion): number {
  return countOf(facts, (action, info) => selects(criterion, action, info));
}

function rulesOf({ rules }: Facts, criterion: Criterion): Document[] {
  return rules.filter(({ id, controls }) => bearsOn(criterion, id, controls));
}

function bearsOn({ id, rules }: Criterion, rule: string, controls: readonly string[]): boolean {
  return controls.includes(`SOC 2 ${id}`) || rules.some((pattern) => matchesPattern(pattern, rule));
}

function numbersOf({ exceptions }: Facts, criterion: Criterion): number[] {
  return exceptions.flatMap(({ rule, controls }, i) => (bearsOn(criterion, rule, controls) ? [i + 1] : []));
}

function bearing(facts: Facts, { criteria }: Framework): string[] {
  return criteria.filter((one) => !one.rules.includes('*') && numbersOf(facts, one).length > 0).map(({ id }) => id);
}

function severityCount({ exceptions }: Facts, wanted: string): number {
  return exceptions.filter(({ severity }) => severity === wanted).length;
}

function exceptionsText(facts: Facts): string {
  const words = ['critical', 'high', 'medium'].flatMap((one) =>
    severityCount(facts, one) > 0 ? [`${severityCount(facts, one)} ${one}`] : [],
  );
  return `${many(facts.exceptions.length, 'exception', 'exceptions')}: ${words.join(', ')}`;
}

function statesText({ states }: Facts): string {
  return (['complete', 'partial', 'lost', 'imported', 'pending'] as const)
    .map((one) => `${states[one]} ${one}`)
    .join(', ');
}

function coverageOf({ coverage, states }: Facts): ReportCoverage {
  const days = coverage.map(({ day, state, served, stored, checked_at, note }) => ({
    day,
    state,
    served,
    stored,
    checkedAt: checked_at,
    note,
  }));
  return { days, states, ledgerTotal: 0, countedTotal: 0, checkedFrom: null, checkedTo: null };
}

function versionOf({ rules }: Facts, rule: string): number {
  return rules.find(({ id }) => id === rule)?.version;
}

function fieldFigures({ entries }: Facts): string[] {
  const says: Record<string, (entry: Document) => unknown> = {
    'who acted': ({ actor }) => actor,
    'on what': ({ target }) => target,
    'from which address': ({ context }) => context?.ip_address,
    'with which program': ({ context }) => context?.user_agent,
    'in which team': ({ context }) => context?.team_id ?? context?.team_name,
  };
  return Object.entries(says).map(
    ([words, of]) => `${words} (${entries.filter((entry) => (of(entry) ?? '') !== '').length})`,
  );
}

function categoryRow(facts: Facts, one: Category): string {
  const counts = facts.days.map((day) => day.byCategory[one]);
  const share = ((100 * facts.byCategory[one]) / facts.total).toFixed(1);
  return `${CATEGORY_NAME[one]} ${facts.byCategory[one]} ${share} % ${daysWith(counts)} ${busiest(facts, (day) => day.byCategory[one])}`;
}

function daysWith(counts: readonly number[]): number {
  return counts.filter((n) => n > 0).length;
}

function busiest({ days }: Facts, of: (day: Facts['days'][number]) => number): string {
  const most = Math.max(...days.map(of));
  return `${shortDay(days.find((day) => of(day) === most)?.day ?? '')} ${most}`;
}
