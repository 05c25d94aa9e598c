import type { EntryRow } from '../../../shared/entry.ts';
import { firstValue, memberSpan } from '../jetty/slice.ts';

/** The columns of tables (CSV, Parquet); names and order are stable. */
export const COLUMNS = [
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
export type Column = (typeof COLUMNS)[number];

export type Cells = Readonly<Record<Exclude<Column, 'timestamp'>, string | null>>;

/** An entry's cells as text; the instant is `row.ts`. Metadata is the JSON as received, on one line. */
export function cellsOf(row: EntryRow, raw: Uint8Array): Cells {
  return {
    id: row.id,
    actor_id: row.actor?.id ?? null,
    actor_name: row.actor?.name ?? null,
    actor_email: row.actor?.email ?? null,
    action: row.action,
    target_type: row.target?.type ?? null,
    target_id: row.target?.id ?? null,
    target_name: row.target?.name ?? null,
    ip_address: row.address,
    user_agent: row.agent,
    team_id: row.team?.id ?? null,
    team_name: row.team?.name ?? null,
    metadata: metadataText(raw),
  };
}

/** The metadata as it stands in the raw entry: cut out, not parsed and printed, so that long numbers keep every digit. */
export function metadataText(raw: Uint8Array): string | null {
  const span = memberSpan(raw, firstValue(raw), 'metadata');
  if (span === null) return null;
  const text = Buffer.from(onOneLine(raw.subarray(span.start, span.end))).toString('utf8');
  return text === 'null' ? null : text;
}

/**
 * The same JSON on one line. Line breaks stand between its tokens only (inside a string they are escaped), and there a space
 * means the same.
 */
export function onOneLine(json: Uint8Array): Uint8Array {
  return json.includes(10) || json.includes(13) ? json.map((byte) => (byte === 10 || byte === 13 ? 32 : byte)) : json;
}
