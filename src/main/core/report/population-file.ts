import { stringify } from 'csv-stringify/sync';
import type { EntryRow } from '../../../shared/entry.ts';
import { neutralise } from '../export/neutralise.ts';
import { type Attachment, sha256Of } from './attachments.ts';

const COLUMNS = ['entry_id', 'timestamp', 'actor', 'action', 'target', 'ip_address', 'team'];
const BATCH = 4_000;

/** Takes the population entry by entry, in the order of its hash, and is a file in the end. */
export type PopulationFile = { readonly add: (row: EntryRow) => void; finish(): Attachment };

/**
 * population.csv: a row an entry. The SHA-256 of its first column, joined by a line feed, is the hash of the population.
 * Held as bytes, about a hundred an entry.
 */
export function populationFile(name = 'population.csv', description = 'Every entry of the population'): PopulationFile {
  const parts: Buffer[] = [Buffer.from(`\ufeff${COLUMNS.join(',')}\r\n`, 'utf8')];
  let batch: (string | null)[][] = [];
  let rows = 0;
  const flush = (): void => {
    if (batch.length > 0) parts.push(Buffer.from(stringify(batch, { record_delimiter: 'windows' }), 'utf8'));
    batch = [];
  };
  return {
    add({ id, ts, actor, action, target, address, team }) {
      const texts = [
        id,
        new Date(ts).toISOString(),
        actor?.email ?? actor?.name ?? actor?.id ?? null,
        action,
        target?.name ?? target?.id ?? target?.type ?? null,
        address,
        team?.name ?? team?.id ?? null,
      ];
      batch.push(texts.map((text) => (text === null ? null : neutralise(text))));
      rows += 1;
      if (batch.length >= BATCH) flush();
    },
    finish() {
      flush();
      const bytes = Buffer.concat(parts);
      return { name, type: 'text/csv', description, rows, bytes, sha256: sha256Of(bytes) };
    },
  };
}
