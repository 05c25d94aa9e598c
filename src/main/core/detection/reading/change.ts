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
    const values = leaf.value === null || leaf.value === '' ? [] : [String(leaf.value)];
    if (isFrom) place.from = [...(place.from ?? []), ...values];
    else place.to = [...(place.to ?? []), ...values];
  }
  // `old_role` beside a plain `role`: the plain one is what it became.
  for (const one of sides.values()) {
    if (one.from === null || one.to !== null || one.about.length === 0) continue;
    const plain = leaves.filter((leaf) => leaf.keys.join(' ') === one.about.join(' '));
    if (plain.length > 0) one.to = plain.flatMap((leaf) => (leaf.value === null ? [] : [String(leaf.value)]));
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

// How much something asks of people, from nothing upwards; values of one line can be compared.
const SCALE: readonly ReadonlySet<string>[] = [
  wordSet('none off never disabled optional anyone public open unrestricted allow permissive'),
  wordSet('low weak simple basic lax loose minimal short'),
  wordSet('medium moderate standard normal default'),
  wordSet('high strong strict complex maximum required always enforced mandatory deny block'),
];

/** How a change went on a scale of strictness: below zero is less strict; null where its values are on none. */
export function strictnessOf({ from, to }: Pick<Change, 'from' | 'to'>): number | null {
  const rank = (values: readonly string[] | null) =>
    values?.length === 1 && (values[0] ?? '').length <= 40
      ? SCALE.findIndex((step) => hasAny(wordsOf(values[0] ?? ''), step))
      : -1;
  const [before, after] = [rank(from), rank(to)];
  return before < 0 || after < 0 ? null : after - before;
}

/** Whether a value says on or off; null where it says neither. */
export function switchOf(values: readonly string[] | null): boolean | null {
  if (values === null || values.length !== 1) return null;
  const text = (values[0] ?? '').trim().toLowerCase();
  return ON.has(text) ? true : OFF.has(text) ? false : null;
}
