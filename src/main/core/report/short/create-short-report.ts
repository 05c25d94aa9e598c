import { fail, ok, type Result } from '../../../../shared/errors.ts';
import type { ShortReport } from '../../../../shared/report-template.ts';
import type { ArchiveReader } from '../../archive/reader.ts';
import { sidesOf } from '../../profile/sides.ts';
import type { Attachment } from '../attachment.ts';
import { type Cell, csv } from '../csv-file.ts';
import { fontBook } from '../fonts.ts';
import { isoInstant } from '../format.ts';
import { jsonFile } from '../manifest.ts';
import { type RenderedPdf, type RenderOptions, renderPdf } from '../pdf.ts';
import { typesetter } from '../runs.ts';
import { loadShortReport, type ShortDefinition } from './definition.ts';
import type { ShortModel } from './short-model.ts';
import { shortPages } from './short-pages.ts';

/**
 * The lists of a short report; of a person, the two sides from which the log speaks of them. `person` is an e-mail address,
 * an id, or a name nobody else has. Errors: `bad_input` (a person is missing, or one too many), `not_found`.
 */
export function shortDefinition(
  reader: ArchiveReader,
  resourcesDir: string,
  template: ShortReport,
  person: string | null,
): Result<ShortDefinition> {
  const loaded = loadShortReport(resourcesDir, template);
  if (!loaded.ok) return loaded;
  if (template !== 'person') {
    return person === null
      ? loaded
      : fail(
          'bad_input',
          `The report “${template}” is not about one person.`,
          'Ask for the report “person”, or for nobody.',
        );
  }
  if (person === null || person.trim() === '') {
    return fail(
      'bad_input',
      'This report is about one person, and none is named.',
      'Name them by e-mail address or id.',
    );
  }
  const sides = sidesOf({ kind: 'person', value: person.trim() }, reader);
  const known = sides.some(({ terms }) => reader.count({ filter: { terms }, fromMs: null, toMs: null }) > 0);
  if (!known) {
    return fail(
      'not_found',
      `The archive has no entry of or about “${person.trim()}”.`,
      'Look the person up in the Explorer, and name them by the e-mail address or id that stands there.',
    );
  }
  const lists = loaded.value.lists.map((list) => {
    const terms = sides.find(({ side }) => side === list.id)?.terms ?? [];
    return { ...list, filter: { terms } };
  });
  return ok({ ...loaded.value, lists });
}

/** A short report as a PDF with a file for every list inside. Throws as `renderPdf` does. */
export function renderShortReport(
  model: ShortModel,
  options: Pick<RenderOptions, 'onProgress' | 'signal'> = {},
): Promise<RenderedPdf> {
  const files = [...model.lists.map((list) => list.file), findingsFile(model)];
  const manifest = manifestOf(model, files);
  const fonts = fontBook();
  const definition = shortPages(model, manifest.sha256, typesetter(fonts));
  return renderPdf(definition, { ...options, fonts, files: [...files, manifest], made: model.generatedAt });
}

function findingsFile({ findings }: ShortModel): Attachment {
  const rows = findings.map((one): Cell[] => [
    one.id,
    one.severity,
    one.rule,
    one.title,
    one.why,
    isoInstant(one.first),
    isoInstant(one.last),
    one.state?.status ?? null,
    one.entryIds.join(' '),
  ]);
  const columns = ['finding', 'severity', 'rule', 'title', 'why', 'first', 'last', 'status', 'entry_ids'];
  return csv('findings.csv', 'Every finding that names an entry of a list', rows, columns);
}

function manifestOf(model: ShortModel, files: readonly Attachment[]): Attachment {
  const { period, archive, head } = model;
  return jsonFile('report.json', 'What this report is of, and the hash of every file inside', {
    format: 'logbook-report/1',
    report: model.id,
    subject: model.subject,
    organisation: model.organisation,
    period: { from: period.fromDay, to: period.toDay, zone: period.zone },
    generated: isoInstant(model.generatedAt),
    archive: { ...archive, head },
    lists: model.lists.map(({ id, population: { query, count, sha256 } }) => ({ id, query, count, sha256 })),
    coverage: model.coverage.states,
    findings: model.findings.length,
    files: files.map(({ name, rows, sha256 }) => ({ name, rows, sha256 })),
  });
}
