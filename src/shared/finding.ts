export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** 0 is the gravest. */
export function rank(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}

/** ATT&CK technique with the version of ATT&CK it was named in. */
export type Technique = { readonly id: string; readonly name: string; readonly attackVersion: string };

/** What a rule says of itself. */
export type RuleInfo = {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly severity: Severity;
  readonly technique: Technique | null;
  readonly controls: readonly string[];
  readonly enabled: boolean;
  readonly version: number;
  /** When this is no attack, and what to do first. */
  readonly falsePositives?: readonly string[];
  readonly runbook?: string;
};

/** A figure behind a signal, in words a reviewer reads: "earlier entries between 22:00 and 07:00", "0 of 214". */
export type Figure = { readonly name: string; readonly value: string };

/**
 * Where an address is: country by ISO 3166 (two letters), and the network's number and name. Null is unknown, which is
 * neither safe nor alarming.
 */
export type Place = {
  readonly country: string | null;
  readonly network: { readonly number: number; readonly name: string } | null;
};

/** What one rule noticed of a happening that several noticed. */
export type Signal = {
  readonly rule: string;
  readonly title: string;
  readonly severity: Severity;
  readonly why: string;
  /** Something merely new or unusual, which counts only beside something that matters. */
  readonly novelty?: boolean | undefined;
  /** The raw figures behind it: what was counted, and what it was compared with ("0 of 214"). */
  readonly figures?: readonly Figure[] | undefined;
};

/** One happening a rule noticed. `why` is one plain sentence with the numbers; `entryIds` in order of time. */
export type Finding = {
  readonly id: string;
  readonly rule: string;
  readonly title: string;
  readonly severity: Severity;
  readonly technique: Technique | null;
  readonly controls: readonly string[];
  readonly actor: string | null;
  readonly address: string | null;
  readonly entryIds: readonly string[];
  readonly entryKeys: readonly number[];
  /** First and last instant, milliseconds UTC. */
  readonly first: number;
  readonly last: number;
  readonly why: string;
  /** Every rule's part in it, gravest first; the finding's own rule is among them. */
  readonly signals?: readonly Signal[] | undefined;
  /** What speaks against it, a sentence each. */
  readonly against?: readonly string[] | undefined;
  /** Where its address is. */
  readonly place?: Place | null | undefined;
};
