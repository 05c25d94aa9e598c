import { describeAction } from '../../../shared/action.ts';
import type { Country } from '../../../shared/country.ts';
import { countryOfText } from '../../../shared/country.ts';
import type { Actor, Target, Team } from '../../../shared/entry.ts';
import { addressTest } from '../../../shared/filter/address.ts';
import { FIELDS, type Filter, type FilterField, type Term } from '../../../shared/filter/filter.ts';
import { globTest } from '../../../shared/filter/glob.ts';
import { fold } from '../../../shared/text.ts';

/** What a dictionary holds: one full tuple an id, null for "has none". */
export type Tuples = {
  actor: Actor | null;
  action: string;
  target: Target | null;
  address: string | null;
  agent: string | null;
  team: Team | null;
  /** Where the entry was had from: the API's host, or a file's name. */
  source: string | null;
};
export type DictionaryName = keyof Tuples;

/** A condition on one dictionary's tuple: decided once a distinct value, never once an entry. */
export type DictionaryCondition = {
  [N in DictionaryName]: {
    readonly kind: 'dictionary';
    readonly name: N;
    readonly negated: boolean;
    readonly test: (tuple: Tuples[N]) => boolean;
  };
}[DictionaryName];

/** Folded text that must occur in any searchable part of an entry; `needles` are alternatives. */
export type TextCondition = { readonly kind: 'text'; readonly negated: boolean; readonly needles: readonly string[] };

/** A condition on the country of the address, null where there is no address: decided once a country. */
export type CountryCondition = {
  readonly kind: 'country';
  readonly negated: boolean;
  readonly test: (country: Country | null) => boolean;
};

/** Tags of which one fits; `none` where having no tag at all fits as well. */
export type TagCondition = {
  readonly kind: 'tag';
  readonly negated: boolean;
  readonly none: boolean;
  readonly test: (folded: string) => boolean;
};

/** A pin or a note beside the entry. */
export type MarkCondition = { readonly kind: 'pin' | 'note'; readonly negated: boolean };

/** The entry reached the archive at an instant (milliseconds UTC) or later. */
export type ReceivedCondition = { readonly kind: 'received'; readonly negated: boolean; readonly sinceMs: number };

/** Whether some office was at work when it happened. */
export type HoursCondition = { readonly kind: 'hours'; readonly negated: boolean; readonly open: readonly boolean[] };

/** Conditions that are not on what an entry says: they are decided once for a set of entries. */
export type SetCondition = TagCondition | MarkCondition | ReceivedCondition;

/** Conditions that must all hold. */
export type Condition = DictionaryCondition | CountryCondition | TextCondition | SetCondition | HoursCondition;

/**
 * Breaks a filter into conditions: alternatives within a field, everything together. Free text stands for any part of
 * actor names and e-mails, actions, target names, addresses, user agents, metadata keys and values.
 */
export function compileFilter(filter: Filter): readonly Condition[] {
  const conditions: Condition[] = [];
  for (const field of FIELDS) {
    if (field === 'word') continue;
    const positive = filter.terms.filter((term) => term.field === field && !term.negated);
    if (positive.length > 0) conditions.push(anyOf(field, positive, false));
  }
  for (const term of filter.terms) {
    if (term.negated) conditions.push(anyOf(term.field, [term], true));
    else if (term.field === 'word') conditions.push(anyOf('word', [term], false));
  }
  return conditions;
}

/** The folded strings of a tuple that free text is looked for in. */
export const SEARCHED: { [N in DictionaryName]: (tuple: Tuples[N]) => readonly (string | null)[] } = {
  actor: (actor) => (actor ? [actor.name, actor.email] : []),
  action: (action) => [action],
  target: (target) => (target ? [target.name] : []),
  address: (address) => [address],
  agent: (agent) => [agent],
  team: () => [],
  source: () => [],
};

