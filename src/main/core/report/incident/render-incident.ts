import { fontBook } from '../fonts.ts';
import { type RenderedPdf, type RenderOptions, renderPdf } from '../pdf.ts';
import { typesetter } from '../runs.ts';
import { incidentFiles, incidentManifest } from './incident-files.ts';
import type { IncidentModel } from './incident-model.ts';
import { incidentPages } from './incident-pages.ts';

/** The report of a case as a PDF, with timeline, scope and remedies as files inside. Throws as `renderPdf` does. */
export function renderIncident(
  model: IncidentModel,
  options: Pick<RenderOptions, 'onProgress' | 'signal'> = {},
): Promise<RenderedPdf> {
  const files = incidentFiles(model);
  const manifest = incidentManifest(model, files);
  const fonts = fontBook();
  const definition = incidentPages(model, manifest.sha256, typesetter(fonts));
  return renderPdf(definition, { ...options, fonts, files: [...files, manifest], made: model.generatedAt });
}
