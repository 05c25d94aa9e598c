import type { Leaf } from './leaves.ts';
import { hasAny, wordSet, wordsOf } from './words.ts';

/** What a value was and what it became, as far as the entry tells; lists are kept as lists. */
export type Change = {
  readonly about: readonly string[];
  readonly from: readonly string[] | null;
  readonly to: readonly string[] | null;
};

const FROM = wordSet('from old before previous prior original');
const TO = wordSet('to new after current now updated');
const TEXT_CHANGE =
  /(?:^|[\s\-:.])([\p{L}\p{N} \-/()]{0,60}?)(?::)?\s*\bfrom\s+(.{1,60}?)\s+to\s+(.{1,60}?)(?=$|\n|;|\.\s|\s+-\s)/giu;

/** The changes an entry tells of: `from`/`to`, `before`/`after`, `old_…`/`new_…`, and “… from On to Off” in its texts. */
export function changesOf(leaves: readonly Leaf[], texts: readonly string[]): readonly Change[] {
  const sides = new Map<string, { about: string[]; from: string[] | null; to: string[] | null }>();
  const side = (keys: readonly string[]) => {
    const about = keys.filter((word) => !FROM.has(word) && !TO.has(word) && word !== 'value');
    const name = about.join(' ');
    const known = sides.get(name) ?? { about, from: null, to: null };
    sides.set(name, known);
    return known;
  };
  for (const leaf of leaves) {
    const isFrom = hasAny(leaf.keys, FROM);
    if (!isFrom && !hasAny(leaf.keys, TO)) continue;
    const place = side(leaf.keys);
    const values = leaf.value === null ? [] : [String(leaf.value)];
    if (isFrom) place.from = [...(place.from ?? []), ...values];
    else place.to = [...(place.to ?? []), ...values];
  }
  const changes: Change[] = [...sides.values()].map((one) => ({ about: one.about, from: one.from, to: one.to }));
  for (const text of texts) {
    if (text.length > 4_000) continue;
    for (const [, about = '', from = '', to = ''] of text.matchAll(TEXT_CHANGE))
      changes.push({ about: wordsOf(about), from: [from.trim()], to: [to.trim()] });
  }
  return changes;
}

const ON = wordSet('on true enabled enable yes active required enforced always 1');
const OFF = wordSet('off false disabled disable no inactive none optional never 0 bypass unrestricted');

/** Whether a value says on or off; null where it says neither. */
export function switchOf(values: readonly string[] | null): boolean | null {
  if (values === null || values.length !== 1) return null;
  const text = (values[0] ?? '').trim().toLowerCase();
  return ON.has(text) ? true : OFF.has(text) ? false : null;
}
