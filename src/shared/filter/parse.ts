import { CATEGORIES } from '../action.ts';
import { COUNTRIES, countryName, countryOfText } from '../country.ts';
import { isAddressOrNetwork } from './address.ts';
import { type Filter, type FilterField, HAS_VALUES, HOURS_VALUES, IS_VALUES, type Term } from './filter.ts';
import { nearest } from './nearest.ts';
import { isBound, isLast } from './range.ts';

/** What is wrong with a query, and where: `at` and `length` count UTF-16 code units of the text as typed. */
export type FilterError = {
  readonly message: string;
  readonly hint: string;
  readonly at: number;
  readonly length: number;
};

export type FilterResult =
  | { readonly ok: true; readonly value: Filter }
  | { readonly ok: false; readonly error: FilterError };

/** Names a person may type before the colon, with what they mean. */
const FIELD_NAMES: Readonly<Record<string, FilterField | 'from' | 'to' | 'last'>> = {
  action: 'action',
  actor: 'actor',
  user: 'actor',
  category: 'category',
  team: 'team',
  target: 'target',
  target_type: 'target_type',
  ip: 'ip',
  address: 'ip',
  tag: 'tag',
  is: 'is',
  has: 'has',
  received: 'received',
  hours: 'hours',
  country: 'country',
  agent: 'agent',
  client: 'agent',
  source: 'source',
  text: 'text',
  from: 'from',
  to: 'to',
  last: 'last',
};

type Token = {
  readonly at: number;
  readonly length: number;
  readonly negated: boolean;
  readonly name: string | null;
  readonly value: string;
  readonly quoted: boolean;
};

type Draft = { terms: Term[]; from?: string; to?: string; last?: string };

/**
 * Reads the query language of the search bar and the command line: `action:tunnel.* -team:Ops ip:203.0.113.0/24
 * from:2026-01-01 "out of hours"`. Inside quotes `\"` and `\\` are escapes. `printQuery` is its inverse.
 */
export function parseQuery(text: string): FilterResult {
  const draft: Draft = { terms: [] };
  let at = 0;
  while (at < text.length) {
    if (/\s/u.test(text.charAt(at))) {
      at++;
      continue;
    }
    const token = readToken(text, at);
    if ('message' in token) return { ok: false, error: token };
    const error = addToken(draft, token);
    if (error) return { ok: false, error };
    at = token.at + token.length;
  }
  if (draft.last !== undefined && (draft.from !== undefined || draft.to !== undefined)) {
    return failAt(
      text,
      0,
      text.length,
      'last: cannot stand beside from: or to:',
      'Keep either last: or the two dates.',
    );
  }
  return { ok: true, value: draft };
}

function failAt(_text: string, at: number, length: number, message: string, hint: string): FilterResult {
  return { ok: false, error: { at, length, message, hint } };
}

function readToken(text: string, at: number): Token | FilterError {
  const negated = text.charAt(at) === '-' && at + 1 < text.length && !/\s/u.test(text.charAt(at + 1));
  const start = negated ? at + 1 : at;
  if (text.charAt(start) === '"') return readQuoted(text, at, start, negated, null);
  const name = /^[a-z_]+(?=:)/iu.exec(text.slice(start))?.[0] ?? null;
  if (name !== null && isFieldLike(name, text.slice(start))) {
    const valueAt = start + name.length + 1;
    if (text.charAt(valueAt) === '"') return readQuoted(text, at, valueAt, negated, name);
    const value = /^\S*/u.exec(text.slice(valueAt))?.[0] ?? '';
    return { at, length: valueAt + value.length - at, negated, name, value, quoted: false };
  }
  const value = /^\S+/u.exec(text.slice(start))?.[0] ?? '';
  return { at, length: start + value.length - at, negated, name: null, value, quoted: false };
}

// `https://…`, `fe80::1` and single letters before a colon are text somebody searches for, not a misspelt field.
function isFieldLike(name: string, rest: string): boolean {
  if (Object.hasOwn(FIELD_NAMES, name.toLowerCase())) return true;
  const after = rest.slice(name.length + 1);
  return (
    name.length > 2 &&
    !after.startsWith('//') &&
    !after.startsWith(':') &&
    !/^[0-9a-f:]+$/iu.test(rest.split(/\s/u)[0] ?? '')
  );
}

function readQuoted(
  text: string,
  at: number,
  quoteAt: number,
  negated: boolean,
  name: string | null,
): Token | FilterError {
  let value = '';
  for (let i = quoteAt + 1; i < text.length; i++) {
    const char = text.charAt(i);
    if (char === '"') {
      const end = i + 1;
      if (end < text.length && !/\s/u.test(text.charAt(end))) {
        return {
          at: end,
          length: 1,
          message: 'Text follows directly after a closing quote.',
          hint: 'Put a space after the quote, or write \\" for a quote inside.',
        };
      }
      return { at, length: end - at, negated, name, value, quoted: true };
    }
    if (char === '\\' && (text.charAt(i + 1) === '"' || text.charAt(i + 1) === '\\')) i++;
    value += text.charAt(i);
  }
  return {
    at: quoteAt,
    length: text.length - quoteAt,
    message: 'A quote is opened and never closed.',
    hint: 'Close it with ", or write \\" where a quote is meant.',
  };
}

