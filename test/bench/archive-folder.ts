import { createArchive, openReader, unlockArchive } from '../../src/main/core/archive/open.ts';
import type { ArchiveReader } from '../../src/main/core/archive/reader.ts';
import type { ArchiveWriter } from '../../src/main/core/archive/writer.ts';
import { systemClock, systemRandom } from '../../src/main/system-ports.ts';
import { unwrap } from '../../src/shared/errors.ts';

// The archives of the benchmark are made-up and gone afterwards; every process of it opens them by the same passphrase.
export const PASSPHRASE = 'bench';

/** A new archive at a path. The derivation of the key is made cheap: it is not what is measured. */
export async function newBenchArchive(dir: string): Promise<ArchiveWriter> {
  const ports = { clock: systemClock, random: systemRandom, kdfCost: { memoryKiB: 8, passes: 1, lanes: 1 } };
  return unwrap(await createArchive(dir, { name: 'Bench', passphrase: PASSPHRASE, zone: 'UTC' }, ports)).writer;
}

export async function benchKey(dir: string): Promise<Uint8Array> {
  return unwrap(await unlockArchive(dir, { passphrase: PASSPHRASE }));
}

export async function openBenchArchive(dir: string): Promise<ArchiveReader> {
  return unwrap(openReader(dir, await benchKey(dir)));
}
