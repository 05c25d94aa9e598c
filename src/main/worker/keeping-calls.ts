import type { Filter } from '../../shared/filter/filter.ts';
import type { Keeping } from '../../shared/keeping-contract.ts';
import type { DeletionRecord } from '../core/archive/deletion/holds.ts';

type Call<I, O> = { readonly input: I; readonly output: O };

/** What a reading thread answers about what is deleted here. Instants are milliseconds UTC. */
export type KeepingReaderCalls = {
  keeping: Call<{ readonly now: number }, Keeping>;
};

/** What the writing thread changes about it. */
export type KeepingWriterCalls = {
  setKeep: Call<{ readonly keepDays: number | null }, null>;
  /** Deletes what is due before `before`, if that is `entries` entries; `bad_input` where it is not. */
  applyKeeping: Call<{ readonly now: number; readonly before: string; readonly entries: number }, DeletionRecord>;
  placeHold: Call<
    { readonly filter: Filter; readonly zone: string; readonly reason: string; readonly now: number },
    { readonly id: number; readonly entries: number }
  >;
  releaseHold: Call<{ readonly id: number; readonly now: number }, null>;
};
