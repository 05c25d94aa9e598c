import type { Membership } from '../review/access/roster.ts';
import type { Attachment } from './attachment.ts';
import { exceptionName } from './blocks.ts';
import { type Cell, csv } from './csv-file.ts';
import type { ReportEntry, ReportModel } from './model.ts';
import { decisionText } from './set-aside-tables.ts';

const ENTRY_HEAD = [
  'entry_id',
  'timestamp',
  'in_period',
  'actor_id',
  'actor_name',
  'actor_email',
  'action',
  'target_type',
  'target_id',
  'target_name',
  'ip_address',
  'user_agent',
  'team_id',
  'team_name',
  'metadata',
  'raw_sha256',
];

/**
 * The population, exceptions, the entries behind them, privileged changes, triage, rules, memberships, and the coverage of
 * every day, as CSV.
 */
export function attachmentsOf(model: ReportModel, population: Attachment): Attachment[] {
  const changes = model.privileged.groups.flatMap((group) =>
    group.entries.map((entry) => [group.title, ...entryCells(entry)]),
  );
  const days = model.coverage.days.map((d): Cell[] => [d.day, d.state, d.served, d.stored, d.checkedAt, d.note]);
  const triaged = model.triage.map(({ at, by, verdict, reason, expires, finding }): Cell[] => [
    new Date(at).toISOString(),
    by,
    verdict,
    reason,
    expires === null ? null : new Date(expires).toISOString(),
    finding.id,
    finding.rule,
    finding.severity,
    finding.title,
    new Date(finding.first).toISOString(),
  ]);
  return [
    population,
    ...(model.review?.files ?? []),
    csv('exceptions.csv', 'Every exception', exceptionRows(model), EXCEPTION_HEAD),
    csv('exception-entries.csv', 'Every entry behind every exception', exceptionEntryRows(model), [
      'exception',
      ...ENTRY_HEAD,
    ]),
    csv('privileged-changes.csv', 'Every privileged change of the period', changes, ['group', ...ENTRY_HEAD]),
    csv('triage.csv', 'Everything said of the findings of the period', triaged, TRIAGE_HEAD),
    csv('rules.csv', 'Every rule, what it looks for and what it noticed', ruleRows(model), RULE_HEAD),
    csv('access.csv', 'Every membership at both ends of the period', accessRows(model), ACCESS_HEAD),
    csv('coverage.csv', 'Coverage of every UTC day of the period', days, [
      'day_utc',
      'state',
      'served',
      'stored',
      'checked_at',
      'note',
    ]),
  ];
}

const EXCEPTION_HEAD = [
  'exception',
  'severity',
  'rule',
  'rule_version',
  'title',
  'why',
  'criteria',
  'technique',
  'first',
  'last',
  'entries',
  'decision',
];

function* exceptionRows(model: ReportModel): Generator<Cell[]> {
  const versions = new Map(model.rules.map(({ rule }) => [rule.id, rule.version]));
  for (const exception of model.exceptions) {
    const { finding, criteria, entries } = exception;
    yield [
      exceptionName(exception),
      finding.severity,
      finding.rule,
      versions.get(finding.rule) ?? null,
      finding.title,
      finding.why,
      criteria.join(' '),
      finding.technique?.id ?? null,
      new Date(finding.first).toISOString(),
      new Date(finding.last).toISOString(),
      entries.length,
      decisionText(finding, model.period.zone),
    ];
  }
}

function* exceptionEntryRows({ exceptions }: ReportModel): Generator<Cell[]> {
  for (const exception of exceptions) {
    for (const entry of exception.entries) yield [exceptionName(exception), ...entryCells(entry)];
  }
}

const TRIAGE_HEAD = ['at', 'by', 'verdict', 'reason', 'until', 'finding', 'rule', 'severity', 'title', 'finding_began'];

const RULE_HEAD = [
  'rule',
  'version',
  'enabled',
  'severity',
  'title',
  'description',
  'controls',
  'technique',
  'technique_name',
  'attack_version',
  'findings',
  'exceptions',
];

function* ruleRows({ rules }: ReportModel): Generator<Cell[]> {
  for (const { rule, noticed, exceptions } of rules) {
    yield [
      rule.id,
      rule.version,
      rule.enabled ? 'yes' : 'no',
      rule.severity,
      rule.title,
      rule.description,
      rule.controls.join('; '),
      rule.technique?.id ?? null,
      rule.technique?.name ?? null,
      rule.technique?.attackVersion ?? null,
      noticed,
      exceptions,
    ];
  }
}

const ACCESS_HEAD = [
  'at',
  'person_id',
  'person_name',
  'person_email',
  'team_id',
  'team_name',
  'role',
  'role_told_by',
  'role_told',
  'joined',
  'joined_by_entry',
  'last_seen',
  'removed_before',
];

function accessRows({ access, period }: ReportModel): Cell[][] {
  const instant = (ms: number | undefined): string | null => (ms === undefined ? null : new Date(ms).toISOString());
  const rows = (roster: readonly Membership[], at: number): Cell[][] =>
    roster.map(({ person, team, role, roleBy, joined, seen, leftBefore }) => [
      new Date(at).toISOString(),
      person.id,
      person.name,
      person.email,
      team?.id ?? null,
      team?.name ?? null,
      role,
      roleBy?.event.id ?? null,
      roleBy === null ? null : roleBy.told ? 'by this entry' : 'by a later entry',
      instant(joined?.ts),
      joined?.id ?? null,
      instant(seen?.last),
      instant(leftBefore?.ts),
    ]);
  return [...rows(access.start, period.fromMs - 1), ...rows(access.end, period.toMs)];
}

function entryCells(entry: ReportEntry): Cell[] {
  return [
    entry.id,
    entry.sha256 === null ? null : new Date(entry.ts).toISOString(),
    entry.inPeriod ? 'yes' : 'no',
    entry.actor?.id ?? null,
    entry.actor?.name ?? null,
    entry.actor?.email ?? null,
    entry.action,
    entry.target?.type ?? null,
    entry.target?.id ?? null,
    entry.target?.name ?? null,
    entry.address,
    entry.agent,
    entry.team?.id ?? null,
    entry.team?.name ?? null,
    entry.details === '' ? null : entry.details,
    entry.sha256,
  ];
}
