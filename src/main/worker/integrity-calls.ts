import type { Head, IntegrityProblem, StampedHead, Verification } from '../../shared/integrity.ts';
import type { Found } from '../core/archive/integrity/problems.ts';
import type { DayShares, SharesFound } from '../core/archive/integrity/verify-shares.ts';
import type { StampDue, StampOutcome } from '../core/stamp/stamp-head.ts';

type Call<I, O> = { readonly input: I; readonly output: O };

/** What a reading thread tells of seals, and what one of its own verifies. */
export type IntegrityCalls = {
  head: Call<Record<never, never>, Head | null>;
  stampedHead: Call<Record<never, never>, StampedHead | null>;
  stampDue: Call<Record<never, never>, StampDue | null>;
  sealedDays: Call<{ readonly from: string; readonly to: string }, readonly string[]>;
  quickCheck: Call<Record<never, never>, readonly IntegrityProblem[]>;
  verify: Call<Record<never, never>, Verification>;
};

/** What the writing thread keeps of it. `at` in milliseconds UTC. */
export type IntegrityWriterCalls = { noteStamp: Call<{ readonly outcome: StampOutcome; readonly at: number }, null> };

/** Calls that are over in a moment. */
export const INTEGRITY_AT_ONCE: ReadonlySet<keyof IntegrityWriterCalls> = new Set(['noteStamp']);

/** What a thread does that takes a part of a verification (`VerifyHelper`). */
export type VerifierCalls = {
  beginVerifying: Call<null, string>;
  verifyFile: Call<null, Found>;
  verifyDays: Call<DayShares, SharesFound>;
};
