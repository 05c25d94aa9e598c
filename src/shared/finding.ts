export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const;
export type Severity = (typeof SEVERITIES)[number];

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

/** What one rule noticed of a happening that several noticed. */
export type Signal = {
  readonly rule: string;
  readonly title: string;
  readonly severity: Severity;
  readonly why: string;
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
};
