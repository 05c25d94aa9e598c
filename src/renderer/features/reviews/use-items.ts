import { useQueries } from '@tanstack/react-query';
import { useRef } from 'react';
import type { ReviewItem } from '../../../shared/review-schema.ts';
import { useArchive } from '../../lib/app-state.ts';
import { type ItemsView, itemsOptions, PAGE_SIZE } from '../../lib/reviews.ts';

export type Items = {
  /** How many the view holds; null until it is known. */
  readonly total: number | null;
  readonly error: unknown;
  readonly at: (position: number) => ReviewItem | null;
  /** All that is loaded, with its place in the view, in order. */
  readonly loaded: readonly (readonly [position: number, item: ReviewItem])[];
};

/** The pages of a worksheet that are looked at, however long it is. */
export function useItems(id: string, view: ItemsView, first: number, last: number, also: number): Items {
  const archive = useArchive();
  const wanted = [...new Set([0, pageOf(first), pageOf(last), pageOf(also), pageOf(also + 1)])].sort((a, b) => a - b);
  const known = useRef<{ readonly key: string; readonly total: number } | null>(null);
  const key = `${id} ${view}`;
  const answers = useQueries({ queries: wanted.map((page) => itemsOptions(archive, id, view, page)) });
  const fresh = answers.reduce((newest, one) => (one.dataUpdatedAt > newest.dataUpdatedAt ? one : newest));
  if (fresh.data) known.current = { key, total: fresh.data.total };
  const pages = new Map(wanted.map((page, i) => [page, answers[i]?.data?.items]));
  const at = (position: number) => pages.get(pageOf(position))?.[position % PAGE_SIZE] ?? null;
  return {
    total: known.current?.key === key ? known.current.total : null,
    error: answers.find(({ error }) => error)?.error ?? null,
    at,
    loaded: [...pages].flatMap(([page, items]) =>
      (items ?? []).map((item, i) => [page * PAGE_SIZE + i, item] as const),
    ),
  };
}

function pageOf(position: number): number {
  return Math.max(0, Math.floor(position / PAGE_SIZE));
}
