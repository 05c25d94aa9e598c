import { createHash } from 'node:crypto';
import { stringify } from 'csv-stringify/sync';
import { neutralise } from '../export/neutralise.ts';
import type { Membership } from '../review/access/roster.ts';
import type { ReportEntry, ReportModel } from './model.ts';

/** A file inside the PDF: what was cut in print is whole here. */
export type Attachment = {
  readonly name: string;
  /** Media type. */
  readonly type: string;
  readonly description: string;
  /** Rows of a table; null of what is none. */
  readonly rows: number | null;
  readonly bytes: Uint8Array;
  /** SHA-256 of the bytes, hexadecimal. */
  readonly sha256: string;
};

export type Cell = string | number | null;

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
 * The population, exceptions with their entries, privileged changes, triage, memberships, and the coverage of every day, as
 * CSV (RFC 4180, UTF-8 with a byte order mark, for spreadsheets). A cell that a spreadsheet would run as a formula starts
 * with an apostrophe.
 */
export function attachmentsOf(model: ReportModel, population: Attachment): Attachment[] {
  const exceptions = model.exceptions.flatMap((exception) => {
    const { finding } = exception;
    const head: Cell[] = [
      `E-${exception.number}`,
      finding.severity,
      finding.rule,
      finding.title,
      finding.why,
      exception.criteria.join(' '),
      finding.technique?.id ?? null,
    ];
    const entries = exception.entries.length > 0 ? exception.entries : [null];
    return entries.map((entry) => [...head, ...(entry ? entryCells(entry) : ENTRY_HEAD.map(() => null))]);
  });
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
    csv('exceptions.csv', 'Every exception with every entry behind it', exceptions, [
      'exception',
      'severity',
      'rule',
      'title',
      'why',
      'criteria',
      'technique',
      ...ENTRY_HEAD,
    ]),
    csv('privileged-changes.csv', 'Every privileged change of the period', changes, ['group', ...ENTRY_HEAD]),
    csv('triage.csv', 'Everything said of the findings of the period', triaged, TRIAGE_HEAD),
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

const TRIAGE_HEAD = ['at', 'by', 'verdict', 'reason', 'until', 'finding', 'rule', 'severity', 'title', 'finding_began'];

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

/** SHA-256, hexadecimal. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export function csv(
  name: string,
  description: string,
  rows: readonly (readonly Cell[])[],
  columns: string[],
): Attachment {
  const text = stringify(
    rows.map((row) => row.map((cell) => (typeof cell === 'string' ? neutralise(cell) : cell))),
    {
      header: true,
      columns,
      bom: true,
      record_delimiter: 'windows',
    },
  );
  const bytes = Buffer.from(text, 'utf8');
  return { name, type: 'text/csv', description, rows: rows.length, bytes, sha256: sha256Of(bytes) };
}
