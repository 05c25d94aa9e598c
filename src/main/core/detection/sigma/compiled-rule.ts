import type { RuleInfo } from '../../../../shared/finding.ts';
import type { Subject } from '../subject.ts';
import type { Verdict } from './condition.ts';
import type { RuleDocument } from './rule-file.ts';

/** What every rule has. */
export type Common = {
  readonly info: RuleInfo;
  readonly document: RuleDocument;
  readonly why: string | null;
  readonly uuid: string | null;
  readonly hidden: boolean;
  readonly novelty: boolean;
  readonly node: unknown;
};

/** A rule over single entries, compiled. */
export type EntryRule = Common & {
  readonly kind: 'entry';
  /** Whether an entry of this action can match; null where it depends on more than the action. */
  onAction(action: string): Verdict;
  /** Whether anything of the entry beyond its row is needed to decide, for this action. */
  needsMetadata(action: string): boolean;
  matches(subject: Subject): boolean;
};

export const CORRELATIONS = ['event_count', 'value_count', 'temporal', 'temporal_ordered'] as const;

/** A Sigma correlation: how matches of other rules lie together in time. */
export type CorrelationRule = Common & {
  readonly kind: 'correlation';
  readonly type: (typeof CORRELATIONS)[number];
  readonly of: readonly string[];
  readonly groupBy: readonly string[];
  /** For an alias: the field to read in the matches of each rule. */
  readonly aliases: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly timespanMs: number;
  readonly condition: { readonly field: string | null; holds(count: number): boolean } | null;
};

export type CompiledRule = EntryRule | CorrelationRule;
