import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { ArchiveState } from '../../shared/contract.ts';
import { type OfficeHours, officeHours } from '../../shared/office.ts';
import { useArchive } from './app-state.ts';
import { call } from './client.ts';
import { DECIDED } from './decided.ts';

export function officesOptions(archive: ArchiveState) {
  return queryOptions({
    queryKey: ['archive', archive.id, ...DECIDED, 'offices'],
    queryFn: () => call('offices.list', {}),
    placeholderData: keepPreviousData,
  });
}

/** When the archive's offices are at work; null until that is known. The rules judge by the same hours. */
export function useOfficeHours(): OfficeHours | null {
  const offices = useQuery(officesOptions(useArchive())).data?.offices;
  return useMemo(() => (offices ? officeHours(offices) : null), [offices]);
}
