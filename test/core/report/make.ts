import { join } from 'node:path';
import type { ArchiveReader } from '../../../src/main/core/archive/reader.ts';
import { attachmentsOf } from '../../../src/main/core/report/attachments.ts';
import { buildReportModel } from '../../../src/main/core/report/build-model.ts';
import { evidenceReport } from '../../../src/main/core/report/evidence-report.ts';
import { fontBook } from '../../../src/main/core/report/fonts.ts';
import { loadFramework } from '../../../src/main/core/report/framework.ts';
import type { ReportModel } from '../../../src/main/core/report/model.ts';
import { type RenderedPdf, renderPdf } from '../../../src/main/core/report/pdf.ts';
import { typesetter } from '../../../src/main/core/report/runs.ts';
import { unwrap } from '../../../src/shared/errors.ts';
import type { Finding, RuleInfo } from '../../../src/shared/finding.ts';
import type { Suppression } from '../../../src/shared/triage.ts';

export const RESOURCES = join(import.meta.dirname, '../../../resources');
export const HEAD = '2f9a60c47d18e35b94aa01fcb6d277132f9a60c47d18e35b94aa01fcb6d27713';

export type Material = {
  readonly suppressions?: readonly Suppression[];
  readonly reader: ArchiveReader;
  readonly findings: readonly Finding[];
  readonly rules: readonly RuleInfo[];
};

/** The model of the sample's quarter, in Lisbon. */
export function modelOf(
  material: Material,
  more: { zone?: string; fromDay?: string; toDay?: string; head?: string | null } = {},
): ReportModel {
  return buildReportModel(material.reader, {
    ...material,
    framework: unwrap(loadFramework(RESOURCES, 'soc2')),
    fromDay: '2026-07-01',
    toDay: '2026-09-30',
    zone: 'Europe/Lisbon',
    now: Date.UTC(2026, 9, 21, 9, 12, 5),
    host: 'eu.usejetty.online',
    plan: 'fleet',
    lastSync: Date.UTC(2026, 9, 21, 6, 0, 3),
    head: HEAD,
    ...more,
  });
}

export function definitionOf(model: ReportModel) {
  return evidenceReport(model, attachmentsOf(model), typesetter(fontBook()));
}

export function render(model: ReportModel): Promise<RenderedPdf> {
  return renderPdf(definitionOf(model), { fonts: fontBook() });
}
