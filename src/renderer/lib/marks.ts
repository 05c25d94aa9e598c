import { queryOptions, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { ArchiveState } from '../../shared/contract.ts';
import type { EntryMarks } from '../../shared/marks-contract.ts';
import { useArchive } from './app-state.ts';
import { call } from './client.ts';
import { MARKED } from './decided.ts';

export function marksOptions(archive: ArchiveState) {
  return queryOptions({
    queryKey: ['archive', archive.id, archive.version, ...MARKED, 'marks'],
    queryFn: () => call('marks.list', {}),
    placeholderData: (before) => before,
  });
}

const NONE: readonly EntryMarks[] = [];

/** What stands beside entries, by key; and every tag in use, the most frequent first. */
export function useMarks(): {
  readonly of: ReadonlyMap<number, EntryMarks>;
  readonly tags: readonly string[];
} {
  const entries = useQuery(marksOptions(useArchive())).data?.entries ?? NONE;
  return useMemo(() => {
    const counts = new Map<string, number>();
    for (const { tag } of entries.flatMap((one) => one.tags)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
    const tags = [...counts].sort((a, b) => b[1] - a[1]).map(([tag]) => tag);
    return { of: new Map(entries.map((one) => [one.key, one])), tags };
  }, [entries]);
}
