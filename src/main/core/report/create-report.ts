import type { JettyPlan } from '../../../shared/coverage.ts';
import type { Result } from '../../../shared/errors.ts';
import { FailureError, fail, ok } from '../../../shared/errors.ts';
import type { RuleInfo } from '../../../shared/finding.ts';
import { daysBetween, isDay, isZone } from '../../../shared/instant.ts';
import type { Office } from '../../../shared/office.ts';
import type { ReportTemplate } from '../../../shared/report-template.ts';
import type { Suppression } from '../../../shared/triage.ts';
import type { ArchiveReader } from '../archive/reader.ts';
import { writeAtomically } from '../files/write-atomically.ts';
import type { Cancel, OnProgress } from '../ports.ts';
import { buildReportModel } from './build-model.ts';
import { loadFramework } from './framework.ts';
import { populationFile } from './population-file.ts';
import { renderReport } from './render-report.ts';
import type { ReportFinding } from './set-aside.ts';

/** What to report on and where to write it. Instants are milliseconds UTC. */
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
  readonly template: ReportTemplate;
  /** Calendar dates in `zone`, both included. */
  readonly fromDay: string;
  readonly toDay: string;
  readonly zone: string;
  readonly now: number;
  readonly out: string;
  readonly onProgress?: OnProgress | undefined;
  /** Looked at every few thousand entries and on every page. */
  readonly signal?: Cancel | undefined;
  readonly host?: string | null;
  readonly organisation?: string | null;
  readonly plan?: JettyPlan | null;
  readonly lastSync?: number | null;
  readonly head?: string | null;
};

export type ReportResult = {
  readonly out: string;
  readonly pages: number;
  /** SHA-256 of the file, hexadecimal. */
  readonly sha256: string;
  /** Entries in the period. */
  readonly population: number;
  /** Findings listed one by one: those of medium or above that nobody suppressed. */
  readonly exceptions: number;
  /** Findings that are counted: low ones, and suppressed ones. */
  readonly counted: number;
  readonly suppressed: number;
};

const LONGEST = 3_700;

/**
 * Makes a report and writes it, whole or not at all. Errors: `bad_input` (dates, zone, template), `cancelled`, `disk`,
 * `not_found` (folder, framework), `integrity` (the archive contradicts itself).
 */
export async function createReport(request: ReportRequest): Promise<Result<ReportResult>> {
  const checked = checkPeriod(request);
  if (!checked.ok) return checked;
  const framework = loadFramework(request.resourcesDir, request.template);
  if (!framework.ok) return framework;
  try {
    const population = populationFile();
    const model = buildReportModel(request.reader, {
      ...request,
      framework: framework.value,
      onEntry: population.add,
    });
    await breath();
    const { signal, onProgress, out } = request;
    const { bytes, pages, sha256 } = await renderReport(model, population.finish(), { signal, onProgress });
    const written = writeAtomically(out, bytes);
    if (!written.ok) return written;
    const total = (counts: readonly { readonly findings: number }[]) =>
      counts.reduce((sum, one) => sum + one.findings, 0);
    return ok({
      out,
      pages,
      sha256,
      population: model.population.count,
      exceptions: model.exceptions.length,
      counted: total(model.setAside.minor),
      suppressed: total(model.setAside.suppressed),
    });
  } catch (error) {
    if (error instanceof FailureError) return { ok: false, error: error.failure };
    return fail(
      'unexpected',
      `The report could not be laid out: ${error instanceof Error ? error.message : String(error)}`,
      'Please report this with the period you asked for.',
    );
  }
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
