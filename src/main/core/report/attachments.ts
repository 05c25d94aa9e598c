import { createHash } from 'node:crypto';
import { stringify } from 'csv-stringify/sync';
import { neutralise } from '../export/neutralise.ts';
import type { ReportEntry, ReportModel } from './model.ts';

/** A file inside the PDF: what was cut in print is whole here. */
export type Attachment = {
  readonly name: string;
  readonly description: string;
  readonly rows: number;
  readonly bytes: Uint8Array;
  /** SHA-256 of the bytes, hexadecimal. */
  readonly sha256: string;
};

type Cell = string | number | null;

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
 * Exceptions with their entries, privileged changes, and the coverage of every day, as CSV (RFC 4180, UTF-8 with a byte
 * order mark, for spreadsheets). A cell that a spreadsheet would run as a formula starts with an apostrophe.
 */
export function attachmentsOf(model: ReportModel): Attachment[] {
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
  return [
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

function csv(name: string, description: string, rows: readonly (readonly Cell[])[], columns: string[]): Attachment {
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
  return { name, description, rows: rows.length, bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}
