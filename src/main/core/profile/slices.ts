import { describeAction } from '../../../shared/action.ts';
import { countryName, countryOfAddress } from '../../../shared/country.ts';
import { type Entity, entityOfActor, entityOfAddress, entityOfTarget, entityOfTeam } from '../../../shared/entity.ts';
import { exactly } from '../../../shared/filter/exactly.ts';
import type { Term } from '../../../shared/filter/filter.ts';
import type { ProfileItem, ProfileSlice, SliceName } from '../../../shared/profile-contract.ts';
import type { Survey, Tally } from '../archive/reader.ts';
import type { Places } from '../geo/places.ts';
import { compileFilter, type DictionaryName, type Tuples } from '../search/compile.ts';

/** So many of the most frequent values are listed, and so many of the newest. */
const FREQUENT = 24;
const NEWEST = 8;
/** Values that are one together (a network's addresses) are a filter only as long as somebody can still read it. */
const MOST_TERMS = 100;
/** Comparisons that a list of alternatives may cost. */
const MOST_TESTS = 100_000;
/** A page is asked for by a value; nobody's id is this long. */
const LONGEST_VALUE = 20_000;

type Named = Pick<ProfileItem, 'value' | 'label'> & Partial<Pick<ProfileItem, 'detail' | 'place' | 'entity'>>;

/** How one column is taken apart: into which values, and which terms leave the entries of a value. */
type Reading<N extends DictionaryName> = {
  readonly column: N;
  /** The group a tuple belongs to. */
  keyOf(tuple: Tuples[N], places: Places): string | null;
  named(tuple: Tuples[N], places: Places): Named;
  /** A single term a group, or one for each of the group's tuples; null where no filter tells it. */
  termOf(tuple: Tuples[N], places: Places): Term | null;
};

const READINGS: { readonly [S in SliceName]: Reading<never> } = {
  category: reading('action', {
    keyOf: (action) => describeAction(action).category,
    named: (action) => plain(describeAction(action).category),
    termOf: (action) => exactly('category', describeAction(action).category),
  }),
  action: reading('action', {
    keyOf: (action) => action || null,
    named: (action) => plain(action || null),
    termOf: (action) => exactly('action', action),
  }),
  person: reading('actor', {
    keyOf: (actor) => actor?.id ?? actor?.email ?? actor?.name ?? null,
    named: (actor) => {
      const value = actor?.id ?? actor?.email ?? actor?.name ?? null;
      return {
        value,
        label: actor?.name ?? actor?.email ?? value ?? '',
        detail: actor?.email ?? null,
        entity: entityOfActor(actor),
      };
    },
    termOf: (actor) => exactly('actor', actor?.id ?? actor?.email ?? actor?.name ?? null),
  }),
  type: reading('target', {
    keyOf: (target) => target?.type ?? null,
    named: (target) => plain(target?.type ?? null),
    termOf: (target) => exactly('target_type', target?.type ?? null),
  }),
  target: reading('target', {
    keyOf: (target) => target?.id ?? target?.name ?? null,
    named: (target) => {
      const value = target?.id ?? target?.name ?? null;
      return {
        value,
        label: target?.name ?? value ?? '',
        detail: target?.type ?? null,
        entity: entityOfTarget(target),
      };
    },
    termOf: (target) => targetTerm(target),
  }),
  team: reading('team', {
    keyOf: (team) => team?.id ?? team?.name ?? null,
    named: (team) => {
      const value = team?.id ?? team?.name ?? null;
      return { value, label: team?.name ?? value ?? '', entity: entityOfTeam(team) };
    },
    termOf: (team) => exactly('team', team?.id ?? team?.name ?? null),
  }),
  address: reading('address', {
    keyOf: (address) => address,
    named: (address, places) => {
      const { country, network } = places.of(address);
      return {
        ...plain(address),
        place: { country, network: network?.name ?? null },
        entity: entityOfAddress(address),
      };
    },
    termOf: (address) => exactly('ip', address),
  }),
  country: reading('address', {
    keyOf: countryAt,
    named: (address, places) => {
      const country = countryAt(address, places);
      return { value: country, label: country === null ? '' : countryName(country) };
    },
    termOf: (address, places) => exactly('country', countryAt(address, places)),
  }),
  network: reading('address', {
    keyOf: (address, places) => {
      const { network } = places.of(address);
      return network === null ? null : String(network.number);
    },
    named: (address, places) => {
      const { network } = places.of(address);
      return network === null
        ? plain(null)
        : { value: `AS${network.number}`, label: network.name, detail: `AS${network.number}` };
    },
    termOf: (address) => exactly('ip', address),
  }),
  agent: reading('agent', {
    keyOf: (agent) => agent,
    named: (agent) => plain(agent),
    termOf: (agent) => exactly('agent', agent),
  }),
};

