import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { ArchiveState } from '../../../shared/contract.ts';
import type { Filter } from '../../../shared/filter/filter.ts';
import { resolveRange } from '../../../shared/filter/range.ts';
import { useArchive } from '../../lib/app-state.ts';
import { call } from '../../lib/client.ts';
import { listingOptions, type Question, questionKey } from '../../lib/queries.ts';
import { useLast } from '../../lib/use-last.ts';
import { PAGE_SIZE } from './page-window.ts';
import { RowSource } from './row-source.ts';

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
};

/** The question without its conditions: everything in its time. */
export function unconditional(question: Question): Question {
  return { ...question, filter: { ...question.filter, terms: [] } };
}

/**
 * The rows that answer a question, once it is known how many each day has, with the last answer until then. The total
 * is the sum of the days, so that headings, rows and total cannot disagree.
 */
export function useRowSource(question: Question): Answer {
  const archive = useArchive();
  const listing = useQuery(listingOptions(archive, question, PAGE_SIZE));
  const settled = listing.isPlaceholderData ? null : listing.data;

  const next = useMemo(() => {
    if (!settled) return null;
    return new RowSource(questionKey(question), settled.days.toReversed(), settled.rows, async (offset, limit) => {
      return (await call('entries.rows', { ...question, offset, limit })).rows;
    });
  }, [settled, question]);

  const tookMs = useLast(settled?.tookMs ?? null);
  return { source: useLast(next), stale: next === null, tookMs, error: listing.error };
}
