import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { useCallback, useSyncExternalStore } from 'react';
import type { CaseSummary } from '../../shared/case-schema.ts';
import type { ArchiveState } from '../../shared/contract.ts';
import { useArchive } from './app-state.ts';
import { call } from './client.ts';
import { INVESTIGATED } from './decided.ts';
import { recallText, rememberText } from './memory.ts';

/** Entries of a scope that are asked for at once. */
export const SUGGESTED = 500;

// What a case says follows the archive: things that are watched show up, remedies are done.
function caseKey(archive: ArchiveState, ...rest: readonly unknown[]): readonly unknown[] {
  return ['archive', archive.id, archive.version, ...INVESTIGATED, ...rest];
}

export function casesOptions(archive: ArchiveState) {
  return queryOptions({
    queryKey: caseKey(archive, 'list'),
    queryFn: () => call('cases.list', {}),
    placeholderData: keepPreviousData,
  });
}

export function caseOptions(archive: ArchiveState, id: string, zone: string) {
  return queryOptions({
    queryKey: caseKey(archive, 'case', id, zone),
    queryFn: () => call('cases.open', { id, zone }),
    placeholderData: keepPreviousData,
  });
}

export function timelineOptions(archive: ArchiveState, id: string) {
  return queryOptions({
    queryKey: caseKey(archive, 'timeline', id),
    queryFn: () => call('cases.timeline', { id }),
    placeholderData: keepPreviousData,
  });
}

export function scopeOptions(archive: ArchiveState, id: string, steps: number | null) {
  return queryOptions({
    queryKey: caseKey(archive, 'scope', id, steps),
    queryFn: () => call('cases.scope', { id, steps }),
    placeholderData: keepPreviousData,
  });
}

/** What belongs to the scope and is not in the timeline yet. */
export function suggestionsOptions(archive: ArchiveState, id: string, steps: number | null) {
  return queryOptions({
    queryKey: caseKey(archive, 'suggestions', id, steps),
    queryFn: () => call('cases.scopeEntries', { id, steps, pinned: false, offset: 0, limit: SUGGESTED }),
    placeholderData: keepPreviousData,
  });
}

export function checkOptions(archive: ArchiveState, id: string) {
  return queryOptions({
    queryKey: caseKey(archive, 'check', id),
    queryFn: () => call('cases.check', { id }),
    placeholderData: keepPreviousData,
  });
}

const NONE: readonly CaseSummary[] = [];
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export type CurrentCase = {
  /** The cases that are not closed. */
  readonly open: readonly CaseSummary[];
  /** The one worked on last, where it is not closed: what is pinned goes there. */
  readonly current: CaseSummary | null;
  readonly choose: (id: string) => void;
};

/** The case that somebody works on, as long as the archive is open. */
export function useCurrentCase(): CurrentCase {
  const archive = useArchive();
  const cases = useQuery(casesOptions(archive)).data?.cases ?? NONE;
  const key = `case ${archive.id}`;
  const chosen = useSyncExternalStore(subscribe, () => recallText(key));
  const choose = useCallback(
    (id: string) => {
      rememberText(key, id);
      for (const listener of listeners) listener();
    },
    [key],
  );
  const open = cases.filter(({ status }) => status !== 'closed');
  return { open, current: open.find(({ id }) => id === chosen) ?? null, choose };
}
