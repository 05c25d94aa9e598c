import { type Entity, LONGEST_VALUE } from '../../../shared/entity.ts';
import type { Term } from '../../../shared/filter/filter.ts';
import type { ProfileItem, ProfileSlice, SliceName } from '../../../shared/profile-contract.ts';
import type { Survey, Tally } from '../archive/reader.ts';
import type { Places } from '../geo/places.ts';
import { compileFilter } from '../search/compile.ts';
import { READINGS, type Reading } from './slice-readings.ts';

/** So many of the most frequent values are listed, and so many of the newest. */
const FREQUENT = 24;
const NEWEST = 8;
/** Values that are one together (a network's addresses) are a filter only as long as somebody can still read it. */
const MOST_TERMS = 100;
/** Comparisons that a list of alternatives may cost. */
const MOST_TESTS = 100_000;

/** What the entries of a survey have of one thing, each count that of the filter it stands for. */
export function sliceOf(survey: Survey, by: SliceName, places: Places): ProfileSlice {
  const { column, whole, keyOf, named, termOf } = READINGS[by] as unknown as Reading<'agent'>;
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
    const those = whole || terms === null ? group : tallies.filter(testOf(terms));
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

function testOf(terms: readonly Term[]): (tally: Tally<string | null>) => boolean {
  const [condition] = compileFilter({ terms });
  if (condition?.kind !== 'dictionary') return () => false;
  const test = condition.test as (value: unknown) => boolean;
  return ({ value }) => test(value);
}

function negated(items: readonly ProfileItem[]): readonly Term[] | null {
  const all = items.flatMap((item) => item.terms ?? []);
  if (items.some((item) => item.terms === null) || all.length > MOST_TERMS) return null;
  return all.map((term) => ({ ...term, negated: true }));
}

function short(entity: Entity | null): Entity | null {
  return entity !== null && entity.value.length <= LONGEST_VALUE ? entity : null;
}
