import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { ArchiveState } from '../../../shared/contract.ts';
import type { Entity } from '../../../shared/entity.ts';
import { call } from '../../lib/client.ts';
import { DECIDED } from '../../lib/decided.ts';
import { archiveKey } from '../../lib/queries.ts';

export function profileOptions(archive: ArchiveState, entity: Entity, zone: string) {
  return queryOptions({
    queryKey: [...archiveKey(archive), 'profile', entity.kind, entity.value, zone],
    queryFn: () => call('profile.get', { ...entity, zone }),
    placeholderData: keepPreviousData,
  });
}

/** How many findings hold an entry of it, and the first of them. */
export function concerningOptions(archive: ArchiveState, entity: Entity, limit: number) {
  return queryOptions({
    queryKey: [...archiveKey(archive), ...DECIDED, 'profile findings', entity.kind, entity.value, limit],
    queryFn: () => call('profile.findings', { ...entity, limit }),
    placeholderData: keepPreviousData,
  });
}
