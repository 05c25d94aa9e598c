import { join } from 'node:path';
import type { ArchiveReader } from '../../../src/main/core/archive/reader.ts';
import type { Attachment } from '../../../src/main/core/report/attachment.ts';
import { attachmentsOf } from '../../../src/main/core/report/attachments.ts';
import { buildReportModel } from '../../../src/main/core/report/build-model.ts';
import { evidenceReport } from '../../../src/main/core/report/evidence-report.ts';
import { fontBook } from '../../../src/main/core/report/fonts.ts';
import { loadFramework } from '../../../src/main/core/report/framework.ts';
import { manifestOf } from '../../../src/main/core/report/manifest.ts';
import type { ReportModel } from '../../../src/main/core/report/model.ts';
import type { RenderedPdf } from '../../../src/main/core/report/pdf.ts';
import { populationFile } from '../../../src/main/core/report/population-file.ts';
import { renderReport } from '../../../src/main/core/report/render-report.ts';
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
  const population = populationFile();
  const model = buildReportModel(material.reader, {
    ...material,
    onEntry: population.add,
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
  populations.set(model, population.finish());
  return model;
}

const populations = new WeakMap<ReportModel, Attachment>();

export function definitionOf(model: ReportModel) {
  const attachments = attachmentsOf(model, populationOf(model));
  return evidenceReport(model, attachments, manifestOf(model, attachments).sha256, typesetter(fontBook()));
}

export function render(model: ReportModel): Promise<RenderedPdf> {
  return renderReport(model, populationOf(model));
}

export function populationOf(model: ReportModel): Attachment {
  return populations.get(model) ?? populationFile().finish();
}
