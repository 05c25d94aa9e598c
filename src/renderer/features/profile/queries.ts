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

/** Ids of the findings that hold an entry of it. */
export function concerningOptions(archive: ArchiveState, entity: Entity) {
  return queryOptions({
    queryKey: [...archiveKey(archive), ...DECIDED, 'profile findings', entity.kind, entity.value],
    queryFn: () => call('profile.findings', entity),
    placeholderData: keepPreviousData,
  });
}
