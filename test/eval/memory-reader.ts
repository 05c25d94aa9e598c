import type { ArchiveReader } from '../../src/main/core/archive/reader.ts';
import { parseEntry } from '../../src/main/core/jetty/parse-entry.ts';
import type { EntryRow } from '../../src/shared/entry.ts';

/**
 * The part of a reader that detection asks of, over entries in memory: the evaluation runs hundreds of small logs, and
 * an encrypted archive for each would take minutes. The speed is measured over a real archive.
 */
export function memoryReader(lines: Iterable<string | Uint8Array>): ArchiveReader {
  const read: { row: EntryRow; raw: Uint8Array }[] = [];
  for (const line of lines) {
    const raw = typeof line === 'string' ? new TextEncoder().encode(line) : line;
    const item = parseEntry(raw);
    if (item.entry === null) continue;
    const { metadata: _metadata, timestamp: _timestamp, ...row } = item.entry;
    read.push({ row: { ...row, key: 0 }, raw });
  }
  read.sort((a, b) => a.row.ts - b.row.ts || (a.row.id < b.row.id ? -1 : a.row.id > b.row.id ? 1 : 0));
  const rows = read.map(({ row, raw }, key) => ({ row: { ...row, key }, raw }));
  const counts = new Map<string, number>();
  for (const { row } of rows) counts.set(row.action, (counts.get(row.action) ?? 0) + 1);
  const reader: Partial<ArchiveReader> = {
    *rows({ fromMs, toMs }) {
      for (const { row } of rows)
        if ((fromMs === null || row.ts >= fromMs) && (toMs === null || row.ts <= toMs)) yield row;
    },
    changedEntries: () => [],
    journal: () => [],
    coverage: () => [],
    storedOn: () => 0,
    setting: () => null,
    *rawRows() {
      yield* rows;
    },
    facet: () => ({ values: [...counts].map(([value, count]) => ({ value, label: value, count })), others: 0 }),
    entry(key) {
      const found = rows[key];
      return found ? { ...found, sha256: '', provenance: { source: '', receivedAt: 0 }, versions: [] } : null;
    },
  };
  return reader as ArchiveReader;
}
