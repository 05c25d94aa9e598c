import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { ArchiveState } from '../../../shared/contract.ts';
import { call } from '../../lib/client.ts';
import { DECIDED } from '../../lib/decided.ts';
import { archiveKey } from '../../lib/queries.ts';

/** Every finding with where it stands: megabytes where there are thousands, so that only this screen asks for it. */
export function findingsOptions(archive: ArchiveState) {
  return queryOptions({
    queryKey: [...archiveKey(archive), ...DECIDED, 'findings'],
    queryFn: () => call('findings.list', {}),
    placeholderData: keepPreviousData,
    enabled: archive.entries > 0,
  });
}
