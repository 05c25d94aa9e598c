import type { EntryMarks } from '../../shared/marks-contract.ts';
import type { SavedView, Seen, ViewBody } from '../../shared/views-contract.ts';
import type { Marked } from '../core/marks/mark-entries.ts';
import type { MarkChange } from '../core/marks/mark-lines.ts';
import type { QueryPlan } from '../core/search/plan.ts';

type Call<I, O> = { readonly input: I; readonly output: O };
/** Who says it, and when (milliseconds UTC). */
type Word = { readonly by: string; readonly at: number };

/** What a reading thread answers about marks and views. */
export type BesideReaderCalls = {
  marks: Call<Record<never, never>, { readonly entries: readonly EntryMarks[]; readonly reviewer: string | null }>;
  views: Call<
    Record<never, never>,
    { readonly views: readonly SavedView[]; readonly seen: Readonly<Record<string, Seen>> }
  >;
};

/** What the writing thread writes down about them. */
export type BesideWriterCalls = {
  markEntries: Call<{ readonly plan: QueryPlan; readonly change: MarkChange; readonly word: Word }, Marked>;
  saveView: Call<{ readonly id: string | null; readonly view: ViewBody; readonly word: Word }, string>;
  removeView: Call<{ readonly id: string; readonly word: Word }, null>;
  /** Moves a marker of what was seen: to all there is where `seen` is left out. Answers where it was. */
  look: Call<{ readonly view: string; readonly seen?: Seen | null | undefined; readonly at: number }, Seen | null>;
};

/** Calls that are over in a moment, and need not wait until a sync or an import has ended. */
export const BESIDE_AT_ONCE: readonly (keyof BesideWriterCalls)[] = ['markEntries', 'saveView', 'removeView', 'look'];
