import { resolve } from 'node:path';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import { isDay } from '../../../shared/instant.ts';
import { isReportTemplate, REPORT_TEMPLATES } from '../../../shared/report-template.ts';
import { heldIfBroken } from '../../core/archive/integrity/last-verification.ts';
import { placesOfArchive } from '../../core/geo/shipped-places.ts';
import { reportArchive } from '../../core/report/report-archive.ts';
import { type Answer, grouped } from '../answer.ts';
import { archiveDir, type CommonOptions, clockOf, zoneOf } from '../common-options.ts';
import { openForReading } from '../open-archive.ts';
import { progressBar } from '../progress.ts';
import type { Terminal } from '../terminal.ts';

export type ReportOptions = CommonOptions & {
  readonly template: string;
  readonly from: string;
  readonly to: string;
  readonly out: string;
};

/** `logbook report`: the review report of a period as a PDF. */
export async function report(options: ReportOptions, terminal: Terminal): Promise<Result<Answer>> {
  const { template } = options;
  if (!isReportTemplate(template))
    return fail('bad_input', `--template “${template}” is not known.`, `Templates: ${REPORT_TEMPLATES.join(', ')}.`);
  for (const side of ['from', 'to'] as const) {
    if (!isDay(options[side]))
      return fail('bad_input', `--${side} “${options[side]}” is not a date.`, 'Write it as 2026-01-31.');
  }
  const clock = clockOf(options);
  if (!clock.ok) return clock;
  const opened = await openForReading(options, terminal);
  if (!opened.ok) return opened;
  const { reader, release } = opened.value;
  const progress = progressBar(terminal);
  try {
    const held = heldIfBroken(reader);
    if (held !== null) return held;
    const zone = zoneOf(options, reader.info().zone);
    if (!zone.ok) return zone;
    const dir = archiveDir(options, terminal);
    const created = await reportArchive({
      reader,
      ...(dir.ok ? { places: placesOfArchive(dir.value) } : {}),
      resourcesDir: terminal.resourcesDir,
      template,
      fromDay: options.from,
      toDay: options.to,
      zone: zone.value,
      now: clock.value.now(),
      out: resolve(terminal.cwd, options.out),
      onProgress: progress.onProgress,
      signal: terminal.signal,
    });
    if (!created.ok) return created;
    const { out, pages, sha256, population, exceptions, counted, suppressed } = created.value;
    return ok({
      json: { out, pages, sha256, population, exceptions, counted, suppressed },
      text: `${out}\n${pages} pages, ${grouped(population)} entries in the period, ${exceptions} exceptions\nSHA-256 ${sha256}`,
    });
  } finally {
    progress.stop();
    release();
  }
}
