import type { Result } from '../../../shared/errors.ts';
import { isDay } from '../../../shared/instant.ts';
import type { ArchiveWriter } from '../archive/writer.ts';
import type { Probe } from './retention.ts';
import type { DateSense } from './window.ts';

/** What one sync leaves for the next besides the ledger. */
export type SyncMemory = {
  /** How the server takes dates. */
  readonly sense: DateSense;
  /** The day down to which a run has looked, nothing before it being served; null before such a run. */
  readonly reached: string | null;
  /** A search for the first day with entries that was interrupted: where it goes on, with windows of how many days. */
  readonly search: { readonly from: string; readonly size: number } | null;
  /** The oldest entry the server was seen to serve, and when that was (milliseconds UTC). */
  readonly probe: (Probe & { readonly at: number }) | null;
  /** The last run did not come to its own end: its process was killed, or the machine went down. */
  readonly brokenOff: boolean;
};

/** How long it holds what was the oldest entry served: an hour, in milliseconds. */
export const PROBE_HOLDS_MS = 3_600_000;

const SENSE = 'sync_dates';
const REACHED = 'sync_reached';
const SEARCH = 'sync_edge_search';
const PROBE = 'sync_probe';
const RUNNING = 'sync_running';

export function readMemory(writer: ArchiveWriter): SyncMemory {
  const sense = writer.setting(SENSE);
  return {
    sense: sense === 'shifted' || sense === 'ignored' ? sense : 'utc',
    reached: writer.setting(REACHED),
    search: parseSearch(writer.setting(SEARCH)),
    probe: parseProbe(writer.setting(PROBE)),
    brokenOff: writer.setting(RUNNING) === 'yes',
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

export function rememberProbe(writer: ArchiveWriter, probe: NonNullable<SyncMemory['probe']>): Result<void> {
  return writer.setSetting(PROBE, JSON.stringify(probe));
}

/** Writes down that a run goes on, or that it has come to its end. */
export function rememberRunning(writer: ArchiveWriter, running: boolean): Result<void> {
  return writer.setSetting(RUNNING, running ? 'yes' : 'no');
}

function parseProbe(text: string | null): SyncMemory['probe'] {
  return text === null ? null : (JSON.parse(text) as NonNullable<SyncMemory['probe']>);
}

function parseSearch(text: string | null): SyncMemory['search'] {
  const search = text === null ? null : (JSON.parse(text) as NonNullable<SyncMemory['search']>);
  return search !== null && isDay(search.from) && search.size >= 1 ? search : null;
}
