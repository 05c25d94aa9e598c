import type { Result } from '../../../shared/errors.ts';
import { isDay } from '../../../shared/instant.ts';
import type { ArchiveWriter } from '../archive/writer.ts';
import type { DateSense } from './window.ts';

/** What one sync leaves for the next besides the ledger. */
export type SyncMemory = {
  /** How the server takes dates. */
  readonly sense: DateSense;
  /** The day down to which a run has looked, nothing before it being served; null before such a run. */
  readonly reached: string | null;
  /** A search for the first day with entries that was interrupted: where it goes on, with windows of how many days. */
  readonly search: { readonly from: string; readonly size: number } | null;
};

const SENSE = 'sync_dates';
const REACHED = 'sync_reached';
const SEARCH = 'sync_edge_search';

export function readMemory(writer: ArchiveWriter): SyncMemory {
  const sense = writer.setting(SENSE);
  return {
    sense: sense === 'shifted' || sense === 'ignored' ? sense : 'utc',
    reached: writer.setting(REACHED),
    search: parseSearch(writer.setting(SEARCH)),
  };
}

export function rememberSense(writer: ArchiveWriter, sense: DateSense): Result<void> {
  return writer.setSetting(SENSE, sense);
}

export function rememberReached(writer: ArchiveWriter, day: string): Result<void> {
  return writer.setSetting(REACHED, day);
}

export function rememberSearch(writer: ArchiveWriter, search: NonNullable<SyncMemory['search']>): Result<void> {
  return writer.setSetting(SEARCH, JSON.stringify(search));
}

function parseSearch(text: string | null): SyncMemory['search'] {
  const search = text === null ? null : (JSON.parse(text) as NonNullable<SyncMemory['search']>);
  return search !== null && isDay(search.from) && search.size >= 1 ? search : null;
}
