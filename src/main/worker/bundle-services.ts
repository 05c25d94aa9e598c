import { ok } from '../../shared/errors.ts';
import type { ArchiveReader } from '../core/archive/reader.ts';
import type { Places } from '../core/geo/places.ts';
import { systemClock, systemRandom } from '../system-ports.ts';
import type { BundleCalls, OpenBundleCalls } from './bundle-calls.ts';
import type { ServiceTable } from './service-table.ts';

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

/** Making an archive of a bundle, in a folder that is not there yet. */
export function openBundleServices(dir: string): ServiceTable<OpenBundleCalls> {
  return {
    async openBundle({ file, opener, known }) {
      const { openBundle } = await import('../core/bundle/open.ts');
      const opening = openBundle(file, opener);
      const { archiveFromBundle } = await import('../core/bundle/into-archive.ts');
      const trust = { key: null, heads: [], any: known };
      const made = await archiveFromBundle(opening, dir, trust, { clock: systemClock, random: systemRandom });
      return made.ok ? ok(made.value.key) : made;
    },
  };
}
