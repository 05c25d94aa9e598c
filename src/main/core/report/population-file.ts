import type { EntryRow } from '../../../shared/entry.ts';
import type { Attachment } from './attachment.ts';
import { csvFile } from './csv-file.ts';

const COLUMNS = ['entry_id', 'timestamp', 'actor', 'action', 'target', 'ip_address', 'team'];

/** Takes the population entry by entry, in the order of its hash, and is a file in the end. */
export type PopulationFile = { readonly add: (row: EntryRow) => void; finish(): Attachment };

/**
 * population.csv: a row an entry. The SHA-256 of its first column, joined by a line feed, is the hash of the population.
 * Held as bytes, about a hundred an entry.
 */
export function populationFile(name = 'population.csv', description = 'Every entry of the population'): PopulationFile {
  const file = csvFile(name, description, COLUMNS);
  return {
    add({ id, ts, actor, action, target, address, team }) {
      file.add([
        id,
        new Date(ts).toISOString(),
        actor?.email ?? actor?.name ?? actor?.id ?? null,
        action,
        target?.name ?? target?.id ?? target?.type ?? null,
        address,
        team?.name ?? team?.id ?? null,
      ]);
    },
    finish: file.finish,
  };
}
