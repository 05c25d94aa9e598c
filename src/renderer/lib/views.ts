import { queryOptions } from '@tanstack/react-query';
import type { ArchiveState } from '../../shared/contract.ts';
import { call } from './client.ts';
import { VIEWED } from './decided.ts';

/** The saved views of an archive, and how far somebody had looked. */
export function viewsOptions(archive: ArchiveState) {
  return queryOptions({
    queryKey: ['archive', archive.id, ...VIEWED, 'views'],
    queryFn: () => call('views.list', {}),
    placeholderData: (before) => before,
  });
}
