import type { ForWhom, Opener } from '../core/bundle/age-file.ts';
import type { BundleMade } from '../core/bundle/create.ts';
import type { EntryBatch, Told } from '../core/bundle/fill-archive.ts';
import type { QueryPlan } from '../core/search/plan.ts';

type Call<I, O> = { readonly input: I; readonly output: O };

/** What a thread of its own does with an open archive. Passphrases live in the message alone. */
export type BundleCalls = {
  createBundle: Call<
    {
      readonly plan: QueryPlan;
      readonly zone: string;
      readonly now: number;
      readonly out: string;
      readonly whom: ForWhom;
      readonly pseudonymise: boolean;
    },
    BundleMade
  >;
};

/** What a thread does that opens nothing: it makes an archive of a bundle, in the folder it was started with. */
export type OpenBundleCalls = {
  openBundle: Call<
    {
      readonly file: string;
      readonly opener: Opener | null;
      /** A key, its fingerprint or a head, from elsewhere. */
      readonly known: string | null;
    },
    /** The new archive's key. */
    Uint8Array
  >;
};

/** What fills an archive in a thread of its own, while the bundle it is made of is being checked. */
export type FillCalls = {
  fillEntries: Call<EntryBatch, void>;
  /** The archive's key. */
  finishFilling: Call<Told, Uint8Array>;
};
