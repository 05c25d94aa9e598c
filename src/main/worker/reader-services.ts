import { performance } from 'node:perf_hooks';
import { ok } from '../../shared/errors.ts';
import type { ArchiveReader } from '../core/archive/reader.ts';
import { detect } from '../core/detection/detect.ts';
import { exportEntries } from '../core/export/export.ts';
import { reportArchive } from '../core/report/report-archive.ts';
import { WHOLE_ARCHIVE } from '../core/search/plan.ts';
import type { ReaderCalls } from './calls.ts';
import { coverageServices } from './coverage-services.ts';
import { previewServices } from './import-services.ts';
import type { ServiceTable } from './service-table.ts';

type Findings = ReaderCalls['findings']['output'];

/** The reading services over one open archive. */
export function readerServices(reader: ArchiveReader): ServiceTable<ReaderCalls> {
  let known: { readonly version: number; readonly zone: string; readonly findings: Findings } | null = null;
  return {
    info: () => ok(reader.info()),
    setting: ({ name }) => ok(reader.setting(name)),
    count: ({ plan }) => ok(reader.count(plan)),
    rowsAt: ({ plan, offset, limit }) =>
      ok({ rows: reader.rowsAt(plan, offset, limit), version: reader.info().version }),
    facets: ({ plan, fields, limit }) =>
      ok(fields.map((field) => ({ field, ...reader.facet(plan, field, limit, { ignoreOwn: true }) }))),
    histogram: ({ plan, by, zone }) => ok(reader.histogram(plan, by, zone)),
    entry: ({ key }) => ok(reader.entry(key)),
    ...coverageServices(reader),
    ...previewServices(reader),
    findings({ zone }) {
      const { version } = reader.info();
      if (known?.version !== version || known.zone !== zone) {
        const started = performance.now();
        const detection = detect(reader, WHOLE_ARCHIVE, { zone });
        if (!detection.ok) return detection;
        const { findings, rulesRun } = detection.value;
        known = {
          version,
          zone,
          findings: { findings, rulesRun: rulesRun.length, ms: Math.round(performance.now() - started) },
        };
      }
      return ok(known.findings);
    },
    export: ({ plan, ...request }, { cancel, onProgress }) =>
      exportEntries(reader, plan, { ...request, signal: cancel, onProgress }),
    report: ({ from, to, ...request }, { cancel, onProgress }) =>
      reportArchive({ ...request, reader, template: 'soc2', fromDay: from, toDay: to, onProgress, signal: cancel }),
  };
}
