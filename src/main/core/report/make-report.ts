import type { JettyPlan } from '../../../shared/coverage.ts';
import type { Result } from '../../../shared/errors.ts';
import { FailureError, fail, ok } from '../../../shared/errors.ts';
import type { RuleInfo } from '../../../shared/finding.ts';
import { daysBetween, isDay, isZone } from '../../../shared/instant.ts';
import type { Office } from '../../../shared/office.ts';
import {
  isShortReport,
  type ReportKind,
  type ReportTemplate,
  type ShortReport,
} from '../../../shared/report-template.ts';
import type { Suppression } from '../../../shared/triage.ts';
import type { ArchiveReader } from '../archive/reader.ts';
import type { Cancel, OnProgress } from '../ports.ts';
import { buildReportModel } from './build-model.ts';
import { loadFramework } from './framework.ts';
import type { ReportIntegrity } from './integrity.ts';
import type { RenderedPdf } from './pdf.ts';
import { populationFile } from './population-file.ts';
import { renderReport } from './render-report.ts';
import { reviewPart } from './review-part.ts';
import type { ReportFinding } from './set-aside.ts';
import { renderShortReport, shortDefinition } from './short/create-short-report.ts';
import { buildShortModel } from './short/short-model.ts';

/** What to report on. Instants are milliseconds UTC. */
export type ReportRequest = {
  readonly reader: ArchiveReader;
  /** Findings of any time: those of the period become exceptions, grave ones after it are mentioned. */
  readonly findings: readonly ReportFinding[];
  readonly suppressions?: readonly Suppression[];
  readonly rules: readonly RuleInfo[];
  /** Whose hours the rules took for office hours. */
  readonly offices?: readonly Office[];
  /** The folder `resources` of the application. */
  readonly resourcesDir: string;
  readonly template: ReportKind;
  /** Whom the report of one person is about: e-mail address, id, or a name nobody else has. */
  readonly person?: string | null;
  /** Id of the campaign an evidence report is of; its period and zone have to be those of the report. */
  readonly review?: string | null;
  /** Calendar dates in `zone`, both included. */
  readonly fromDay: string;
  readonly toDay: string;
  readonly zone: string;
  readonly now: number;
  readonly onProgress?: OnProgress | undefined;
  /** Looked at every few thousand entries and on every page. */
  readonly signal?: Cancel | undefined;
  readonly host?: string | null;
  readonly organisation?: string | null;
  readonly plan?: JettyPlan | null;
  readonly lastSync?: number | null;
  readonly head?: string | null;
  /** Left out, nothing is known of a verification. */
  readonly integrity?: ReportIntegrity | undefined;
};

/** A report as it was made, not written yet. */
export type MadeReport = RenderedPdf & {
  readonly template: ReportKind;
  readonly person: string | null;
  /** Head of the seal chain that is printed in it; null where nothing was sealed. */
  readonly head: string | null;
  /** Entries in the period; of a short report those of its lists, each once. */
  readonly population: number;
  /** Findings listed one by one: those of medium or above that nobody suppressed; of a short report all. */
  readonly exceptions: number;
  /** Findings that are counted: low ones, and suppressed ones. */
  readonly counted: number;
  readonly suppressed: number;
};

const LONGEST = 3_700;

/**
 * Makes a report, in memory. Errors: `bad_input` (dates, zone, person), `cancelled`, `not_found` (framework, person),
 * `integrity` (the archive contradicts itself).
 */
export async function makeReport(request: ReportRequest): Promise<Result<MadeReport>> {
  const checked = checkPeriod(request);
  if (!checked.ok) return checked;
  const { template } = request;
  try {
    return isShortReport(template)
      ? await makeShortReport(request, template)
      : await makeEvidenceReport(request, template);
  } catch (error) {
    if (error instanceof FailureError) return { ok: false, error: error.failure };
    return fail(
      'unexpected',
      `The report could not be laid out: ${error instanceof Error ? error.message : String(error)}`,
      'Please report this with the period you asked for.',
    );
  }
}

async function makeEvidenceReport(request: ReportRequest, template: ReportTemplate): Promise<Result<MadeReport>> {
  const framework = loadFramework(request.resourcesDir, template);
  if (!framework.ok) return framework;
  if ((request.person ?? null) !== null) {
    return fail('bad_input', 'An evidence report is not about one person.', 'Ask for the report “person” instead.');
  }
  const population = populationFile();
  const review = request.review ?? null;
  const model = buildReportModel(request.reader, {
    ...request,
    review: review === null ? null : reviewPart(request.reader, review, request.now, request.signal),
    framework: framework.value,
    onEntry: population.add,
  });
  await breath();
  const { signal, onProgress } = request;
  const pdf = await renderReport(model, population.finish(), { signal, onProgress });
  const total = (counts: readonly { readonly findings: number }[]) =>
    counts.reduce((sum, one) => sum + one.findings, 0);
  return ok({
    ...pdf,
    template,
    person: null,
    head: model.head,
    population: model.population.count,
    exceptions: model.exceptions.length,
    counted: total(model.setAside.minor),
    suppressed: total(model.setAside.suppressed),
  });
}

async function makeShortReport(request: ReportRequest, template: ShortReport): Promise<Result<MadeReport>> {
  if ((request.review ?? null) !== null) {
    return fail('bad_input', 'A short report is not of a review.', 'Ask for an evidence report of the review.');
  }
  const { reader, resourcesDir, signal, onProgress } = request;
  const person = request.person?.trim() || null;
  const definition = shortDefinition(reader, resourcesDir, template, person);
  if (!definition.ok) return definition;
  const model = buildShortModel(reader, {
    ...request,
    definition: definition.value,
    subject: person,
    head: request.head ?? null,
  });
  await breath();
  const pdf = await renderShortReport(model, { signal, onProgress });
  const suppressed = model.findings.filter(({ state }) => (state?.suppression ?? null) !== null).length;
  return ok({
    ...pdf,
    template,
    person,
    head: model.head,
    population: model.entries,
    exceptions: model.findings.length - suppressed,
    counted: 0,
    suppressed,
  });
}

function checkPeriod({ fromDay, toDay, zone }: ReportRequest): Result<void> {
  if (!isZone(zone)) {
    return fail('bad_input', `“${zone}” is not a time zone.`, 'Use a name such as UTC or Europe/Lisbon.');
  }
  for (const day of [fromDay, toDay]) {
    if (!isDay(day)) return fail('bad_input', `“${day}” is not a date.`, 'Write dates as 2026-01-31.');
  }
  if (fromDay > toDay) {
    return fail('bad_input', `The period ends on ${toDay}, before it begins on ${fromDay}.`, 'Swap the two dates.');
  }
  if (daysBetween(fromDay, toDay) >= LONGEST) {
    return fail('bad_input', 'The period is longer than ten years.', 'Report on a shorter period.');
  }
  return ok(undefined);
}

/** Lets a message of cancellation in, between two pieces of synchronous work. */
function breath(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
