import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { ArchiveState } from '../../shared/contract.ts';
import { call } from './client.ts';

/** What is due to be deleted here, holds and past deletions; asked anew whenever it is looked at, as time passes. */
export function keepingOptions(archive: ArchiveState) {
  return queryOptions({
    queryKey: ['archive', archive.id, archive.version, 'keeping'],
    queryFn: () => call('keeping.get', {}),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
}
