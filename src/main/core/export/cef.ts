import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { describeAction } from '../../../shared/action.ts';
import type { EntryRow } from '../../../shared/entry.ts';
import { ok, type Result } from '../../../shared/errors.ts';
import { metadataText } from './columns.ts';
import type { EncoderFactory } from './encoder.ts';
import { loadMapping } from './mapping-file.ts';
import { failureSchema, outcomeOf } from './outcome.ts';

const FIELDS = [
  'time',
  'id',
  'action',
  'category',
  'outcome',
  'actor.id',
  'actor.login',
  'user.id',
  'user.name',
  'address.v4',
  'address.v6',
  'address.other',
  'agent',
  'team.id',
  'team.name',
  'target.type',
  'target.id',
  'target.name',
  'metadata',
] as const;
type Field = (typeof FIELDS)[number];

const severity = z.int().min(0).max(10);
const mappingSchema = z.strictObject({
  format: z.literal('logbook-cef-mapping'),
  version: z.literal(1),
  header: z.strictObject({ vendor: z.string(), product: z.string(), version: z.string() }),
  severity: z.strictObject({
    default: severity,
    categories: z.record(z.string(), severity),
    meanings: z.record(z.string(), severity),
  }),
  failure: failureSchema,
  /** Target types that are people. */
  user_types: z.array(z.string()),
  /** In the order they are written; a field that an entry does not have is left out, its label too. */
  extension: z.array(
    z.strictObject({ key: z.string().regex(/^[A-Za-z0-9]+$/), label: z.string().optional(), from: z.enum(FIELDS) }),
  ),
});

export type CefMapping = z.output<typeof mappingSchema>;

/** The header and field map of CEF. Errors: `not_found`, `bad_input`. */
export function loadCefMapping(resourcesDir: string): Result<CefMapping> {
  return loadMapping(resourcesDir, 'cef.json', mappingSchema);
}

/** ArcSight Common Event Format, version 0, one event a line, without a syslog prefix. */
export function cef(resourcesDir: string): Result<EncoderFactory> {
  const mapping = loadCefMapping(resourcesDir);
  if (!mapping.ok) return mapping;
  return ok((write) => ({
    add: (row, raw) => write(Buffer.from(`${cefEvent(mapping.value, row, raw)}\n`)),
    end: () => undefined,
  }));
}

export function cefEvent(mapping: CefMapping, row: EntryRow, raw: Uint8Array): string {
  const info = describeAction(row.action);
  const { severity: rate, header } = mapping;
  const severityOf =
    (info.meaning === null ? undefined : rate.meanings[info.meaning]) ?? rate.categories[info.category] ?? rate.default;
  const head = ['CEF:0', header.vendor, header.product, header.version, row.action, info.phrase, String(severityOf)];
  const values = fieldsOf(mapping, row, raw, info.category, outcomeOf(row.action, info, mapping.failure));
  const extension = mapping.extension.flatMap(({ key, label, from }) => {
    const value = values[from];
    if (value === null || value === '') return [];
    return [...(label === undefined ? [] : [`${key}Label=${escapeValue(label)}`]), `${key}=${escapeValue(value)}`];
  });
  return `${head.map((part, i) => (i === 0 ? part : escapeHeader(part))).join('|')}|${extension.join(' ')}`;
}

function fieldsOf(
  mapping: CefMapping,
  row: EntryRow,
  raw: Uint8Array,
  category: string,
  outcome: string,
): Readonly<Record<Field, string | null>> {
  const kind = row.address === null ? null : ipaddr.isValid(row.address) ? ipaddr.parse(row.address).kind() : 'other';
  const isUser = mapping.user_types.includes((row.target?.type ?? '').toLowerCase());
  return {
    time: String(row.ts),
    id: row.id,
    action: row.action,
    category,
    outcome: outcome === 'unknown' ? null : outcome,
    'actor.id': row.actor?.id ?? null,
    'actor.login': row.actor?.email ?? row.actor?.name ?? null,
    'user.id': isUser ? (row.target?.id ?? null) : null,
    'user.name': isUser ? (row.target?.name ?? null) : null,
    'address.v4': kind === 'ipv4' ? row.address : null,
    'address.v6': kind === 'ipv6' ? row.address : null,
    'address.other': kind === 'other' ? row.address : null,
    agent: row.agent,
    'team.id': row.team?.id ?? null,
    'team.name': row.team?.name ?? null,
    'target.type': row.target?.type ?? null,
    'target.id': row.target?.id ?? null,
    'target.name': row.target?.name ?? null,
    metadata: metadataText(raw),
  };
}

// The header knows no line break at all; U+2028 and its like would be one to some readers.
function escapeHeader(text: string): string {
  return text.replace(/[\\|]/g, '\\$&').replace(/[\r\n\u0085\u2028\u2029]+/g, ' ');
}

function escapeValue(text: string): string {
  return text
    .replace(/[\\=]/g, '\\$&')
    .replaceAll('\r', '\\r')
    .replace(/[\n\u0085\u2028\u2029]/g, '\\n');
}
