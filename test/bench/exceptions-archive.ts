import { parseEntry } from '../../src/main/core/jetty/parse-entry.ts';
import { unwrap } from '../../src/shared/errors.ts';
import { newBenchArchive } from './archive-folder.ts';

const BATCH = 5_000;

/** Days of the log that begin at an instant (milliseconds UTC). */
export type Stretch = { readonly start: number; readonly days: number };

/** A new archive at a path of which the shipped rules raise so many exceptions, each by itself; the other half of its log is everyday. */
export async function makeExceptions(dir: string, exceptions: number, { start, days }: Stretch): Promise<void> {
  const writer = await newBenchArchive(dir);
  const entries = exceptions * 2;
  const receivedAt = start + days * 86_400_000;
  const at = (i: number): number => start + Math.floor((i / entries) * days * 86_400_000);
  for (let from = 0; from < entries; from += BATCH) {
    const items = Array.from({ length: Math.min(BATCH, entries - from) }, (_, n) =>
      parseEntry(Buffer.from(JSON.stringify(entry(from + n, at(from + n))))),
    );
    unwrap(writer.ingest({ items, source: { kind: 'file', detail: 'bench' }, receivedAt }));
  }
  writer.close();
}

function entry(i: number, ms: number): object {
  const grave = i % 2 === 0;
  const n = i >> 1;
  return {
    id: `log_${((i * 2_654_435_761) >>> 0).toString(16).padStart(8, '0')}${i.toString(16)}`,
    timestamp: new Date(ms).toISOString(),
    action: grave ? 'tunnel.ip_allowlist_changed' : 'tunnel.started',
    actor: { id: `u${n % 2_000}`, name: `Person ${n % 2_000}`, email: `p${n % 2_000}@example.com` },
    target: { type: 'tunnel', id: `t${n}`, name: `tunnel-${n}` },
    context: {
      ip_address: `198.51.${n % 200}.${(n % 2_000) % 250}`,
      user_agent: 'Mozilla/5.0',
      team_id: 't1',
      team_name: 'Core',
    },
    metadata: grave ? { before: ['198.51.100.0/24'], after: ['0.0.0.0/0'] } : {},
  };
}
