import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createArchive } from '../../src/main/core/archive/open.ts';
import type { ArchiveWriter, Batch, RawItem, Source } from '../../src/main/core/archive/writer.ts';
import { parseEntry } from '../../src/main/core/jetty/parse-entry.ts';
import { unwrap } from '../../src/shared/errors.ts';
import { CHEAP_KDF, fixedClock, realRandom, temporaryFolder } from './ports.ts';

export const PASSPHRASE = 'correct horse battery staple';

/** A new, empty, really encrypted archive; closed and removed when the test is over. */
export async function newArchive(
  options: { now?: string; zone?: string } = {},
): Promise<{ dir: string; writer: ArchiveWriter; key: Uint8Array; recoveryCode: string }> {
  const dir = join(temporaryFolder(), 'test.logbook');
  const ports = { clock: fixedClock(options.now ?? '2026-10-15T12:00:00Z'), random: realRandom, kdfCost: CHEAP_KDF };
  const created = unwrap(
    await createArchive(dir, { name: 'Test', passphrase: PASSPHRASE, zone: options.zone ?? 'UTC' }, ports),
  );
  onTestFinished(() => {
    try {
      created.writer.close();
    } catch {
      // The test closed it itself.
    }
  });
  return { dir, ...created };
}

/** Raw items from values (serialised here) or from JSON text as it is. */
export function itemsOf(values: readonly unknown[]): RawItem[] {
  return values.map((value) => parseEntry(Buffer.from(typeof value === 'string' ? value : JSON.stringify(value))));
}

export function batchOf(values: readonly unknown[], source: Source = { kind: 'file', detail: 'test.json' }): Batch {
  return {
    items: itemsOf(values),
    source,
    receivedAt: Date.parse('2026-10-15T12:00:00Z'),
  };
}
