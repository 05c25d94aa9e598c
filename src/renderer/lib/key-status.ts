import { queryOptions } from '@tanstack/react-query';
import type { ArchiveState } from '../../shared/contract.ts';
import { call } from './client.ts';

/** Which ways to the archive's data key there are. */
export function keyStatusOptions(archive: ArchiveState) {
  return queryOptions({
    queryKey: ['archive', archive.id, 'keys'],
    queryFn: () => call('keys.status', {}),
    staleTime: 0,
  });
}
