import { createHash } from 'node:crypto';
import type { Json } from '../../../shared/entry.ts';

const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * Whether two payloads say the same, whatever their white space, escapes and order of keys. Numbers are compared as
 * written, so that long integers are not taken for equal where doubles would be; bytes that are no JSON differ.
 */
export function sameContent(a: Uint8Array, b: Uint8Array): boolean {
  if (Buffer.from(a.buffer, a.byteOffset, a.byteLength).equals(b)) return true;
  try {
    return canonical(a) === canonical(b);
  } catch {
    return false;
  }
}

/** A digest that two payloads share exactly where `sameContent` holds for them. */
export function contentDigest(bytes: Uint8Array): string {
  const hash = createHash('sha256');
  try {
    return hash.update(`json ${canonical(bytes)}`).digest('base64');
  } catch {
    return hash.update('raw ').update(bytes).digest('base64');
  }
}

function canonical(bytes: Uint8Array): string {
  // Scalars carry a letter for their type, so that no string can be mistaken for a number.
  const value: Json = JSON.parse(decoder.decode(bytes), (_key, parsed: Json, context?: { source?: string }) => {
    if (typeof parsed === 'number') return `n${context?.source ?? String(parsed)}`;
    return typeof parsed === 'string' ? `s${parsed}` : parsed;
  });
  return JSON.stringify(value, (_key, part: Json) => (isObject(part) ? sorted(part) : part));
}

function isObject(part: Json): part is { readonly [key: string]: Json } {
  return typeof part === 'object' && part !== null && !Array.isArray(part);
}

// A list of keys and values, because an object would reorder keys that look like numbers and lose `__proto__`; under
// a key, because a real array may hold the same list.
function sorted(part: { readonly [key: string]: Json }): Json {
  const byKey = Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1));
  return { sorted: byKey.flat() };
}
