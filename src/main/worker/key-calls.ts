import type { KdfCost } from '../core/archive/key-wrap.ts';
import type { Rekeyed } from '../core/archive/rekey.ts';

type Call<I, O> = { readonly input: I; readonly output: O };

/** What a thread does to an archive that nobody has open. The passphrase lives in the message alone. */
export type KeyCalls = {
  rekey: Call<{ readonly passphrase: string; readonly kdfCost: KdfCost | null }, Rekeyed>;
};
