import { userInfo } from 'node:os';
import { resolve } from 'node:path';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import { isDay } from '../../../shared/instant.ts';
import { isReportKind, REPORT_KINDS } from '../../../shared/report-template.ts';
import { heldIfBroken } from '../../core/archive/integrity/last-verification.ts';
import { writeAtomically } from '../../core/files/write-atomically.ts';
import { placesOfArchive } from '../../core/geo/shipped-places.ts';
import type { Clock } from '../../core/ports.ts';
import { noteIssued } from '../../core/report/issued.ts';
import type { MadeReport } from '../../core/report/make-report.ts';
import { reportArchive } from '../../core/report/report-archive.ts';
import { type Answer, grouped } from '../answer.ts';
import { archiveDir, type CommonOptions, clockOf, zoneOf } from '../common-options.ts';
import { openForReading, openForWriting } from '../open-archive.ts';
import { progressBar } from '../progress.ts';
import type { Terminal } from '../terminal.ts';

export type ReportOptions = CommonOptions & {
  readonly template: string;
  readonly from: string;
  readonly to: string;
  readonly out: string;
  readonly person?: string;
  readonly by?: string;
};

/** `logbook report`: the review report of a period as a PDF. */
export async function report(options: ReportOptions, terminal: Terminal): Promise<Result<Answer>> {
  const { template } = options;
  if (!isReportKind(template))
    return fail('bad_input', `--template “${template}” is not known.`, `Templates: ${REPORT_KINDS.join(', ')}.`);
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
      person: options.person ?? null,
      fromDay: options.from,
      toDay: options.to,
      zone: zone.value,
      now: clock.value.now(),
      onProgress: progress.onProgress,
      signal: terminal.signal,
    });
    if (!created.ok) return created;
    const out = resolve(terminal.cwd, options.out);
    const written = writeAtomically(out, created.value.bytes);
    if (!written.ok) return written;
    const { pages, sha256, population, exceptions, counted, suppressed } = created.value;
    await writeDown(created.value, options, { zone: zone.value, clock: clock.value }, terminal);
    return ok({
      json: { out, pages, sha256, population, exceptions, counted, suppressed },
      text: `${out}\n${pages} pages, ${grouped(population)} entries in the period, ${exceptions} exceptions\nSHA-256 ${sha256}`,
    });
  } finally {
    progress.stop();
    release();
  }
}

/** Keeps a line of the report in the archive's journal. A report that cannot be noted is a report all the same. */
async function writeDown(
  made: MadeReport,
  options: ReportOptions,
  { zone, clock }: { zone: string; clock: Clock },
  terminal: Terminal,
): Promise<void> {
  const { template, person, pages, sha256, population, exceptions, head } = made;
  const writer = await openForWriting(options, terminal, clock);
  const noted = writer.ok
    ? noteIssued(
        writer.value,
        { template, person, from: options.from, to: options.to, zone, pages, sha256, population, exceptions, head },
        { by: options.by ?? userInfo().username, at: clock.now() },
      )
    : writer;
  if (writer.ok) writer.value.close();
  if (!noted.ok) terminal.err(`The report was written, but not noted in the archive: ${noted.error.message}\n`);
}
