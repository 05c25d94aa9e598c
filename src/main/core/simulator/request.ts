import { isDay } from '../../../shared/instant.ts';

/** What is asked of the audit-log endpoint. Dates are UTC days, both included. */
export type LogQuery = {
  readonly from: string | null;
  readonly to: string | null;
  readonly action: string | null;
  readonly actorId: string | null;
  readonly page: number;
  readonly perPage: number;
};

/** Parameters that were refused, in the words of the product's framework. */
export type Refused = { readonly message: string; readonly errors: Readonly<Record<string, readonly string[]>> };

export const DEFAULT_PER_PAGE = 25;

/** Reads the query string. More than `perPageMax` entries a page is no error: the server silently returns fewer. */
export function readQuery(params: URLSearchParams, perPageMax: number): LogQuery | Refused {
  const errors: Record<string, string[]> = {};
  const text = (name: string) => params.get(name)?.trim() || null;
  const refuse = (name: string, what: string) => {
    errors[name] = [...(errors[name] ?? []), `The ${name.replace('_', ' ')} field must ${what}.`];
  };
  const date = (name: string) => {
    const value = text(name);
    if (value !== null && !isDay(value)) refuse(name, 'match the format Y-m-d');
    return value;
  };
  const count = (name: string, otherwise: number) => {
    const value = text(name) ?? String(otherwise);
    if (!/^\d{1,9}$/.test(value)) refuse(name, 'be an integer');
    else if (Number(value) < 1) refuse(name, 'be at least 1');
    return Number(value);
  };
  const from = date('from');
  const to = date('to');
  const query = {
    from,
    to,
    action: text('action'),
    actorId: text('actor_id'),
    page: count('page', 1),
    perPage: Math.min(perPageMax, count('per_page', DEFAULT_PER_PAGE)),
  };
  if (from !== null && to !== null && !errors.from && !errors.to && to < from) {
    refuse('to', 'be a date after or equal to from');
  }
  const all = Object.values(errors).flat();
  if (all.length === 0) return query;
  const rest = all.length - 1;
  const more = rest === 0 ? '' : ` (and ${rest} more error${rest === 1 ? '' : 's'})`;
  return { message: `${all[0]}${more}`, errors };
}
