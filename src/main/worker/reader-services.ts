import { FailureError, ok, type Result } from '../../shared/errors.ts';
import type { ArchiveReader } from '../core/archive/reader.ts';
import type { Places } from '../core/geo/places.ts';
import type { Cancel } from '../core/ports.ts';
import { besideServices } from './beside-services.ts';
import { bundleServices } from './bundle-services.ts';
import type { ReaderCalls } from './calls.ts';
import { caseServices } from './case-services.ts';
import { coverageServices } from './coverage-services.ts';
import { detectionServices } from './detection-services.ts';
import { previewServices } from './import-services.ts';
import type { IntegrityCalls } from './integrity-calls.ts';
import { keepingServices } from './keeping-services.ts';
import { profileServices } from './profile-services.ts';
import { reportServices } from './report-services.ts';
import { reviewServices } from './review-services.ts';
import type { ServiceTable } from './service-table.ts';
import { settingsServices } from './settings-services.ts';

/** The reading services over one open archive. */
export function readerServices(
  reader: ArchiveReader,
  places: Places,
): ServiceTable<Omit<ReaderCalls, keyof IntegrityCalls>> {
  return {
    info: () => ok(reader.info()),
    setting: ({ name }) => ok(reader.setting(name)),
    count: ({ plan }, { cancel }) => wanted(reader, cancel, () => reader.count(plan)),
    rowsAt: ({ plan, offset, limit }, { cancel }) =>
      wanted(reader, cancel, () => ({ rows: reader.rowsAt(plan, offset, limit), version: reader.info().version })),
    listing: ({ plan, zone, limit }, { cancel }) => wanted(reader, cancel, () => reader.listing(plan, zone, limit)),
    foldedListing: ({ plan, zone, limit }, { cancel }) =>
      wanted(reader, cancel, () => reader.foldedListing(plan, zone, limit)),
    linesAt: ({ plan, zone, offset, limit }, { cancel }) =>
      wanted(reader, cancel, () => reader.linesAt(plan, zone, offset, limit)),
    linesOf: ({ plan, zone, keys }, { cancel }) => wanted(reader, cancel, () => reader.linesOf(plan, zone, keys)),
    facets: ({ plan, fields, limit }, { cancel }) =>
      wanted(reader, cancel, () =>
        fields.map((field) => ({ field, ...reader.facet(plan, field, limit, { ignoreOwn: true }) })),
      ),
    readAhead: ({ entries }) => ok(reader.readAhead(entries)),
    newerThan: ({ plan, at }) => ok(reader.newerThan(plan, at)),
    distinct: ({ field, prefix, limit }) => ok(reader.distinct(field, prefix, limit)),
    neighbours: ({ key, kind, spanMs, limit }) => ok(reader.neighbours(key, kind, spanMs, limit)),
    histogram: ({ plan, by, zone }, { cancel }) => wanted(reader, cancel, () => reader.histogram(plan, by, zone)),
    entry: ({ key }) => ok(reader.entry(key)),
    ...coverageServices(reader),
    ...previewServices(reader),
    ...detectionServices(reader, places),
    ...profileServices(reader, places),
    ...besideServices(reader),
    ...reviewServices(reader),
    ...caseServices(reader, places),
    ...settingsServices(reader),
    ...keepingServices(reader),
    ...bundleServices(reader, places),
    ...reportServices(reader, places),
    // What writes files is a good part of the code there is, and most threads never do it.
    async export({ plan, ...request }, { cancel, onProgress }) {
      const { exportWithSidecar } = await import('../core/export/sidecar.ts');
      return exportWithSidecar(reader, plan, { ...request, signal: cancel, onProgress });
    },
  };
}

/** The answer to a question, unless nobody waits for it any more. */
function wanted<T>(reader: ArchiveReader, cancel: Cancel, question: () => T): Result<T> {
  try {
    return ok(reader.whileWanted(cancel, question));
  } catch (error) {
    if (error instanceof FailureError) return { ok: false, error: error.failure };
    throw error;
  }
}
