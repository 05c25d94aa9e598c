import type { FilterField, Term } from '../filter/filter.ts';
import { escapeStars } from '../filter/glob.ts';
import { fold } from '../text.ts';
import type { Deed } from './deeds.ts';
import type { Words } from './words.ts';

/** Where a name may be looked for. */
export type NameField = 'actor' | 'target' | 'team';

/** A name in a question, and where it may be found, the likeliest first. */
export type Name = { readonly text: string; readonly fields: readonly NameField[] };

/** A value of the archive that begins, or a word of which begins, with a name. */
export type Found = { readonly value: string; readonly label: string };

export type LookUp = (name: string, field: NameField) => readonly Found[];

/** Values that are named one by one; a name that fits more stands with a star. */
const MOST = 4;

// Words that say nothing of their own. Whatever else is left over is taken for a name.
const FILLER: ReadonlySet<string> = new Set(
  `a an the this that these those to of in on at by for with from into and or it its i we us our you he she they them their his her my me
  who whom whose what what's when where which why how many much often did do does done was were is are be been being has have had having
  can could will would any anyone anybody someone somebody everyone everybody anything something everything all there here ever last latest
  recent recently first time times happen happened happening happens occurred take took place show list find me give see seen get got go gone
  went use used using just only able sent outside entries entry events event logs log about no more anymore longer not still again then now activity
  action actions attempt attempts people access account accounts up out off 's off's one ones each between over under during whole`.split(
    /\s+/,
  ),
);

const PLACES = new Set(['to', 'in', 'into', 'of', 'from', 'for', 'on', 'at']);

/** The names in what is left of a question; where each may be found follows from where it stands. */
export function namesIn(words: Words, deed: Deed | null): readonly Name[] {
  const groups: { at: number; end: number; text: string }[] = [];
  for (const { at, text } of words.left()) {
    if (FILLER.has(text.toLowerCase())) continue;
    const last = groups.at(-1);
    if (last !== undefined && last.end === at - 1) {
      last.end = at;
      last.text += ` ${text}`;
    } else {
      groups.push({ at, end: at, text });
    }
  }
  return groups.map(({ at, end, text }) => ({ text, fields: fieldsOf(words, deed, at, end) }));
}

function fieldsOf(words: Words, deed: Deed | null, at: number, end: number): readonly NameField[] {
  const before = words.at(at - 1) === 'the' ? words.at(at - 2) : words.at(at - 1);
  if (before === 'by' || before === 'did' || words.at(end + 1) === "'s") return ['actor', 'target', 'team'];
  if (before === 'was' || before === 'were') return ['target', 'actor', 'team'];
  if (PLACES.has(before)) return ['team', 'target', 'actor'];
  return deed !== null && at < deed.at ? ['actor', 'target', 'team'] : ['target', 'actor', 'team'];
}

/** What has to be looked up to answer: every name, and each of its words by itself. */
export function lookUps(names: readonly Name[]): readonly { readonly name: string; readonly field: NameField }[] {
  const texts = new Set(names.flatMap(({ text }) => [text, ...text.split(' ')]));
  const fields: readonly NameField[] = ['actor', 'target', 'team'];
  return [...texts].flatMap((name) => fields.map((field) => ({ name, field })));
}

export type Match = { readonly text: string; readonly field: NameField; readonly values: readonly Found[] };

/** Where names are found: whole, else word by word; what is found nowhere is `missed`. */
export function matched(
  names: readonly Name[],
  find: LookUp,
): { matches: readonly Match[]; missed: readonly string[] } {
  const matches: Match[] = [];
  const missed: string[] = [];
  for (const { text, fields } of names) {
    const whole = match(text, fields, find);
    const parts = whole === null && text.includes(' ') ? text.split(' ') : [];
    if (whole !== null) matches.push(whole);
    else if (parts.length === 0) missed.push(text);
    for (const part of parts) {
      const found = match(part, fields, find);
      if (found === null) missed.push(part);
      else matches.push(found);
    }
  }
  return { matches, missed };
}

// A value that is the name stands before others that begin with it, in whatever field.
function match(text: string, fields: readonly NameField[], find: LookUp): Match | null {
  const wanted = fold(text);
  const found = fields.map((field) => ({ text, field, values: find(text, field) }));
  for (const { field, values } of found) {
    const same = values.filter(({ value, label }) => fold(value) === wanted || fold(label) === wanted);
    if (same.length > 0) return { text, field, values: same };
  }
  return found.find(({ values }) => values.length > 0) ?? null;
}

/** A match as conditions: its values, or all that hold the name where they are many. */
export function termsOf({ text, field, values }: Match): readonly Term[] {
  const of = (value: string): Term => ({ field, value, negated: false });
  return values.length > MOST ? [of(`*${escapeStars(text)}*`)] : values.map(({ value }) => of(escapeStars(value)));
}

/** What is about somebody, whoever did it: their names anywhere in an entry. */
export function aboutTerms({ text, values }: Match): readonly Term[] {
  const names = values.length > MOST ? [text] : [...new Set(values.map(({ label }) => label))];
  return names.map((value) => ({ field: 'text' satisfies FilterField, value, negated: false }));
}