// The column of a reading is known where it is written; the table of all of them is not told apart by it.
function reading<N extends DictionaryName>(column: N, parts: Omit<Reading<N>, 'column'>): Reading<never> {
  return { column, ...parts } as unknown as Reading<never>;
}

function plain(value: string | null): Named {
  return { value, label: value ?? '' };
}

// A target with a type and nothing else cannot be asked for.
function targetTerm(target: Tuples['target']): Term | null {
  const value = target?.id ?? target?.name ?? null;
  return target !== null && value === null ? null : exactly('target', value);
}

/** What the entries of a survey have of one thing, each count that of the filter it stands for. */
export function sliceOf(survey: Survey, by: SliceName, places: Places): ProfileSlice {
  const { column, keyOf, named, termOf } = READINGS[by] as unknown as Reading<'agent'>;
  const tallies = survey.tallies[column];
  const groups = new Map<string | null, Tally<string | null>[]>();
  for (const tally of tallies) {
    const key = keyOf(tally.value, places);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [tally]);
    else group.push(tally);
  }
  const listed = chosen([...groups.values()]);
  const covered = new Set<Tally<string | null>>();
  const items = listed.map((group): ProfileItem => {
    const newest = group.reduce((a, b) => (b.last > a.last ? b : a));
    const terms = termsOf(
      group.map((one) => termOf(one.value, places)),
      tallies.length,
    );
    const those = terms === null ? group : tallies.filter(testOf(terms, places));
    for (const one of those) covered.add(one);
    const { value, label, detail = null, place = null, entity = null } = named(newest.value, places);
    return { value, label, detail, place, entity: short(entity), terms, ...sumOf(those) };
  });
  items.sort((a, b) => b.count - a.count || (a.label < b.label ? -1 : 1));
  const rest = tallies.filter((one) => !covered.has(one));
  return {
    by,
    items,
    rest: {
      values: new Set(rest.map((one) => keyOf(one.value, places))).size,
      count: rest.reduce((sum, one) => sum + one.count, 0),
      terms: negated(items),
    },
  };
}

function chosen(groups: Tally<string | null>[][]): Tally<string | null>[][] {
  const sized = groups.map((group) => ({ group, ...sumOf(group) }));
  const frequent = sized.toSorted((a, b) => b.count - a.count).slice(0, FREQUENT);
  const newest = sized.toSorted((a, b) => b.last - a.last).slice(0, NEWEST);
  return [...new Set([...frequent, ...newest].map(({ group }) => group))];
}

function sumOf(tallies: readonly Tally<unknown>[]): { count: number; first: number; last: number } {
  let [count, first, last] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const one of tallies) {
    count += one.count;
    if (one.first < first) first = one.first;
    if (one.last > last) last = one.last;
  }
  return { count, first, last };
}

function termsOf(all: readonly (Term | null)[], tallies: number): readonly Term[] | null {
  const terms = new Map<string, Term>();
  for (const term of all) {
    if (term === null) return null;
    terms.set(`${term.field} ${term.value}`, term);
    if (terms.size > MOST_TERMS || terms.size * tallies > Math.max(MOST_TESTS, tallies)) return null;
  }
  return [...terms.values()];
}

function testOf(terms: readonly Term[], places: Places): (tally: Tally<string | null>) => boolean {
  const [condition] = compileFilter({ terms });
  if (condition?.kind === 'country') return ({ value }) => condition.test(countryAt(value, places));
  if (condition?.kind !== 'dictionary') return () => false;
  const test = condition.test as (value: unknown) => boolean;
  return ({ value }) => test(value);
}

function countryAt(address: string | null, places: Places): string | null {
  return address === null ? null : countryOfAddress(address, places.of(address).country);
}

function negated(items: readonly ProfileItem[]): readonly Term[] | null {
  const all = items.flatMap((item) => item.terms ?? []);
  if (items.some((item) => item.terms === null) || all.length > MOST_TERMS) return null;
  return all.map((term) => ({ ...term, negated: true }));
}

function short(entity: Entity | null): Entity | null {
  return entity !== null && entity.value.length <= LONGEST_VALUE ? entity : null;
}
