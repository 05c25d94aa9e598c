import { SEVERITIES, type Severity } from '../../../shared/finding.ts';
import { STATUSES } from '../../../shared/triage.ts';

/** What can be asked for of a list: where a finding stands, or all of it. Suppressed ones stand apart. */
export const STANDINGS = [...STATUSES, 'suppressed', 'all'] as const;
export type Standing = (typeof STANDINGS)[number];
export const ARRANGEMENTS = ['happening', 'severity'] as const;
export type Arrangement = (typeof ARRANGEMENTS)[number];

/** What of the screen is in the address. What is left out is the usual: open findings, all severities, by happening. */
export type FindingsSearch = {
  /** The finding that is looked at. */
  readonly f?: string;
  /** Words in its title, sentence, subject or id. */
  readonly q?: string;
  readonly state?: Exclude<Standing, 'open'>;
  readonly sev?: readonly Severity[];
  readonly rule?: string;
  readonly who?: string;
  readonly by?: Exclude<Arrangement, 'happening'>;
};

export const STANDING_WORDS: Readonly<Record<Standing, string>> = {
  open: 'Open',
  benign: 'False alarm',
  accepted: 'Expected',
  postponed: 'Later',
  escalated: 'Confirmed',
  suppressed: 'Suppressed',
  all: 'All',
};

/** Reads the address; values that make no sense are dropped, one by one. */
export function parseFindingsSearch(search: Record<string, unknown>): FindingsSearch {
  const severities = Array.isArray(search.sev)
    ? SEVERITIES.filter((one) => (search.sev as unknown[]).includes(one))
    : [];
  return {
    ...text(search, 'f'),
    ...text(search, 'q'),
    ...text(search, 'rule'),
    ...text(search, 'who'),
    ...(isStanding(search.state) && search.state !== 'open' ? { state: search.state } : {}),
    ...(severities.length > 0 ? { sev: severities } : {}),
    ...(search.by === 'severity' ? { by: search.by } : {}),
  };
}

function isStanding(value: unknown): value is Standing {
  return STANDINGS.some((one) => one === value);
}

// A text of digits only comes back from the address as a number.
function text<K extends string>(search: Record<string, unknown>, name: K): { [N in K]?: string } {
  const value = search[name];
  const given = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  return given === '' ? {} : ({ [name]: given } as { [N in K]?: string });
}
