import { queryOptions } from '@tanstack/react-query';
import type { ArchiveState } from '../../shared/contract.ts';
import { call } from './client.ts';

/** The open archive's source, and where its token is kept. */
export function sourceOptions(archive: ArchiveState) {
  return queryOptions({
    queryKey: ['archive', archive.id, 'source', archive.source?.host ?? null],
    queryFn: () => call('source.get', {}),
    staleTime: 0,
  });
}

/** The archives known on this computer. */
export function knownOptions(archive: ArchiveState) {
  return queryOptions({
    queryKey: ['archive', archive.id, 'known'],
    queryFn: () => call('archive.known', {}),
    staleTime: 0,
  });
}
