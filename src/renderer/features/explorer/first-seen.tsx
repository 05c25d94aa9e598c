import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { EntryRow } from '../../../shared/entry.ts';
import { exactly } from '../../../shared/filter/exactly.ts';
import type { Term } from '../../../shared/filter/filter.ts';
import { useArchive } from '../../lib/app-state.ts';
import { countOptions, type Question } from '../../lib/queries.ts';
import s from './drawer.module.css';

/**
 * Says where a value occurs in no entry before this one: of the same actor, or of anybody. Before the oldest entry of the
 * archive nothing is known, so that much can be said only of what the archive holds.
 */
export function FirstSeen({ row, term }: { row: EntryRow; term: Term }) {
  const actor = row.actor?.id ?? row.actor?.email ?? row.actor?.name ?? null;
  const ofAll = useBefore(row.ts, [term], true);
  const ofActor = useBefore(row.ts, actor === null ? [] : [term, exactly('actor', actor)], actor !== null);
  const words =
    ofAll === 0 ? 'first seen in this archive' : actor !== null && ofActor === 0 ? 'first seen for this actor' : null;
  return words === null ? null : <span className={s.firstSeen}>{words}</span>;
}

function useBefore(ts: number, terms: readonly Term[], enabled: boolean): number | null {
  const archive = useArchive();
  const key = JSON.stringify(terms);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the terms
  const question = useMemo(
    (): Question => ({ filter: { terms, to: new Date(ts - 1).toISOString() }, zone: 'UTC' }),
    [key, ts],
  );
  const { data, isPlaceholderData } = useQuery({ ...countOptions(archive, question), enabled });
  return isPlaceholderData ? null : (data?.total ?? null);
}
