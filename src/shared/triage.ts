import type { Finding } from './finding.ts';

/**
 * What a person can say of a finding. `postponed` puts it off until a date, `filed` puts it into the case that the reason
 * names and leaves it as open as it was, `noted` changes nothing, `undone` takes back the last word that did, `reopened`
 * says that it is open again. Every word is a line of a history that only grows.
 */
export const VERDICTS = [
  'benign',
  'accepted',
  'postponed',
  'escalated',
  'reopened',
  'filed',
  'noted',
  'undone',
] as const;
export type Verdict = (typeof VERDICTS)[number];

/** One line of a finding's history. Instants are milliseconds UTC. */
export type Decision = {
  readonly seq: number;
  /** The finding's id when it was decided. */
  readonly finding: string;
  readonly verdict: Verdict;
  readonly reason: string;
  readonly by: string;
  readonly at: number;
  /** Until when a risk is accepted or a finding put off; null for every other verdict. */
  readonly expires: number | null;
  /** How much of the finding was known then: its entries, and the instant of the last. */
  readonly entries: number;
  readonly last: number;
};

export const STATUSES = ['open', 'benign', 'accepted', 'postponed', 'escalated'] as const;
export type Status = (typeof STATUSES)[number];

/**
 * Where a finding stands. A finding that grew after it was called benign, accepted or put off is open `again`, and so is
 * one whose acceptance or delay is over; one that was escalated and grew stays escalated and says so.
 */
export type FindingState = {
  readonly status: Status;
  readonly again: 'grown' | 'expired' | null;
  /** The decision in force, or the one that no longer is where `again` says why. */
  readonly decision: Decision | null;
  /** The name of the case it was put into last. */
  readonly caseName: string | null;
  /** Id of the suppression that covers all of it. Such a finding is counted, and not shown unless asked for. */
  readonly suppression: string | null;
  /** Every line about it, oldest first. */
  readonly history: readonly Decision[];
};

export type TriagedFinding = Finding & { readonly state: FindingState };

/** A finding that waits for somebody: neither decided nor suppressed. */
export function isOpen({ state }: TriagedFinding): boolean {
  return state.status === 'open' && state.suppression === null;
}

/** What a suppression is about: a rule, and within it whatever else is named. `address` is an address or a network. */
export type SuppressionScope = {
  readonly rule: string;
  readonly actor: string | null;
  readonly address: string | null;
  readonly target: string | null;
};

/** A promise not to be told of something until a date. What happened until then stays suppressed, and counted. */
export type Suppression = SuppressionScope & {
  readonly id: string;
  readonly owner: string;
  readonly reason: string;
  readonly at: number;
  readonly until: number;
  /** Ended before its time; `void` where it covers nothing any more, not even what happened before. */
  readonly ended: { readonly at: number; readonly by: string; readonly reason: string; readonly void: boolean } | null;
};

/** An address or network that is the organisation's own way out: what comes from there says nothing of where one is. */
export type TrustedNetwork = {
  readonly network: string;
  readonly reason: string;
  readonly by: string;
  readonly at: number;
};

/** A country (ISO 3166, two letters) in which people of the organisation are expected to be. */
export type TrustedCountry = {
  readonly country: string;
  readonly reason: string;
  readonly by: string;
  readonly at: number;
};

/** A rule that was turned off or on, by whom and why. */
export type RuleSwitch = {
  readonly rule: string;
  readonly enabled: boolean;
  readonly reason: string;
  readonly by: string;
  readonly at: number;
};
