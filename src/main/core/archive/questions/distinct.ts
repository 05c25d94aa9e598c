import { fold } from '../../../../shared/text.ts';
import type { FacetValue } from '../reader.ts';

/** Those values of a facet whose text, or a word of it, begins with `prefix`, ignoring case and accents; the most frequent first. */
export function beginningWith(values: readonly FacetValue[], prefix: string, limit: number): FacetValue[] {
  const wanted = fold(prefix);
  const found: FacetValue[] = [];
  for (const one of values) {
    if (found.length >= limit) break;
    if (one.value !== null && (begins(fold(one.value), wanted) || begins(fold(one.label), wanted))) found.push(one);
  }
  return found;
}

function begins(text: string, prefix: string): boolean {
  if (text.startsWith(prefix)) return true;
  for (let at = text.indexOf(prefix, 1); at > 0; at = text.indexOf(prefix, at + 1)) {
    if (/[^\p{L}\p{N}]/u.test(text[at - 1] ?? '')) return true;
  }
  return false;
}
