import type { Filter, Term } from './filter.ts';

/** Prints a filter as the text that parses to it. */
export function printQuery(filter: Filter): string {
  const parts: string[] = [];
  if (filter.last !== undefined) parts.push(`last:${filter.last}`);
  if (filter.from !== undefined) parts.push(`from:${quoteIfNeeded(filter.from)}`);
  if (filter.to !== undefined) parts.push(`to:${quoteIfNeeded(filter.to)}`);
  for (const term of filter.terms) parts.push(printTerm(term));
  return parts.join(' ');
}

/** One term as the query language writes it. */
export function printTerm(term: Term): string {
  const sign = term.negated ? '-' : '';
  if (term.field === 'word') return `${sign}${isPlainWord(term.value) ? term.value : quote(term.value)}`;
  return `${sign}${term.field}:${quoteIfNeeded(term.value)}`;
}

function isPlainWord(value: string): boolean {
  return value !== '' && !/\s|^["-]|^[a-z_]+:/iu.test(value) && !/^(OR|AND|NOT)$/.test(value);
}

function quoteIfNeeded(value: string): string {
  return value === '' || /\s|^"/u.test(value) ? quote(value) : value;
}

function quote(value: string): string {
  return `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
