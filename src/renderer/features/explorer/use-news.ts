import { notifications } from '@mantine/notifications';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createElement, useEffect, useMemo, useRef } from 'react';
import type { Input } from '../../../shared/contract.ts';
import type { Term } from '../../../shared/filter/filter.ts';
import type { Seen } from '../../../shared/views-contract.ts';
import { useArchive } from '../../lib/app-state.ts';
import { call } from '../../lib/client.ts';
import { VIEWED } from '../../lib/decided.ts';
import { countOptions, newerOptions, type Question } from '../../lib/queries.ts';
import { useSync } from '../../lib/sync.tsx';
import { viewsOptions } from '../../lib/views.ts';
import s from './query-bar.module.css';
import { complain } from './use-marking.tsx';

type Which = Input<'views.look'>['view'];

export type News = {
  readonly seen: Seen | null;
  /** The condition that leaves what is new; null before anything was seen. */
  readonly term: Term | null;
  /** Entries of the question that arrived since; null while they are counted. */
  readonly count: number | null;
  /** How many of them happened before the newest that was seen: they stand below the line. */
  readonly late: number;
  /** Position of the newest row that was seen; null where nothing is new above it. */
  readonly seenFrom: number | null;
  readonly look: () => void;
};

/** What arrived since somebody last said that all was seen, of what the question shows. By arrival: nothing late is missed. */
export function useNews(question: Question, view: string): News {
  const archive = useArchive();
  const client = useQueryClient();
  const { data } = useQuery(viewsOptions(archive));
  const seen = data ? (data.seen[view] ?? data.seen.all ?? null) : null;

  // Whoever opens an archive for the first time has seen nothing, and is not told that all of it is new; nor are they of
  // what the first sync is still bringing.
  const first = useRef(false);
  const { running } = useSync();
  useEffect(() => {
    if (!data || data.seen.all || first.current || running || archive.readOnly || archive.entries === 0) return;
    first.current = true;
    void call('views.look', { view: 'all' }).catch(() => {});
  }, [data, running, archive.readOnly, archive.entries]);

  const value = seen && new Date(seen.received + 1).toISOString();
  const term = useMemo(
    (): Term | null => (value === null ? null : { field: 'received', value, negated: false }),
    [value],
  );
  const fresh = useMemo((): Question => {
    const terms = question.filter.terms.filter((one) => one.field !== 'received');
    return { ...question, filter: { ...question.filter, terms: term ? [...terms, term] : terms } };
  }, [question, term]);
  const newest = seen?.newest ?? 0;
  const counting = useQuery({ ...countOptions(archive, fresh), enabled: term !== null });
  const count = term === null ? 0 : counting.isPlaceholderData ? null : (counting.data?.total ?? null);
  const some = count !== null && count > 0;
  const above = useQuery({ ...newerOptions(archive, fresh, newest), enabled: some }).data?.count ?? 0;
  const position =
    useQuery({ ...newerOptions(archive, question, newest), enabled: some && above > 0 }).data?.count ?? 0;

  async function look(which: Which, put?: Seen | null): Promise<Seen | null> {
    const { before } = await call('views.look', put === undefined ? { view: which } : { view: which, seen: put });
    await client.invalidateQueries({ predicate: (query) => query.queryKey.includes(VIEWED[0]) });
    return before;
  }

  return {
    seen,
    term,
    count,
    late: some ? (count ?? 0) - above : 0,
    seenFrom: some && above > 0 && position > 0 ? position : null,
    look() {
      const which = view as Which;
      look(which).then((before) => {
        notifications.show({
          id: 'seen',
          title: 'Marked as seen',
          message: createElement(
            'button',
            {
              type: 'button',
              className: s.inlineLink,
              onClick: () => {
                notifications.hide('seen');
                void look(which, before).catch(complain);
              },
            },
            'Undo',
          ),
          autoClose: 12_000,
          closeButtonProps: { 'aria-label': 'Close' },
        });
      }, complain);
    },
  };
}
