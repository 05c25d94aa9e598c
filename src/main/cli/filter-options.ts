import type { Command } from 'commander';
import { fail, ok, type Result } from '../../shared/errors.ts';
import type { Filter, FilterField, Term } from '../../shared/filter/filter.ts';
import { checkValue, keptValue, parseQuery } from '../../shared/filter/parse.ts';
import { isBound, isLast } from '../../shared/filter/range.ts';

const FIELD_FLAGS = [
  'actor',
  'action',
  'category',
  'team',
  'target',
  'ip',
  'country',
  'source',
  'text',
] as const satisfies readonly FilterField[];

/** Filter flags as commander hands them over. */
export type FilterOptions = {
  readonly from?: string;
  readonly to?: string;
  readonly last?: string;
} & { readonly [F in (typeof FIELD_FLAGS)[number]]?: readonly string[] };

const FLAGS: readonly (readonly [field: (typeof FIELD_FLAGS)[number], value: string, help: string])[] = [
  ['actor', '<id-or-email>', 'who acted: id, e-mail or name'],
  ['action', '<action>', 'exact, or with * (tunnel.*)'],
  ['category', '<category>', 'authentication, tunnel, team, billing, security, other'],
  ['team', '<team>', 'team name or id'],
  ['target', '<target>', 'id, name or e-mail'],
  ['ip', '<address>', 'address or network (203.0.113.0/24)'],
  ['country', '<country>', 'country of the address: code or English name, private, unknown'],
  ['source', '<source>', 'where it was fetched or imported from: host or file'],
  ['text', '<words>', 'text in any part, ignoring case and accents'],
];

const collect = (value: string, earlier: readonly string[] = []): readonly string[] => [...earlier, value];

/** Adds the filter flags; each may be repeated: alternatives within one, all of them together. */
export function withFilterOptions(command: Command): Command {
  command
    .option('--from <date>', 'first day (2026-01-31) or instant, inclusive')
    .option('--to <date>', 'last day or instant, inclusive')
    .option('--last <span>', '24h, 7d, 30d, 90d, up to now');
  for (const [field, value, help] of FLAGS) command.option(`--${field} ${value}`, help, collect);
  return command;
}

/** One filter from the query text and the flags. `bad_input` names the flag or points at the character. */
export function filterFrom(query: string | undefined, options: FilterOptions): Result<Filter> {
  const parsed = parseQuery(query ?? '');
  if (!parsed.ok) {
    const { message, hint, at, length } = parsed.error;
    return fail(
      'bad_input',
      `In the query, character ${at + 1} (${JSON.stringify((query ?? '').slice(at, at + length))}): ${message}`,
      hint,
    );
  }
  const terms: Term[] = [...parsed.value.terms];
  for (const [field] of FLAGS) {
    for (const value of options[field] ?? []) {
      const problem = checkValue(field, value);
      if (problem) return fail('bad_input', `--${field}: ${problem.message}`, problem.hint);
      terms.push({ field, value: keptValue(field, value), negated: false });
    }
  }
  const bounds: { from?: string; to?: string; last?: string } = {};
  for (const side of ['from', 'to', 'last'] as const) {
    const flag = options[side];
    const inQuery = parsed.value[side];
    if (flag !== undefined && inQuery !== undefined) {
      return fail('bad_input', `--${side} and ${side}: in the query both set a limit.`, 'Keep one of the two.');
    }
    if (flag !== undefined && !(side === 'last' ? isLast(flag) : isBound(flag))) {
      return fail(
        'bad_input',
        `--${side} “${flag}” is not understood.`,
        side === 'last' ? 'Write 24h, 7d, 30d or 90d.' : 'Write 2026-01-31 or 2026-01-31T14:00:00Z.',
      );
    }
    const value = flag ?? inQuery;
    if (value !== undefined) bounds[side] = value;
  }
  if (bounds.last !== undefined && (bounds.from !== undefined || bounds.to !== undefined)) {
    return fail('bad_input', '--last cannot stand beside --from or --to.', 'Keep either --last or the two dates.');
  }
  return ok({ terms, ...bounds });
}
