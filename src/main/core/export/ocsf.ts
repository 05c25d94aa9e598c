import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { type ActionInfo, describeAction } from '../../../shared/action.ts';
import type { Entry, EntryRow, Json } from '../../../shared/entry.ts';
import { ok, type Result } from '../../../shared/errors.ts';
import { parseEntry } from '../jetty/parse-entry.ts';
import type { EncoderFactory } from './encoder.ts';
import { loadMapping } from './mapping-file.ts';
import { failureSchema, outcomeOf, wordsOf } from './outcome.ts';

const person = z.enum(['actor', 'target']);
const mappingSchema = z.strictObject({
  format: z.literal('logbook-ocsf-mapping'),
  version: z.string(),
  product: z.strictObject({ name: z.string(), vendor_name: z.string() }),
  log_name: z.string(),
  service: z.string(),
  /** Target types that are people, and groups of them. */
  user_types: z.array(z.string()),
  group_types: z.array(z.string()),
  /** Metadata that names what somebody was given, the first that is there. */
  privileges_from: z.array(z.string()),
  failure: failureSchema,
  severities: z.record(z.string(), z.string()),
  /** `needs`: what an event of the class must have to be valid. `user`: where to look for the person it is about. */
  classes: z.record(
    z.string(),
    z.strictObject({
      uid: z.int(),
      caption: z.string(),
      category_uid: z.int(),
      category: z.string(),
      needs: z.array(z.enum(['user', 'service', 'entity', 'group', 'privileges'])),
      user: z.array(person).default([]),
      activities: z.record(z.string(), z.string()),
    }),
  ),
  /** In order; the first that fits and whose class gets what it needs. */
  rules: z.array(
    z.strictObject({
      when: z.strictObject({
        action: z.string().optional(),
        meaning: z.string().optional(),
        category: z.string().optional(),
        words: z.array(z.string()).optional(),
      }),
      class: z.string(),
      activity: z.int(),
      severity: z.int().default(1),
      user: z.array(person).optional(),
    }),
  ),
});

export type OcsfMapping = z.output<typeof mappingSchema>;
type Rule = OcsfMapping['rules'][number];
type Class = OcsfMapping['classes'][string];
type Parts = { readonly [name: string]: unknown };

/** The class and activity map of OCSF 1.8.0. Errors: `not_found`, `bad_input`. */
export function loadOcsfMapping(resourcesDir: string): Result<OcsfMapping> {
  return loadMapping(resourcesDir, 'ocsf-1.8.0.json', mappingSchema);
}

/** Open Cybersecurity Schema Framework events, one a line (schema.ocsf.io). */
export function ocsf(resourcesDir: string): Result<EncoderFactory> {
  const mapping = loadOcsfMapping(resourcesDir);
  if (!mapping.ok) return mapping;
  return ok((write) => ({
    add: (row, raw) => write(Buffer.from(`${JSON.stringify(ocsfEvent(mapping.value, row, raw))}\n`)),
    end: () => undefined,
  }));
}

/** One entry as an OCSF event. What the schema has no place for stands under `unmapped`, as received. */
export function ocsfEvent(mapping: OcsfMapping, row: EntryRow, raw: Uint8Array): Parts {
  const { entry } = parseEntry(raw);
  const info = describeAction(row.action);
  const { rule, kind, parts } = choose(mapping, row, info, entry?.metadata ?? null);
  const outcome = outcomeOf(row.action, info, mapping.failure);
  const activity = kind.activities[String(rule.activity)] ?? 'Other';
  const who = row.actor?.name ?? row.actor?.email ?? row.actor?.id;
  return {
    category_uid: kind.category_uid,
    category_name: kind.category,
    class_uid: kind.uid,
    class_name: kind.caption,
    activity_id: rule.activity,
    activity_name: activity,
    type_uid: kind.uid * 100 + rule.activity,
    type_name: `${kind.caption}: ${activity}`,
    time: row.ts,
    severity_id: rule.severity,
    severity: mapping.severities[String(rule.severity)] ?? 'Unknown',
    status_id: { unknown: 0, success: 1, failure: 2 }[outcome],
    status: { unknown: 'Unknown', success: 'Success', failure: 'Failure' }[outcome],
    message: who === undefined ? info.phrase : `${info.phrase}: ${who}`,
    metadata: {
      version: mapping.version,
      product: mapping.product,
      log_name: mapping.log_name,
      uid: row.id,
      event_code: row.action,
      ...(entry ? { original_time: entry.timestamp } : {}),
    },
    ...(kind.uid === 0 ? {} : contextOf(row)),
    ...parts,
    unmapped: {
      action: row.action,
      ...(kind.uid === 0 || !hasWrittenEmail(row) ? { actor: row.actor } : {}),
      ...(kind.uid === 0 ? { ip_address: row.address, user_agent: row.agent } : {}),
      target: row.target,
      team: row.team,
      metadata: entry?.metadata ?? null,
    },
  };
}

