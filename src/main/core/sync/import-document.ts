import { isUtf8 } from 'node:buffer';
import type { Json } from '../../../shared/entry.ts';
import type { RawItem } from '../archive/writer.ts';
import { readPageBody } from '../jetty/envelope.ts';
import { parseEntry, parseEntryValue } from '../jetty/parse-entry.ts';

/** An entry of a file and the line it begins on, from 1. */
export type FiledItem = { readonly item: RawItem; readonly line: number };

/** A part of a file that did not go in as an entry, and why. */
export type Rejection = { readonly line: number | null; readonly reason: string };

/** What an envelope says of the entries it stands around; null where it says nothing. */
export type Claim = { readonly total: number | null; readonly hasNext: boolean | null; readonly held: number };

/** What a stretch of a file held. */
export type Piece = {
  readonly items: readonly FiledItem[];
  readonly rejected: readonly Rejection[];
  readonly claim: Claim | null;
  /** The entries were made from the rows of a table; they are not what the API gave. */
  readonly table?: true;
};

const LONGEST_WORDS = 120;
const NEWLINE = 0x0a;
const decoder = new TextDecoder();

/** Reads one JSON text of a file: an array, a page, an object with `entries`, or a single entry. */
export function readDocument(bytes: Uint8Array, firstLine: number): Piece {
  const parsed = parseJson(bytes);
  if (parsed === null) return rejection(firstLine, 'broken off or not JSON');
  const { value } = parsed;
  if (looksLikeEntry(value)) {
    const item = parsed.validUtf8 ? parseEntryValue(bytes, value) : parseEntry(bytes);
    return entries(bytes, [item], firstLine, null);
  }
  const page = readPageBody(bytes);
  if (!('reason' in page)) {
    const { total, hasNext, items, envelope } = page;
    const claim = envelope === 'bare' ? null : { total, hasNext, held: items.length };
    return entries(bytes, items, firstLine, claim);
  }
  if (isObject(value) && (Object.hasOwn(value, 'message') || Object.hasOwn(value, 'error'))) {
    return rejection(firstLine, `an error message saved as a log${words(value.message ?? value.error)}`);
  }
  // Whatever has the marks of an entry is kept, even where nobody can read it.
  if (isObject(value) && (Object.hasOwn(value, 'id') || Object.hasOwn(value, 'action'))) {
    return entries(bytes, [parseEntry(bytes)], firstLine, null);
  }
  return rejection(firstLine, 'it is JSON, but holds no entries');
}

/** A line that is a single entry, read; null where it is anything else, or an entry that cannot be read. */
export function readEntry(bytes: Uint8Array): RawItem | null {
  if (!isUtf8(bytes)) return null;
  const parsed = parseJson(bytes);
  if (parsed === null || !looksLikeEntry(parsed.value)) return null;
  const item = parseEntryValue(bytes, parsed.value);
  return item.entry === null ? null : item;
}

/** The bytes as JSON, or null; bytes that are not UTF-8 are read as U+FFFD, which changes no structure. */
export function parseJson(bytes: Uint8Array): { readonly value: Json; readonly validUtf8: boolean } | null {
  const validUtf8 = isUtf8(bytes);
  try {
    return { value: JSON.parse(decoder.decode(bytes)) as Json, validUtf8 };
  } catch {
    return null;
  }
}

export function rejection(line: number | null, reason: string): Piece {
  return { items: [], rejected: [{ line, reason }], claim: null };
}

function entries(bytes: Uint8Array, items: readonly RawItem[], firstLine: number, claim: Claim | null): Piece {
  const lineOf = lineCounter(bytes, firstLine);
  const filed = items.map((item) => ({ item, line: lineOf(item.raw) }));
  const rejected = filed.flatMap(({ item, line }) => {
    return item.entry === null ? [{ line, reason: `kept, but not readable as an entry: ${item.reason}` }] : [];
  });
  return { items: filed, rejected, claim };
}

function lineCounter(bytes: Uint8Array, firstLine: number): (part: Uint8Array) => number {
  let at = 0;
  let line = firstLine;
  return (part) => {
    const start = part.byteOffset - bytes.byteOffset;
    for (let next = bytes.indexOf(NEWLINE, at); next >= 0 && next < start; next = bytes.indexOf(NEWLINE, at)) {
      line++;
      at = next + 1;
    }
    return line;
  };
}

function looksLikeEntry(value: Json): boolean {
  return isObject(value) && (typeof value.timestamp === 'string' || typeof value.created_at === 'string');
}

function words(value: Json | undefined): string {
  if (typeof value !== 'string') return '';
  return `: “${value
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, LONGEST_WORDS)}”`;
}

function isObject(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
