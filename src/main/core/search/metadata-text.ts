import type { Json } from '../../../shared/entry.ts';
import { fold } from '../../../shared/text.ts';

// Two noncharacters nobody can type keep values apart, so that no search matches across them.
const SEPARATOR = '\uffff';

/** Every key and every scalar value of metadata at any depth, folded, in one string to be searched for substrings. */
export function metadataText(metadata: Json): string {
  const parts: string[] = [];
  const pending: Json[] = [metadata];
  while (pending.length > 0) {
    const value = pending.pop() ?? null;
    if (value === null) continue;
    if (Array.isArray(value)) {
      for (const item of value as readonly Json[]) pending.push(item);
    } else if (typeof value === 'object') {
      for (const [key, item] of Object.entries(value as { readonly [key: string]: Json })) {
        parts.push(key);
        pending.push(item);
      }
    } else {
      parts.push(String(value));
    }
  }
  return parts.length === 0 ? '' : fold(parts.join(SEPARATOR));
}
