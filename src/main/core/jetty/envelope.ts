import type { Json } from '../../../shared/entry.ts';
import type { RawItem } from '../archive/writer.ts';
import { parseEntry, parseEntryValue } from './parse-entry.ts';
import { elementSpans, firstValue, memberSpans, memberWithElements, type Span } from './slice.ts';

/**
 * One page as served. `items` hold each entry's bytes exactly as received. What the envelope does not say is null:
 * `total` entries, `lastPage`, whether a next page exists, and how many entries a page holds (`perPage`).
 */
export type PageBody = {
  readonly items: readonly RawItem[];
  readonly envelope: 'paginated' | 'simple' | 'flat' | 'bare';
  readonly total: number | null;
  readonly lastPage: number | null;
  readonly hasNext: boolean | null;
  readonly perPage: number | null;
};

type JsonObject = { readonly [key: string]: Json };

// `data` is what Laravel writes; the others are tolerated, and `entries` is what Logbook itself prints.
const ENTRY_KEYS = ['data', 'entries', 'audit_logs', 'logs', 'items', 'results'] as const;

const strict = new TextDecoder('utf-8', { fatal: true });
const lenient = new TextDecoder('utf-8');

/** Reads a page in any of the known envelopes, or says why the bytes are no page (nothing of the bytes is repeated). */
export function readPageBody(bytes: Uint8Array): PageBody | { readonly reason: string } {
  const text = decode(bytes);
  let root: Json;
  try {
    root = JSON.parse(text.text) as Json;
  } catch {
    return { reason: whyNotJson(bytes) };
  }
  const found = findEntries(bytes, root);
  if (found === null) return { reason: 'it is JSON, but holds no list of entries' };
  return { items: itemsOf(bytes, found, text.valid), ...pagination(root, found) };
}

type Found = { readonly spans: readonly Span[]; readonly values: readonly Json[] | null; readonly holder: Json };

function findEntries(bytes: Uint8Array, root: Json): Found | null {
  const start = firstValue(bytes);
  if (Array.isArray(root)) return { spans: elementSpans(bytes, start), values: root, holder: root };
  return isObject(root) ? findInObject(bytes, root, start, 2) : null;
}

function findInObject(bytes: Uint8Array, object: JsonObject, start: number, depth: number): Found | null {
  for (const key of ENTRY_KEYS) {
    if (!Object.hasOwn(object, key)) continue;
    const list = object[key];
    const member = memberWithElements(bytes, start, key);
    if (member === null) continue;
    const span = member.value;
    if (Array.isArray(list)) return { spans: member.elements ?? [], values: list, holder: object };
    if (!isObject(list)) continue;
    if (isPhpList(list, object)) {
      // PHP writes a filtered collection as an object with numbers for keys, and an emptied one as {}.
      return { spans: memberSpans(bytes, span.start).map((m) => m.value), values: null, holder: object };
    }
    const inner = depth > 1 ? findInObject(bytes, list, span.start, depth - 1) : null;
    if (inner !== null) return inner;
  }
  return null;
}

function isPhpList(list: JsonObject, holder: JsonObject): boolean {
  const keys = Object.keys(list);
  if (keys.length === 0) return Object.hasOwn(holder, 'meta') || Object.hasOwn(holder, 'current_page');
  return keys.every((key) => /^\d+$/.test(key));
}

function itemsOf(bytes: Uint8Array, found: Found, validUtf8: boolean): RawItem[] {
  return found.spans.map((span, i) => {
    const raw = bytes.subarray(span.start, span.end);
    // Where some bytes are not UTF-8 each entry is judged by itself, so that one bad entry does not spoil its page.
    if (!validUtf8 || found.values === null) return parseEntry(raw);
    return parseEntryValue(raw, found.values[i] ?? null);
  });
}

function pagination(root: Json, found: Found): Omit<PageBody, 'items'> {
  if (!isObject(root)) return { envelope: 'bare', total: null, lastPage: null, hasNext: null, perPage: null };
  const holder = isObject(found.holder) ? found.holder : root;
  const meta = [holder.meta, root.meta].find(isObject);
  const numbers = meta ?? holder;
  const total = whole(numbers.total);
  const lastPage = whole(numbers.last_page);
  const current = whole(numbers.current_page);
  const links = [holder.links, root.links].find(isObject);
  const next = links !== undefined && Object.hasOwn(links, 'next') ? links.next : holder.next_page_url;
  const byLink = typeof next === 'string' && next !== '' ? true : next === null ? false : null;
  const byNumber = lastPage !== null && current !== null ? current < lastPage : null;
  const flat = meta === undefined && (current !== null || total !== null || Object.hasOwn(holder, 'next_page_url'));
  return {
    envelope: flat ? 'flat' : total !== null || lastPage !== null ? 'paginated' : 'simple',
    total,
    lastPage,
    hasNext: byLink === true || byNumber === true ? true : (byLink ?? byNumber),
    perPage: whole(numbers.per_page),
  };
}

function decode(bytes: Uint8Array): { text: string; valid: boolean } {
  try {
    return { text: strict.decode(bytes), valid: true };
  } catch {
    return { text: lenient.decode(bytes), valid: false };
  }
}

function whyNotJson(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'it is empty';
  return bytes[firstValue(bytes)] === 0x3c ? 'it is an HTML page instead of JSON' : 'it is broken off or not JSON';
}

function whole(value: Json | undefined): number | null {
  const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : null;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
