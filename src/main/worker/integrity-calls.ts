import type { Head, IntegrityProblem, Verification } from '../../shared/integrity.ts';

type Call<I, O> = { readonly input: I; readonly output: O };

/** What a reading thread tells of seals, and what one of its own verifies. */
export type IntegrityCalls = {
  head: Call<Record<never, never>, Head | null>;
  quickCheck: Call<Record<never, never>, readonly IntegrityProblem[]>;
  verify: Call<Record<never, never>, Verification>;
};
