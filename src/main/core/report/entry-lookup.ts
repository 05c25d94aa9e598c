import { describeAction } from '../../../shared/action.ts';
import type { ArchiveReader } from '../archive/reader.ts';
import { parseEntry } from '../jetty/parse-entry.ts';
import type { ReportEntry, ReportPeriod } from './model.ts';

/** Finds one entry by key; `id` is what to print where the archive does not hold it. */
export type EntryLookup = (key: number | null, id: string | null) => ReportEntry;

/** Looks printed entries up with their metadata and the hash of their bytes, each once. */
export function entryLookup(reader: ArchiveReader, period: ReportPeriod): EntryLookup {
  const known = new Map<number, ReportEntry>();
  return (key, id) => {
    if (key === null) return missing(id ?? '');
    const cached = known.get(key);
    if (cached) return cached;
    const record = reader.entry(key);
    if (record === null || (id !== null && record.row.id !== id)) return missing(id ?? `key ${key}`, key);
    const { row } = record;
    const { phrase, category } = describeAction(row.action);
    const entry: ReportEntry = {
      key,
      id: row.id,
      ts: row.ts,
      actor: row.actor,
      action: row.action,
      phrase,
      category,
      target: row.target,
      address: row.address,
      agent: row.agent,
      team: row.team,
      details: detailsOf(record.raw),
      sha256: record.sha256,
      inPeriod: row.ts >= period.fromMs && row.ts <= period.toMs,
    };
    known.set(key, entry);
    return entry;
  };
}

function detailsOf(raw: Uint8Array): string {
  const { entry } = parseEntry(raw);
  const metadata = entry?.metadata ?? null;
  if (metadata === null) return '';
  const text = JSON.stringify(metadata);
  return text === '{}' || text === '[]' ? '' : text;
}

function missing(id: string, key = -1): ReportEntry {
  return {
    key,
    id,
    ts: 0,
    actor: null,
    action: '',
    phrase: 'Not in this archive',
    category: 'other',
    target: null,
    address: null,
    agent: null,
    team: null,
    details: '',
    sha256: null,
    inPeriod: false,
  };
}
