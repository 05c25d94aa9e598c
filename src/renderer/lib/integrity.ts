import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import type { ArchiveState } from '../../shared/contract.ts';
import { useArchive } from './app-state.ts';
import { call } from './client.ts';
import { useImports } from './imports.tsx';
import { archiveKey } from './queries.ts';
import { useSync } from './sync.tsx';

/** How far the archive is sealed, and how its last verification ended; asked again where seals may have come. */
export function useIntegrity() {
  const archive = useArchive();
  const { running } = useSync();
  const { step } = useImports();
  return useQuery({
    queryKey: [...archiveKey(archive), 'integrity', running, step.kind],
    queryFn: () => call('integrity.get', {}),
  });
}

/** The UTC days from one to another that are sealed. */
export function sealedDaysOptions(archive: ArchiveState, from: string, to: string) {
  return queryOptions({
    queryKey: [...archiveKey(archive), 'integrity', 'days', from, to],
    queryFn: () => call('integrity.days', { from, to }),
    placeholderData: keepPreviousData,
  });
}
