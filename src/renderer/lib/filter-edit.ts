import type { Filter, FilterField, Term } from '../../shared/filter/filter.ts';

export function sameTerm(a: Term, b: Term): boolean {
  return a.field === b.field && a.value === b.value && a.negated === b.negated;
}

export function hasTerm(filter: Filter, term: Term): boolean {
  return filter.terms.some((other) => sameTerm(other, term));
}

export function without(filter: Filter, term: Term): Filter {
  return { ...filter, terms: filter.terms.filter((other) => !sameTerm(other, term)) };
}

/** Adds the term, or takes it away where it stands; the opposite of it goes in either case. */
export function toggled(filter: Filter, term: Term): Filter {
  const opposite = { ...term, negated: !term.negated };
  const rest = without(without(filter, opposite), term);
  return hasTerm(filter, term) ? rest : { ...rest, terms: [...rest.terms, term] };
}

/** The term in place of every other term of its field. */
export function only(filter: Filter, term: Term): Filter {
  return { ...filter, terms: [...filter.terms.filter((other) => other.field !== term.field), term] };
}

/** The filter without any condition that positive terms of a field make: what else could be chosen in that field. */
export function withoutField(filter: Filter, field: FilterField): Filter {
  return { ...filter, terms: filter.terms.filter((term) => term.field !== field) };
}

export type TimeRange = { readonly from?: string; readonly to?: string; readonly last?: string };

export function withRange(filter: Filter, range: TimeRange): Filter {
  return { terms: filter.terms, ...range };
}

/** The texts looked for in any field, for marking them in what is shown. */
export function wordsOf(filter: Filter): readonly string[] {
  return filter.terms
    .filter((term) => !term.negated && (term.field === 'word' || term.field === 'text') && term.value !== '')
    .map((term) => term.value);
}
