import { fold } from '../../../../shared/text.ts';
import type { FacetValue } from '../reader.ts';

/** A value of a facet as completion looks at it: what can be written for it, folded. */
export type Completable = { readonly value: FacetValue; readonly texts: readonly string[] };

/** Folds the values of a facet once; what has no value cannot be completed. */
export function completableFrom(values: readonly FacetValue[]): readonly Completable[] {
  return values.flatMap((value) => {
    if (value.value === null) return [];
    const texts = value.label === value.value ? [value.value] : [value.value, value.label];
    return [{ value, texts: texts.map(fold) }];
  });
}

/** The first values of which a text, or a word of it, begins with `prefix`, ignoring case and accents. */
export function beginningWith(values: readonly Completable[], prefix: string, limit: number): FacetValue[] {
  const wanted = fold(prefix);
  const found: FacetValue[] = [];
  for (const { value, texts } of values) {
    if (found.length >= limit) break;
    if (texts.some((text) => begins(text, wanted))) found.push(value);
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
