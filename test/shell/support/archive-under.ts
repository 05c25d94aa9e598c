import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The folder of the only archive under a home. */
export function archiveUnder(home: string): string {
  const found = readdirSync(home, { recursive: true })
    .map(String)
    .find((name) => name.endsWith('entries.db'));
  return join(home, found ?? '', '..');
}
