import type { Attachment } from './attachment.ts';
import { attachmentsOf } from './attachments.ts';
import { evidenceReport } from './evidence-report.ts';
import { fontBook } from './fonts.ts';
import { manifestOf } from './manifest.ts';
import type { ReportModel } from './model.ts';
import { type RenderedPdf, type RenderOptions, renderPdf } from './pdf.ts';
import { typesetter } from './runs.ts';

export type RenderReport = Pick<RenderOptions, 'onProgress' | 'signal'>;

/** An evidence report as a PDF, its population and all other files inside. Throws as `renderPdf` does. */
export function renderReport(
  model: ReportModel,
  population: Attachment,
  options: RenderReport = {},
): Promise<RenderedPdf> {
  const attachments = attachmentsOf(model, population);
  const manifest = manifestOf(model, attachments);
  const fonts = fontBook();
  const definition = evidenceReport(model, attachments, manifest.sha256, typesetter(fonts));
  return renderPdf(definition, { ...options, fonts, files: [...attachments, manifest], made: model.generatedAt });
}