function choose(
  mapping: OcsfMapping,
  row: EntryRow,
  info: ActionInfo,
  metadata: Json,
): { rule: Rule; kind: Class; parts: Parts } {
  const words = new Set(wordsOf(row.action));
  for (const rule of mapping.rules) {
    const { action, meaning, category, words: wanted } = rule.when;
    if (action !== undefined && action !== row.action) continue;
    if (meaning !== undefined && meaning !== info.meaning) continue;
    if (category !== undefined && category !== info.category) continue;
    if (wanted && !wanted.some((word) => words.has(word))) continue;
    const kind = mapping.classes[rule.class];
    const parts = kind && partsFor(mapping, kind, rule, row, metadata);
    if (kind && parts) return { rule, kind, parts };
  }
  const kind: Class = {
    uid: 0,
    caption: 'Base Event',
    category_uid: 0,
    category: 'Uncategorized',
    needs: [],
    user: [],
    activities: {},
  };
  return { rule: { when: {}, class: 'base_event', activity: 99, severity: 1 }, kind, parts: {} };
}

function partsFor(mapping: OcsfMapping, kind: Class, rule: Rule, row: EntryRow, metadata: Json): Parts | null {
  const targetUser = ofType(row, mapping.user_types) ? userOf({ ...row.target, email: null }) : null;
  const parts: Record<string, unknown> = {};
  for (const need of kind.needs) {
    const part = {
      user: () =>
        (rule.user ?? kind.user).map((from) => (from === 'actor' ? userOf(row.actor) : targetUser)).find(Boolean),
      service: () => ({ name: mapping.service }),
      entity: () => entityOf(row.target),
      group: () => named(ofType(row, mapping.group_types) ? row.target : row.team),
      privileges: () => privilegesOf(mapping, metadata),
    }[need]();
    if (!part) return null;
    parts[need] = part;
  }
  if (kind.needs.includes('group') && targetUser) parts.user = targetUser;
  return parts;
}

function ofType(row: EntryRow, types: readonly string[]): boolean {
  return row.target?.type !== null && row.target?.type !== undefined && types.includes(row.target.type.toLowerCase());
}

/** Actor, address and agent, where classes of identity and access management have them. */
function contextOf(row: EntryRow): Parts {
  const user = userOf(row.actor);
  return {
    ...(user ? { actor: { user } } : {}),
    // The schema's type for addresses is strict; what is none still names where it came from.
    ...(row.address === null
      ? {}
      : { src_endpoint: ipaddr.isValid(row.address) ? { ip: row.address } : { name: row.address } }),
    ...(row.agent === null ? {} : { http_request: { user_agent: row.agent } }),
  };
}

function userOf(from: { id?: string | null; name?: string | null; email?: string | null } | null): Parts | null {
  const name = from?.name ?? from?.email;
  if (!from || (!name && !from.id)) return null;
  return {
    ...(name ? { name } : {}),
    ...(from.id ? { uid: from.id } : {}),
    ...(from.email && EMAIL.test(from.email) ? { email_addr: from.email } : {}),
  };
}

// The schema's type for e-mail addresses is strict as well; another text stays under `unmapped`.
const EMAIL = /^[^\s@]+@[^\s@]+$/;

function hasWrittenEmail(row: EntryRow): boolean {
  return !row.actor?.email || EMAIL.test(row.actor.email);
}

function named(from: { id: string | null; name: string | null } | null): Parts | null {
  if (!from || (from.id === null && from.name === null)) return null;
  return { ...(from.name === null ? {} : { name: from.name }), ...(from.id === null ? {} : { uid: from.id }) };
}

function entityOf(target: EntryRow['target']): Parts | null {
  const entity = named(target);
  return entity && (target?.type ? { ...entity, type: target.type, type_id: 99 } : entity);
}

function privilegesOf(mapping: OcsfMapping, metadata: Entry['metadata']): readonly string[] | null {
  if (typeof metadata !== 'object' || metadata === null || Array.isArray(metadata)) return null;
  const fields = metadata as { readonly [key: string]: Json };
  for (const key of mapping.privileges_from) {
    const value = Object.hasOwn(fields, key) ? fields[key] : undefined;
    const list = (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === 'string');
    if (list.length > 0) return list;
  }
  return null;
}
