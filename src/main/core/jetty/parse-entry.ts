import { createHash } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import type { Actor, Entry, Json, Target, Team } from '../../../shared/entry.ts';
import type { RawItem } from '../archive/writer.ts';

// The archive's key holds 42 bits of milliseconds: 1970 to 15 May 2109.
const LAST_MS = 2 ** 42 - 1;

type JsonObject = { readonly [key: string]: Json };

// What nearly every timestamp looks like, and what the platform reads a hundred times as fast as a calendar does.
const PLAIN = /^\d{4}-\d{2}-\d{2}T(?:[01]\d|2[0-3]):\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

const DAYS_OF_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads one entry from its bytes. Tolerates what real payloads hold: numeric ids, null or empty parts, `metadata: []`,
 * offsets and fractions in timestamps, unknown fields. What is no entry at all comes back with the reason; it is kept.
 */
export function parseEntry(raw: Uint8Array): RawItem {
  let value: Json;
  try {
    value = JSON.parse(decoder.decode(raw)) as Json;
  } catch {
    return { raw, entry: null, reason: 'not valid UTF-8 JSON' };
  }
  return parseEntryValue(raw, value);
}

/** As `parseEntry`, where the value has been parsed already. */
export function parseEntryValue(raw: Uint8Array, value: Json): RawItem {
  if (!isObject(value)) return { raw, entry: null, reason: 'not a JSON object' };
  const timestamp = value.timestamp ?? value.created_at ?? null;
  if (typeof timestamp !== 'string') return { raw, entry: null, reason: 'no timestamp' };
  const ts = parseTimestamp(timestamp);
  if (ts === null) return { raw, entry: null, reason: 'timestamp not understood or outside 1970–2109' };
  const context = value.context;
  const entry: Entry = {
    id: scalarText(value.id) ?? contentId(raw),
    ts,
    timestamp,
    actor: actorOf(value.actor),
    action: scalarText(value.action) ?? '',
    target: targetOf(value.target),
    address: isObject(context) ? scalarText(context.ip_address) : null,
    agent: isObject(context) ? scalarText(context.user_agent) : null,
    team: isObject(context) ? teamOf(context) : null,
    metadata: value.metadata ?? null,
  };
  return { raw, entry };
}

/** Milliseconds UTC of an ISO timestamp; without an offset it is read as UTC; null when it cannot be read. */
export function parseTimestamp(text: string): number | null {
  const plain = wholeSecondUtc(text);
  if (plain !== null) return plain;
  const quick = PLAIN.test(text) && isDate(text) ? Date.parse(text) : Number.NaN;
  const ms = Number.isNaN(quick) ? slowTimestamp(text.trim().replace(/^(\d{4}-\d{2}-\d{2}) (\d)/, '$1T$2')) : quick;
  return ms !== null && ms >= 0 && ms <= LAST_MS ? ms : null;
}

// `YYYY-MM-DDTHH:MM:SSZ` from 1970 to 2099, what the API writes: digit by digit, in a tenth of the time that a pattern and the
// platform take. Null where it is anything else, a day that its month has not among it.
function wholeSecondUtc(text: string): number | null {
  if (text.length !== 20 || text[4] !== '-' || text[7] !== '-' || text[10] !== 'T') return null;
  if (text[13] !== ':' || text[16] !== ':' || text[19] !== 'Z') return null;
  const year = 100 * twoDigits(text, 0) + twoDigits(text, 2);
  const month = twoDigits(text, 5);
  const day = twoDigits(text, 8);
  const hour = twoDigits(text, 11);
  const minute = twoDigits(text, 14);
  const second = twoDigits(text, 17);
  // Of anything but digits a number is none, and no comparison holds.
  if (!(year >= 1970 && year <= 2099 && month >= 1 && month <= 12 && day >= 1)) return null;
  if (!(hour <= 23 && minute <= 59 && second <= 59)) return null;
  const days = month === 2 && year % 4 === 0 ? 29 : DAYS_OF_MONTH[month - 1]!;
  return day <= days ? Date.UTC(year, month - 1, day, hour, minute, second) : null;
}

function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? 10 * tens + ones : Number.NaN;
}

/** Whether a month has the day that a timestamp begins with: the platform reads 31 November as 1 December. */
function isDate(text: string): boolean {
  const day = Number(text.slice(8, 10));
  return day <= 28 || new Date(text.slice(0, 10)).getUTCDate() === day;
}

function slowTimestamp(text: string): number | null {
  try {
    return Temporal.Instant.from(text).epochMilliseconds;
  } catch {
    try {
      return Temporal.PlainDateTime.from(text).toZonedDateTime('UTC').epochMilliseconds;
    } catch {
      return null;
    }
  }
}

// Without an id of its own an entry is known by its content: the same bytes are the same entry.
function contentId(raw: Uint8Array): string {
  return `sha256:${createHash('sha256').update(raw).digest('hex').slice(0, 32)}`;
}

function actorOf(value: Json | undefined): Actor | null {
  if (!isObject(value)) return null;
  const actor = {
    id: scalarText(value.id),
    name: scalarText(value.name),
    email: scalarText(value.email),
  };
  return actor.id === null && actor.name === null && actor.email === null ? null : actor;
}

function targetOf(value: Json | undefined): Target | null {
  if (!isObject(value)) return null;
  const target = {
    type: scalarText(value.type),
    id: scalarText(value.id),
    name: scalarText(value.name),
  };
  return target.type === null && target.id === null && target.name === null ? null : target;
}

function teamOf(context: JsonObject): Team | null {
  const team = { id: scalarText(context.team_id), name: scalarText(context.team_name) };
  return team.id === null && team.name === null ? null : team;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function scalarText(value: Json | undefined): string | null {
  if (typeof value === 'string') return value === '' ? null : value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return null;
}