function anyOf(field: FilterField, terms: readonly Term[], negated: boolean): Condition {
  const values = terms.map((term) => term.value);
  switch (field) {
    case 'action':
      return { kind: 'dictionary', name: 'action', negated, test: some(values.map(exactTest)) };
    case 'category':
      return {
        kind: 'dictionary',
        name: 'action',
        negated,
        test: (action) => values.includes(describeAction(action).category),
      };
    case 'actor':
      return { kind: 'dictionary', name: 'actor', negated, test: some(values.map(actorTest)) };
    case 'team':
      return { kind: 'dictionary', name: 'team', negated, test: some(values.map(teamTest)) };
    case 'target':
      return { kind: 'dictionary', name: 'target', negated, test: some(values.map(targetTest)) };
    case 'target_type':
      return { kind: 'dictionary', name: 'target', negated, test: some(values.map(typeTest)) };
    case 'ip':
      return { kind: 'dictionary', name: 'address', negated, test: some(values.map(ipTest)) };
    case 'country': {
      const wanted = new Set(values.map((value) => (value === '' ? null : (countryOfText(value) ?? value))));
      return { kind: 'country', negated, test: (country) => wanted.has(country) };
    }
    case 'agent':
      return { kind: 'dictionary', name: 'agent', negated, test: some(values.map(textTest)) };
    case 'source':
      return { kind: 'dictionary', name: 'source', negated, test: some(values.map(textTest)) };
    case 'tag': {
      const folded = values.filter((value) => value !== '').map((value) => globTest(fold(value)));
      return { kind: 'tag', negated, none: values.includes(''), test: some(folded) };
    }
    case 'is':
      return { kind: 'pin', negated };
    case 'has':
      return { kind: 'note', negated };
    case 'hours':
      return { kind: 'hours', negated, open: values.map((value) => value === 'office') };
    case 'received':
      // Of several instants the earliest says it all.
      return { kind: 'received', negated, sinceMs: Math.min(...values.map((value) => Date.parse(value))) };
    case 'text':
    case 'word': {
      const needles = values.map(fold);
      // Folded away to nothing (an accent alone), a text is part of every entry, of those without any text as well.
      if (needles.includes('')) return { kind: 'dictionary', name: 'action', negated, test: () => true };
      return { kind: 'text', negated, needles };
    }
  }
}

function some<T>(tests: readonly ((tuple: T) => boolean)[]): (tuple: T) => boolean {
  return (tuple) => tests.some((test) => test(tuple));
}

function exactTest(value: string): (text: string) => boolean {
  return globTest(value);
}

// Ids are compared exactly, names and e-mails as people write them: without regard to case and accents.
function partsTest(value: string): (id: string | null, names: readonly (string | null)[]) => boolean {
  const exact = globTest(value);
  const folded = globTest(fold(value));
  return (id, names) => (id !== null && exact(id)) || names.some((name) => name !== null && folded(fold(name)));
}

function actorTest(value: string): (actor: Actor | null) => boolean {
  if (value === '') return (actor) => actor === null;
  const test = partsTest(value);
  return (actor) => actor !== null && test(actor.id, [actor.email, actor.name]);
}

function teamTest(value: string): (team: Team | null) => boolean {
  if (value === '') return (team) => team === null;
  const test = partsTest(value);
  return (team) => team !== null && test(team.id, [team.name]);
}

function targetTest(value: string): (target: Target | null) => boolean {
  if (value === '') return (target) => target === null;
  const test = partsTest(value);
  return (target) => target !== null && test(target.id, [target.name]);
}

function typeTest(value: string): (target: Target | null) => boolean {
  if (value === '') return (target) => (target?.type ?? null) === null;
  const test = globTest(value);
  return (target) => target?.type != null && test(target.type);
}

// A whole text as people write it: without regard to case and accents.
function textTest(value: string): (text: string | null) => boolean {
  if (value === '') return (text) => text === null;
  const test = globTest(fold(value));
  return (text) => text !== null && test(fold(text));
}

function ipTest(value: string): (address: string | null) => boolean {
  if (value === '') return (address) => address === null;
  const test = addressTest(value);
  return (address) => address !== null && test(address);
}
