/**
 * The fields a filter can name. `word` is free text typed bare or in quotes; `text` is the same as a field. `tag`, `is` and
 * `has` ask what reviewers put beside an entry, `received` when it reached the archive, `hours` whether an office was at
 * work when it happened.
 */
export const FIELDS = [
  'action',
  'actor',
  'category',
  'team',
  'target',
  'target_type',
  'ip',
  'country',
  'agent',
  'source',
  'tag',
  'is',
  'has',
  'received',
  'hours',
  'text',
  'word',
] as const;
export type FilterField = (typeof FIELDS)[number];

/**
 * One condition. `value` is what the person wrote, unescaped; in action, actor, team, target, target type, agent, source and tag
 * an unescaped `*` stands for anything. A country is kept by its code. An empty value means "has none". `*` written
 * literally is kept as `\*`. The value of `received` is a `Bound`: the entry arrived then or later.
 */
export type Term = { readonly field: FilterField; readonly value: string; readonly negated: boolean };

/**
 * A date limit: a calendar date (`2026-01-31`), a local date-time (`2026-01-31T14:00`), both read in the zone of the
 * query, or an instant with an offset. Both limits are inclusive.
 */
export type Bound = string;

/** How far back from now, in place of `from` and `to`: `24h`, `7d`, `30d`, `90d` or any `<n>h`, `<n>d`. */
export type Last = string;

/**
 * What is asked of the archive: the one query object behind table, count, facets, histogram, export and report.
 * Positive terms of one field are alternatives, fields and `word`s must all hold, a negated term must not hold.
 */
export type Filter = {
  readonly terms: readonly Term[];
  readonly from?: Bound;
  readonly to?: Bound;
  readonly last?: Last;
};

export const EVERYTHING: Filter = { terms: [] };

/** What `is:` and `has:` can say. */
export const IS_VALUES = ['pinned'] as const;
export const HAS_VALUES = ['note'] as const;
/** What `hours:` can say: some office was at work then, or none was. */
export const HOURS_VALUES = ['office', 'off'] as const;

const MARK_FIELDS: ReadonlySet<FilterField> = new Set(['tag', 'is', 'has']);

/** Whether an answer depends on what reviewers put beside entries, which changes without the log changing. */
export function namesMarks(filter: Filter): boolean {
  return filter.terms.some((term) => MARK_FIELDS.has(term.field));
}

/** Whether an answer depends on office hours, which can be set otherwise without the log changing. */
export function namesHours(filter: Filter): boolean {
  return filter.terms.some((term) => term.field === 'hours');
}
