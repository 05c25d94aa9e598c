import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { ArchiveState } from '../../../shared/contract.ts';
import type { EntryLine } from '../../../shared/entry.ts';
import type { Filter } from '../../../shared/filter/filter.ts';
import { resolveRange } from '../../../shared/filter/range.ts';
import { useArchive } from '../../lib/app-state.ts';
import { listingOptions, type Question } from '../../lib/queries.ts';
import { useLast } from '../../lib/use-last.ts';
import { PAGE_SIZE } from './page-window.ts';
import { PlainRows } from './plain-rows.ts';
import type { RowSource } from './row-source.ts';
import { useFoldedRows } from './use-folded-rows.ts';

/** Milliseconds UTC, both inclusive. */
export type Span = { readonly fromMs: number; readonly toMs: number };

/** The time a question spans: its own limits, open ends closed by what the archive holds. Null for a contradiction. */
export function spanOf(filter: Filter, zone: string, archive: ArchiveState, nowMs: number): Span | null {
  const range = resolveRange(filter, zone, nowMs);
  if (!range.ok || archive.oldest === null || archive.newest === null) return null;
  const fromMs = range.value.fromMs ?? Math.min(archive.oldest, range.value.toMs ?? archive.oldest);
  const toMs = range.value.toMs ?? Math.max(archive.newest, fromMs);
  return { fromMs, toMs };
}

/** `stale` where the rows are still those of the question before; `tookMs` is what they took, null before the first. */
export type Answer = {
  readonly source: RowSource | null;
  readonly stale: boolean;
  readonly tookMs: number | null;
  readonly error: unknown;
  /** Shows each entry of a line of repeats, or folds them again. */
  readonly toggle: (line: EntryLine) => void;
};

/** The question without its conditions: everything in its time. */
export function unconditional(question: Question): Question {
  return { ...question, filter: { ...question.filter, terms: [] } };
}

/**
 * The rows that answer a question, once it is known how many each day has, with the last answer until then; `folded` shows
 * repeats as one row. The total is the sum of the days, so that headings, rows and total cannot disagree.
 */
export function useRowSource(question: Question, folded: boolean): Answer {
  const plain = usePlainRows(question, !folded);
  const lines = useFoldedRows(question, folded);
  const { source: next, tookMs, error } = folded ? lines : plain;
  const source = useLast<RowSource>(next);
  return { source, stale: next === null, tookMs: useLast(next && tookMs), error, toggle: lines.toggle };
}

function usePlainRows(question: Question, enabled: boolean) {
  const archive = useArchive();
  const listing = useQuery({ ...listingOptions(archive, question, PAGE_SIZE), enabled });
  const settled = !enabled || listing.isPlaceholderData ? null : (listing.data ?? null);
  const source = useMemo(() => {
    const days = settled?.days.map(({ start, count }) => ({ start, count, rows: count })).toReversed();
    return days && new PlainRows(question, days, settled?.rows ?? []);
  }, [settled, question]);
  return { source: source ?? null, tookMs: settled?.tookMs ?? null, error: listing.error };
}
