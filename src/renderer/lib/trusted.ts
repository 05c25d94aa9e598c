import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { ArchiveState } from '../../shared/contract.ts';
import { call } from './client.ts';
import { DECIDED } from './decided.ts';

/** Networks that are the organisation's own. */
export function networksOptions(archive: ArchiveState) {
  return queryOptions({
    queryKey: ['archive', archive.id, ...DECIDED, 'networks'],
    queryFn: () => call('networks.list', {}),
    placeholderData: keepPreviousData,
  });
}

/** Countries in which its people are expected. */
export function countriesOptions(archive: ArchiveState) {
  return queryOptions({
    queryKey: ['archive', archive.id, ...DECIDED, 'countries'],
    queryFn: () => call('countries.list', {}),
    placeholderData: keepPreviousData,
  });
}