function addToken(draft: Draft, token: Token): FilterError | null {
  const wrong = (message: string, hint: string): FilterError => ({ at: token.at, length: token.length, message, hint });
  if (token.name === null) {
    if (!token.quoted && /^(OR|AND|NOT)$/.test(token.value)) {
      return wrong(
        `${token.value} is not a word of this language.`,
        'Terms of one field are alternatives, everything else must hold together, - excludes. To search for the word, quote it.',
      );
    }
    if (token.value === '')
      return wrong('An empty quote matches everything.', 'Write the text between the quotes, or remove them.');
    draft.terms.push({ field: 'word', value: token.value, negated: token.negated });
    return null;
  }
  const field = FIELD_NAMES[token.name.toLowerCase()];
  if (field === undefined) {
    const guess = nearest(token.name.toLowerCase(), Object.keys(FIELD_NAMES));
    return wrong(
      `There is no field called “${token.name}”.`,
      `${guess ? `Did you mean ${guess}:? ` : ''}To search for the text itself, put it in quotes.`,
    );
  }
  if (field === 'from' || field === 'to' || field === 'last') return addBound(draft, token, field, wrong);
  const problem = checkValue(field, token.value);
  if (problem) return wrong(problem.message, problem.hint);
  draft.terms.push({ field, value: keptValue(field, token.value), negated: token.negated });
  return null;
}

function addBound(
  draft: Draft,
  token: Token,
  field: 'from' | 'to' | 'last',
  wrong: (message: string, hint: string) => FilterError,
): FilterError | null {
  if (token.negated) return wrong(`${field}: cannot be excluded.`, 'Remove the minus, or choose the other dates.');
  if (draft[field] !== undefined) return wrong(`${field}: stands here twice.`, 'Keep one of the two.');
  if (field === 'last' ? !isLast(token.value) : !isBound(token.value)) {
    return field === 'last'
      ? wrong(
          `“${token.value}” is not a span of time.`,
          'Write last:24h, last:7d, last:30d or another number of h, d or w.',
        )
      : wrong(
          `“${token.value}” is not a date.`,
          `Write ${field}:2026-01-31, or with a time ${field}:2026-01-31T14:00.`,
        );
  }
  draft[field] = token.value;
  return null;
}

/** A value as a filter keeps it: a country by its code, however it was written. */
export function keptValue(field: FilterField, value: string): string {
  return field === 'country' ? (countryOfText(value) ?? value) : value;
}

/** What is wrong with the value of a field, or null. Also used for command-line flags, so that both refuse the same. */
export function checkValue(field: FilterField, value: string): { message: string; hint: string } | null {
  if (field === 'category' && !(CATEGORIES as readonly string[]).includes(value)) {
    const guess = nearest(value, CATEGORIES);
    return {
      message: `“${value}” is not a category.`,
      hint: `${guess ? `Did you mean ${guess}? ` : ''}Categories: ${CATEGORIES.join(', ')}.`,
    };
  }
  if (field === 'ip' && !isAddressOrNetwork(value)) {
    return {
      message: `“${value}” is not an IP address or network.`,
      hint: 'Write an address as 203.0.113.7 or 2001:db8::7, a network as 203.0.113.0/24.',
    };
  }
  if (field === 'is' || field === 'has') return checkWord(field, value, field === 'is' ? IS_VALUES : HAS_VALUES);
  if (field === 'hours') return checkWord(field, value, HOURS_VALUES);
  if (field === 'received' && !isBound(value))
    return {
      message: `“${value}” is not a date.`,
      hint: 'Write received:2026-01-31, or with a time received:2026-01-31T14:00.',
    };
  if (field === 'country' && value !== '' && countryOfText(value) === null) {
    const guess = nearest(value, COUNTRIES.map(countryName));
    return {
      message: `“${value}” is not a country.`,
      hint: `${guess ? `Did you mean ${guess}? ` : ''}Write a code as PT, an English name, private or unknown.`,
    };
  }
  if (field === 'text' && value === '')
    return { message: 'Empty text matches everything.', hint: 'Write the text to look for.' };
  return null;
}

function checkWord(
  field: FilterField,
  value: string,
  known: readonly string[],
): { message: string; hint: string } | null {
  if (known.includes(value)) return null;
  const guess = nearest(value, known);
  return {
    message: `“${value}” does not stand after ${field}:`,
    hint: guess ? `Did you mean ${guess}?` : `Write ${known.map((one) => `${field}:${one}`).join(' or ')}.`,
  };
}
