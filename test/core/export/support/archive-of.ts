import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { ArchiveWriter } from '../../../../src/main/core/archive/writer.ts';
import { exportEntries } from '../../../../src/main/core/export/export.ts';
import { WHOLE_ARCHIVE } from '../../../../src/main/core/search/plan.ts';
import { unwrap } from '../../../../src/shared/errors.ts';
import type { ExportFormat } from '../../../../src/shared/export-format.ts';
import { type HostileEntry, hostileEntry, wireOf } from '../../../properties/support/hostile.ts';
import { batchOf, newArchive } from '../../../support/archive.ts';
import { temporaryFolder } from '../../../support/ports.ts';

export const RESOURCES = join(import.meta.dirname, '../../../../resources');

/** Entries that hold everything a log may hold, the same for a seed. */
export function hostileWires(n: number, seed = 1): Record<string, unknown>[] {
  return fc.sample(hostileEntry, { numRuns: n, seed }).map((entry, i) => wireOf(entry as HostileEntry, `log_${i}`));
}

export async function archiveOf(wires: readonly unknown[]): Promise<ArchiveWriter> {
  const { writer } = await newArchive();
  for (let at = 0; at < wires.length; at += 5_000) unwrap(writer.ingest(batchOf(wires.slice(at, at + 5_000))));
  return writer;
}

/** Exports everything to a file and reads it back. */
export async function exported(writer: ArchiveWriter, format: ExportFormat): Promise<Buffer> {
  const out = join(temporaryFolder(), `all.${format}`);
  unwrap(await exportEntries(writer, WHOLE_ARCHIVE, { format, out, resourcesDir: RESOURCES }));
  return readFileSync(out);
}
