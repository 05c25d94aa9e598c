import type { Filter } from '../../shared/filter/filter.ts';
import type { Keeping } from '../../shared/keeping-contract.ts';
import type { DeletionRecord } from '../core/archive/deletion/holds.ts';

type Call<I, O> = { readonly input: I; readonly output: O };

/** What a reading thread answers about what is deleted here. Instants are milliseconds UTC. */
export type KeepingReaderCalls = {
  keeping: Call<{ readonly now: number }, Keeping>;
};

/** Who changes it, and when. */
type Word = { readonly by: string; readonly now: number };

/** What the writing thread changes about it. */
export type KeepingWriterCalls = {
  setKeep: Call<Word & { readonly keepDays: number | null }, null>;
  /** Deletes what is due before `before`, if that is `entries` entries; `bad_input` where it is not. */
  applyKeeping: Call<Word & { readonly before: string; readonly entries: number }, DeletionRecord>;
  placeHold: Call<
    Word & { readonly filter: Filter; readonly zone: string; readonly reason: string },
    { readonly id: number; readonly entries: number }
  >;
  releaseHold: Call<Word & { readonly id: number }, null>;
};
