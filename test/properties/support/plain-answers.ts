import type { Bucket, BucketSize } from '../../../src/main/core/archive/reader.ts';
import { describeAction } from '../../../src/shared/action.ts';
import type { FacetField } from '../../../src/shared/facet.ts';
import { bucketName, bucketStart } from './calendar.ts';
import { countryOf, part, scalar } from './plain-loop.ts';

// What a plain loop answers over the entries a filter left, from the JSON as sent.

type Wire = Readonly<Record<string, unknown>>;

/** The field whose terms a facet leaves out of the filter when it ignores its own. */
export const OWN_FIELD: Readonly<Record<FacetField, string>> = {
  action: 'action',
  category: 'category',
  actor: 'actor',
  team: 'team',
  target: 'target',
  target_type: 'target_type',
  ip: 'ip',
  country: 'country',
  source: 'source',
};

/** How many entries have each value of a field. */
export function facetOf(
  wires: readonly Wire[],
  field: FacetField,
  sourceOf: (wire: Wire) => string,
): Map<string | null, number> {
  return tally(wires.map((wire) => (field === 'source' ? sourceOf(wire) : facetValue(wire, field))));
}

function facetValue(wire: Wire, field: Exclude<FacetField, 'source'>): string | null {
  switch (field) {
    case 'action':
      return scalar(wire.action);
    case 'category':
      return categoryOf(wire);
    case 'actor': {
      const { id, name, email } = part(wire.actor, ['id', 'name', 'email']);
      return email ?? id ?? name;
    }
    case 'team': {
      const { team_id, team_name } = part(wire.context, ['team_id', 'team_name']);
      return team_id ?? team_name;
    }
    case 'target': {
      const { id, name } = part(wire.target, ['id', 'name']);
      return name ?? id;
    }
    case 'target_type':
      return part(wire.target, ['type']).type;
    case 'ip':
      return part(wire.context, ['ip_address']).ip_address;
    case 'country':
      return countryOf(part(wire.context, ['ip_address']).ip_address);
  }
}

/** The bars of a histogram, oldest first, with the categories of each in the order of their names. */
export function histogramOf(wires: readonly Wire[], by: BucketSize, zone: string): Bucket[] {
  const bars = new Map<string, { start: number; categories: string[] }>();
  for (const wire of wires) {
    const ms = Date.parse(String(wire.timestamp));
    const name = bucketName(ms, by, zone);
    const bar = bars.get(name) ?? { start: bucketStart(ms, by, zone), categories: [] };
    bar.categories.push(categoryOf(wire));
    bars.set(name, bar);
  }
  return [...bars.values()]
    .sort((a, b) => a.start - b.start)
    .map(({ start, categories }) => ({
      start,
      count: categories.length,
      byCategory: Object.fromEntries([...tally(categories)].sort()),
    }));
}

function categoryOf(wire: Wire): string {
  return describeAction(scalar(wire.action) ?? '').category;
}

function tally<T>(values: readonly T[]): Map<T, number> {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
