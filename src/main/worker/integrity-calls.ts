import type { Head, Verification } from '../../shared/integrity.ts';

type Call<I, O> = { readonly input: I; readonly output: O };

/** What a reading thread tells of seals, and what one of its own verifies. */
export type IntegrityCalls = {
  head: Call<Record<never, never>, Head | null>;
  verify: Call<Record<never, never>, Verification>;
};
