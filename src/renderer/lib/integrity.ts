import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { ArchiveState } from '../../shared/contract.ts';
import { call } from './client.ts';
import { archiveKey } from './queries.ts';

/** How far an archive is sealed, and how its last verification ended. `moment` changes where seals may have come. */
export function integrityOptions(archive: ArchiveState, moment: string) {
  return queryOptions({
    queryKey: [...archiveKey(archive), 'integrity', moment],
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
