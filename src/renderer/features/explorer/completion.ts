import type { FacetName } from '../../lib/queries.ts';
import { piecesOf } from './highlight.ts';

/** The word of a query in which the caret stands: `typed` is what of its value stands before the caret. */
export type WordAt = {
  readonly from: number;
  readonly to: number;
  readonly negated: boolean;
  readonly field: string | null;
  readonly typed: string;
};

/** Something that may be meant: `insert` takes the place of the word. `hint` says what it is, or how often it occurs. */
export type Suggestion = {
  readonly insert: string;
  readonly label: string;
  readonly hint: string;
  readonly more: boolean;
};

const FIELDS: readonly (readonly [field: string, hint: string])[] = [
  ['actor', 'who acted: name, e-mail or id'],
  ['action', 'exact, or with * (tunnel.*)'],
  ['category', 'authentication, tunnel, team, billing, security'],
  ['target', 'what was acted on: name or id'],
  ['team', 'team name or id'],
  ['ip', 'address or network (203.0.113.0/24)'],
  ['country', 'of the address: PT, Portugal, private, unknown'],
  ['agent', 'browser or program (*curl*)'],
  ['target_type', 'tunnel, user, token …'],
  ['source', 'where it was fetched or imported from'],
  ['hours', 'off: outside office hours; office: within them'],
  ['tag', 'put on entries by a reviewer'],
  ['is', 'pinned'],
  ['has', 'note'],
  ['received', 'reached the archive then or later'],
  ['text', 'anywhere in the entry'],
  ['last', '24h, 7d, 30d, 90d'],
  ['from', 'first day'],
  ['to', 'last day'],
];

const HOURS = [
  ['off', 'outside office hours'],
  ['office', 'while some office is at work'],
] as const;

const SPANS = ['24h', '7d', '30d', '90d'];

/** Fields whose values the archive knows. */
export const VALUED: Readonly<Record<string, FacetName>> = {
  actor: 'actor',
  action: 'action',
  category: 'category',
  target: 'target',
  team: 'team',
  ip: 'ip',
  country: 'country',
  target_type: 'target_type',
  source: 'source',
};

export function wordAt(query: string, caret: number): WordAt {
  let at = 0;
  let word: { from: number; negated: boolean; field: string | null; value: string } | null = null;
  const found = (to: number): WordAt | null => {
    if (word === null || caret < word.from || caret > to) return null;
    const valueFrom = to - word.value.length;
    const typed = word.value.slice(0, Math.max(0, caret - valueFrom)).replace(/^"/, '');
    return { from: word.from, to, negated: word.negated, field: word.field, typed };
  };
  for (const { kind, text } of piecesOf(query)) {
    if (kind === 'space') {
      const here = found(at);
      if (here !== null) return here;
      word = null;
    } else {
      word ??= { from: at, negated: false, field: null, value: '' };
      if (kind === 'minus') word.negated = true;
      else if (kind === 'field') word.field = text.slice(0, -1).toLowerCase();
      else word.value = text;
    }
    at += text.length;
  }
  return found(at) ?? { from: caret, to: caret, negated: false, field: null, typed: '' };
}

/** The fields, and the spans of time, that a word may become. Values come from the archive. */
export function ownSuggestions({ field, typed, negated }: WordAt): Suggestion[] {
  if (field === 'last') {
    const spans = SPANS.filter((span) => span.startsWith(typed) && span !== typed);
    return spans.map((span) => ({ insert: `last:${span}`, label: span, hint: 'up to now', more: false }));
  }
  if (field === 'is' || field === 'has') {
    const [word, hint] = field === 'is' ? ['pinned', 'pinned by a reviewer'] : ['note', 'a reviewer wrote a note'];
    const insert = `${negated ? '-' : ''}${field}:${word}`;
    return word.startsWith(typed) && word !== typed ? [{ insert, label: word, hint, more: false }] : [];
  }
  if (field === 'hours') {
    const sides = HOURS.filter(([side]) => side.startsWith(typed) && side !== typed);
    const sign = negated ? '-' : '';
    return sides.map(([side, hint]) => ({ insert: `${sign}hours:${side}`, label: side, hint, more: false }));
  }
  if (field !== null) return [];
  const fields = FIELDS.filter(([name]) => name.startsWith(typed.toLowerCase()));
  return fields.map(([name, hint]) => ({
    insert: `${negated ? '-' : ''}${name}:`,
    label: `${negated ? '-' : ''}${name}:`,
    hint,
    more: true,
  }));
}

/** The query with a suggestion in the place of the word, and where the caret goes. */
export function completed(query: string, word: WordAt, { insert, more }: Suggestion): { text: string; caret: number } {
  const rest = query.slice(word.to);
  const gap = more || rest.startsWith(' ') ? '' : ' ';
  const text = query.slice(0, word.from) + insert + gap + rest;
  return { text, caret: word.from + insert.length + (more ? 0 : 1) };
}
