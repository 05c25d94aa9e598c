import type { Phase, ScopeKind, ScopeState } from '../../../../shared/case.ts';
import type { CaseScope, Seed } from '../../../../shared/case-schema.ts';

/** What people said of things (by `thingKey`) and of entries (by their keys); it goes before what is computed. */
export type ScopeDecisions = {
  readonly things: ReadonlyMap<string, 'accepted' | 'rejected'>;
  readonly entries: ReadonlyMap<number, 'accepted' | 'rejected'>;
};

/** What a scope is computed from. */
export type ScopeQuestion = {
  readonly seeds: readonly Seed[];
  /**
   * Keys of entries that are known to belong to the incident: those of the findings, and what is in the timeline except
   * events of the phases containment and recovery.
   */
  readonly anchors: readonly number[];
  readonly decisions: ScopeDecisions;
  /** How far from the seeds; null goes on until nothing more is found. */
  readonly steps: number | null;
};

/** Why an entry is in scope, the strongest first. Each is a sentence of `REASONS`. */
export type Reason =
  | 'anchor'
  | 'accepted'
  | 'address'
  | 'born'
  | 'device'
  | 'network'
  | 'strange'
  | 'twice'
  | 'guess'
  | 'about'
  | 'made'
  | 'session'
  | 'beside'
  | 'span'
  | 'answer';

/** An entry in scope. `answer`: somebody's remedy, and not the intruder's doing. */
export type Member = {
  readonly key: number;
  readonly ts: number;
  readonly score: number;
  readonly reasons: readonly Reason[];
  readonly step: number;
  readonly state: ScopeState;
  readonly answer: boolean;
  readonly phase: Phase | null;
  readonly technique: string | null;
};

/** A computed scope: what crosses to the window, and its entries oldest first. Rejected entries are listed and not counted. */
export type Scope = { readonly scope: CaseScope; readonly members: readonly Member[] };

/** The name under which a decision about a thing is kept. */
export function thingKey(kind: ScopeKind, value: string): string {
  return `${kind} ${value}`;
}

export const NO_DECISIONS: ScopeDecisions = { things: new Map(), entries: new Map() };
