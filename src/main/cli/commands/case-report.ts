import { resolve } from 'node:path';
import { ok, type Result } from '../../../shared/errors.ts';
import { heldIfBroken } from '../../core/archive/integrity/last-verification.ts';
import { placesOfArchive } from '../../core/geo/shipped-places.ts';
import { type Answer, grouped } from '../answer.ts';
import { archiveDir, type CommonOptions, clockOf, zoneOf } from '../common-options.ts';
import { noteReport } from '../note-report.ts';
import { progressBar } from '../progress.ts';
import type { Terminal } from '../terminal.ts';
import { readingCases } from './case-read.ts';

export type ReportCaseOptions = CommonOptions & { readonly out: string; readonly by?: string };

/** `logbook case report CASE --out FILE`: the incident report as a PDF, noted in the archive like every report. */
export async function runReportCase(
  id: string,
  options: ReportCaseOptions,
  terminal: Terminal,
): Promise<Result<Answer>> {
  const dir = archiveDir(options, terminal);
  if (!dir.ok) return dir;
  const clock = clockOf(options);
  if (!clock.ok) return clock;
  const out = resolve(terminal.cwd, options.out);
  const made = await readingCases(options, terminal, async (reader, _book, now) => {
    const held = heldIfBroken(reader);
    if (held !== null) return held;
    const zone = zoneOf(options, reader.info().zone);
    if (!zone.ok) return zone;
    const { reportCase } = await import('../../core/report/incident/report-case.ts');
    const progress = progressBar(terminal);
    const { onProgress } = progress;
    const request = { id, out, zone: zone.value, now, places: placesOfArchive(dir.value) };
    const report = await reportCase(reader, { ...request, onProgress, signal: terminal.signal });
    progress.stop();
    return report;
  });
  if (!made.ok) return made;
  const { pages, sha256, population, exceptions, head } = made.value;
  await noteReport(made.value, options, clock.value, terminal);
  return ok({
    json: { case: id, out, pages, sha256, events: population, unsettled: exceptions, head },
    text: `${id}: ${grouped(population)} ${population === 1 ? 'event' : 'events'} on ${grouped(pages)} pages in ${out}\nSHA-256 ${sha256}`,
  });
}
