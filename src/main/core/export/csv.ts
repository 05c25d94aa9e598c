import { stringify } from 'csv-stringify/sync';
import type { EntryRow } from '../../../shared/entry.ts';
import { parseEntry } from '../jetty/parse-entry.ts';
import { neutralise } from './neutralise.ts';

const COLUMNS = [
  'id',
  'timestamp',
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
] as const;

/** The header line; names and order are stable. */
export function csvHeader(): string {
  return stringify([COLUMNS as unknown as string[]], { record_delimiter: 'windows' });
}

/** One entry as an RFC 4180 record: times as ISO UTC, metadata as JSON, formulas neutralised. */
export function csvRecord(row: EntryRow, raw: Uint8Array): string {
  const metadata = parseEntry(raw).entry?.metadata ?? null;
  const cells = [
    row.id,
    new Date(row.ts).toISOString(),
    row.actor?.id,
    row.actor?.name,
    row.actor?.email,
    row.action,
    row.target?.type,
    row.target?.id,
    row.target?.name,
    row.address,
    row.agent,
    row.team?.id,
    row.team?.name,
    metadata === null ? '' : JSON.stringify(metadata),
  ];
  return stringify([cells.map((cell) => neutralise(cell ?? ''))], { record_delimiter: 'windows' });
}
