import type { Meaning } from '../../../../shared/action.ts';
import { PRIVILEGED_FAMILIES } from '../../../../shared/privileged.ts';
import type { Ground } from './ground.ts';
import type { Life } from './life.ts';
import type { Reason } from './question.ts';
import type { Census, Sight } from './sight.ts';

/** What is known of an incident at a moment: ids of the ground, each with the step in which it was found. */
export type Known = {
  readonly accounts: Map<number, number>;
  /** Accounts and tokens that the intruder made: whatever they do is the intruder's. */
  readonly born: Set<number>;
  readonly addresses: Map<number, number>;
  readonly agents: Map<number, number>;
  /** Things that the intruder made. */
  readonly made: Map<number, number>;
};

/** From where it starts: ids of the ground. Ranges are milliseconds UTC, both ends included. */
export type Start = {
  readonly anchors: ReadonlySet<number>;
  /** Anchors that a person accepted one by one. */
  readonly certain: ReadonlySet<number>;
  readonly accounts: ReadonlyMap<number, readonly Range[]>;
  readonly addresses: ReadonlySet<number>;
  /** Addresses that a person put into the scope whoever else is behind them. */
  readonly insisted: ReadonlySet<number>;
  readonly agents: ReadonlySet<number>;
  readonly made: ReadonlySet<number>;
  readonly spans: readonly Range[];
  readonly rejected: {
    readonly keys: ReadonlySet<number>;
    readonly accounts: ReadonlySet<number>;
    readonly addresses: ReadonlySet<number>;
    readonly networks: ReadonlySet<number>;
    readonly agents: ReadonlySet<number>;
    readonly things: ReadonlySet<number>;
  };
};
export type Range = { readonly from: number; readonly to: number };

export type Found = {
  readonly sight: Sight;
  readonly score: number;
  readonly reasons: readonly Reason[];
  readonly step: number;
};

export type Expansion = {
  readonly known: Known;
  readonly found: ReadonlyMap<number, Found>;
  readonly census: Census;
  readonly lives: ReadonlyMap<number, Life>;
  /** Entries of accounts, addresses and things in scope, whether or not they are in it. */
  readonly seen: readonly Sight[];
  /** How much was known when they were looked for. */
  readonly size: number;
};

/** What somebody does about an incident, and no intruder to himself. */
export const REMEDIAL: ReadonlySet<Meaning | null> = new Set<Meaning>([
  'member_removed',
  'account_suspended',
  'token_revoked',
  'sessions_revoked',
  'two_factor_enabled',
  'account_locked',
]);

/** Somebody else ending what an account in scope, or the intruder, had. */
export function isRemedy(ground: Ground, one: Sight, victims: ReadonlyMap<number, unknown>): boolean {
  const about = ground.accountOfTarget[one.target] ?? 0;
  return REMEDIAL.has(ground.meanings[one.action] ?? null) && !victims.has(one.account) && about !== one.account;
}

export function isPrivileged(ground: Ground, one: Sight): boolean {
  const meaning = ground.meanings[one.action] ?? null;
  return meaning !== null && PRIVILEGED_FAMILIES[meaning] !== undefined;
}
