import type { FilterField, Term } from './filter.ts';
import { escapeStars } from './glob.ts';

const WITH_WILDCARDS: ReadonlySet<FilterField> = new Set([
  'action',
  'actor',
  'team',
  'target',
  'target_type',
  'agent',
  'source',
  'tag',
]);

/** A term that means exactly this value; null means "has none". */
export function exactly(field: FilterField, value: string | null, negated = false): Term {
  const text = value ?? '';
  return { field, value: WITH_WILDCARDS.has(field) ? escapeStars(text) : text, negated };
}
