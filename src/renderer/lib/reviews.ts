import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ArchiveState, Input } from '../../shared/contract.ts';
import type { Identity } from '../../shared/review-schema.ts';
import { useArchive } from './app-state.ts';
import { call } from './client.ts';
import { REVIEWED } from './decided.ts';
import { recallText, rememberText } from './memory.ts';

/** Items of a worksheet that are asked for at once. */
export const PAGE_SIZE = 200;

export type ItemsView = Input<'reviews.items'>['view'];

function reviewKey(archive: ArchiveState, ...rest: readonly unknown[]): readonly unknown[] {
  return ['archive', archive.id, ...REVIEWED, ...rest];
}

/** What is due, every review and every plan; asked anew whenever it is looked at, as time passes. */
export function reviewsOptions(archive: ArchiveState, zone: string) {
  return queryOptions({
    queryKey: reviewKey(archive, 'list', zone),
    queryFn: () => call('reviews.list', { zone }),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
}

export function reviewOptions(archive: ArchiveState, id: string) {
  return queryOptions({
    // Entries that came late are counted, and those change with the archive.
    queryKey: reviewKey(archive, 'review', id, archive.version),
    queryFn: () => call('reviews.open', { id }),
    placeholderData: keepPreviousData,
  });
}

export function itemsOptions(archive: ArchiveState, id: string, view: ItemsView, page: number) {
  return queryOptions({
    queryKey: reviewKey(archive, 'items', id, view, page),
    queryFn: () => call('reviews.items', { id, view, offset: page * PAGE_SIZE, limit: PAGE_SIZE }),
  });
}

export function reviewFindingsOptions(archive: ArchiveState, id: string) {
  return queryOptions({
    queryKey: reviewKey(archive, 'findings', id),
    queryFn: () => call('reviews.findings', { id }),
    placeholderData: keepPreviousData,
  });
}

export function reviewHistoryOptions(archive: ArchiveState, id: string) {
  return queryOptions({
    queryKey: reviewKey(archive, 'history', id),
    queryFn: () => call('reviews.history', { id }),
    placeholderData: keepPreviousData,
  });
}

/** Exceptions of one review, or of all where it is null. */
export function exceptionsOptions(archive: ArchiveState, review: string | null) {
  return queryOptions({
    queryKey: reviewKey(archive, 'exceptions', review),
    queryFn: () => call('exceptions.list', { review }),
    placeholderData: keepPreviousData,
  });
}

export function leaversOptions(archive: ArchiveState, review: string) {
  return queryOptions({
    queryKey: reviewKey(archive, 'leavers', review),
    queryFn: () => call('leavers.kept', { review }),
    placeholderData: keepPreviousData,
  });
}

export function identitiesOptions(archive: ArchiveState) {
  return queryOptions({
    queryKey: reviewKey(archive, 'identities'),
    queryFn: () => call('identities.list', {}),
    placeholderData: keepPreviousData,
  });
}

const NOBODY: readonly Identity[] = [];

export type Acting = {
  /** Those who can decide and sign. */
  readonly people: readonly Identity[];
  /** Who does it now; null where nobody was chosen and there is more than one. */
  readonly self: Identity | null;
  readonly choose: (id: string) => void;
};

/** Who decides here: the one chosen since the archive was opened, or the only one there is. */
export function useActing(): Acting {
  const archive = useArchive();
  const all = useQuery(identitiesOptions(archive)).data ?? NOBODY;
  const people = all.filter((one) => one.retiredAt === null);
  const [, again] = useState({});
  const key = `identity ${archive.id}`;
  const kept = recallText(key);
  const self = people.find((one) => one.id === kept) ?? (people.length === 1 ? (people[0] ?? null) : null);
  return {
    people,
    self,
    choose: (id) => {
      rememberText(key, id);
      again({});
    },
  };
}
