import { ok, type Result } from '../../shared/errors.ts';
import type { ArchiveReader } from '../core/archive/reader.ts';
import type { ArchiveFilling } from '../core/bundle/fill-archive.ts';
import type { Places } from '../core/geo/places.ts';
import { systemRandom } from '../system-ports.ts';
import type { BundleCalls, FillCalls, OpenBundleCalls } from './bundle-calls.ts';
import type { ServiceTable } from './service-table.ts';
import { startThread } from './thread-client.ts';

/** Writing a bundle of what a reader holds. */
export function bundleServices(reader: ArchiveReader, places: Places): ServiceTable<BundleCalls> {
  return {
    async createBundle(request, { cancel, onProgress }) {
      const { createBundle } = await import('../core/bundle/create.ts');
      const given = { ...request, reports: [], random: systemRandom, places };
      return createBundle(reader, { ...given, signal: cancel, onProgress });
    },
  };
}

/** Making an archive of a bundle, in a folder that is not there yet; `script` is that of the threads. */
export function openBundleServices(dir: string, script: string): ServiceTable<OpenBundleCalls> {
  return {
    async openBundle({ file, opener, known }) {
      const filling = fillingThread(script, dir);
      const { openBundle } = await import('../core/bundle/open.ts');
      const opening = openBundle(file, opener);
      const { archiveFromBundle } = await import('../core/bundle/into-archive.ts');
      const made = await archiveFromBundle(opening, filling, { key: null, heads: [], any: known });
      return made.ok ? ok(made.value.key) : made;
    },
  };
}

/** Filling an archive with what another thread reads. */
export function fillServices(filling: ArchiveFilling): ServiceTable<FillCalls> {
  return {
    fillEntries: (batch) => filling.entries(batch),
    finishFilling: (told) => filling.finish(told),
  };
}

async function fillingThread(script: string, dir: string): Promise<Result<ArchiveFilling>> {
  const thread = await startThread<FillCalls>(script, { role: 'filler', dir, key: new Uint8Array() });
  if (!thread.ok) return thread;
  const { call, close } = thread.value;
  return ok({
    entries: (batch) => call('fillEntries', batch),
    finish: (told) => call('finishFilling', told),
    close,
  });
}
