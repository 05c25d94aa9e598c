import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { FindingBrief } from '../../../shared/detection-contract.ts';
import { useArchive } from '../../lib/app-state.ts';
import { call } from '../../lib/client.ts';
import { findingsOfOptions, openFindingsOptions } from '../../lib/queries.ts';
import { keysOf, type ShownRow } from './row-source.ts';
import { useBesideRows } from './use-beside-rows.ts';

const NONE: readonly FindingBrief[] = [];

/** The findings that the entries of rows are in, gravest first, by the entry's key, as they become known. */
export function useFindingsOf(rows: ReadonlyMap<number, ShownRow>): ReadonlyMap<number, readonly FindingBrief[]> {
  const archive = useArchive();
  const client = useQueryClient();
  // Asked anew whenever the findings or what was decided about them may be others.
  const turn = useQuery(openFindingsOptions(archive)).dataUpdatedAt;
  return useBesideRows(turn === 0 ? [] : entriesOf(rows), turn, async (keys) => {
    const found = new Map((await call('findings.ofEntries', { keys })).map(({ key, findings }) => [key, findings]));
    // Whoever opens one of the rows sees its findings with it, not after it.
    for (const key of keys.filter((one) => rows.has(one)))
      client.setQueryData(findingsOfOptions(archive, [key]).queryKey, [{ key, findings: found.get(key) ?? NONE }]);
    return found;
  });
}

function* entriesOf(rows: ReadonlyMap<number, ShownRow>): Generator<number> {
  for (const shown of rows.values()) yield* keysOf(shown);
}
