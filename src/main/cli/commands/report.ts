import { resolve } from 'node:path';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import { isDay } from '../../../shared/instant.ts';
import type { Verified } from '../../../shared/integrity-contract.ts';
import { isReportKind, REPORT_KINDS } from '../../../shared/report-template.ts';
import { heldIfBroken } from '../../core/archive/integrity/last-verification.ts';
import type { ArchiveReader } from '../../core/archive/reader.ts';
import { writeAtomically } from '../../core/files/write-atomically.ts';
import { placesOfArchive } from '../../core/geo/shipped-places.ts';
import type { Clock } from '../../core/ports.ts';
import { reportArchive } from '../../core/report/report-archive.ts';
import { readReviews } from '../../core/review/read-reviews.ts';
import { type Answer, grouped } from '../answer.ts';
import { archiveDir, type CommonOptions, clockOf, zoneOf } from '../common-options.ts';
import { noteReport } from '../note-report.ts';
import { readUnlocked, type Unlocked, unlock } from '../open-archive.ts';
import { progressBar } from '../progress.ts';
import type { Terminal } from '../terminal.ts';
import { notAsSealed, verifyNow } from '../verify-now.ts';

export type ReportOptions = CommonOptions & {
  readonly template: string;
  readonly from?: string;
  readonly to?: string;
  readonly out: string;
  readonly person?: string;
  readonly review?: string;
  readonly by?: string;
  readonly verify?: boolean;
};

/** `logbook report`: the review report of a period as a PDF. */
export async function report(options: ReportOptions, terminal: Terminal): Promise<Result<Answer>> {
  const { template } = options;
  if (!isReportKind(template))
    return fail('bad_input', `--template “${template}” is not known.`, `Templates: ${REPORT_KINDS.join(', ')}.`);
  const clock = clockOf(options);
  if (!clock.ok) return clock;
  const unlocked = await unlock(options, terminal);
  if (!unlocked.ok) return unlocked;
  const verified = options.verify ? await verifiedFirst(unlocked.value, clock.value, terminal) : ok(null);
  if (!verified.ok) return verified;
  const opened = readUnlocked(unlocked.value, terminal);
  if (!opened.ok) return opened;
  const { reader, release } = opened.value;
  const progress = progressBar(terminal);
  try {
    const held = verified.value === null ? heldIfBroken(reader) : null;
    if (held !== null) return held;
    const asked = spanOf(options, reader, clock.value.now());
    if (!asked.ok) return asked;
    const span = asked.value;
    const dir = archiveDir(options, terminal);
    const created = await reportArchive({
      reader,
      ...(dir.ok ? { places: placesOfArchive(dir.value) } : {}),
      resourcesDir: terminal.resourcesDir,
      template,
      person: options.person ?? null,
      review: options.review ?? null,
      fromDay: span.from,
      toDay: span.to,
      zone: span.zone,
      now: clock.value.now(),
      ...(verified.value !== null && { verified: verified.value }),
      onProgress: progress.onProgress,
      signal: terminal.signal,
    });
    if (!created.ok) return created;
    const out = resolve(terminal.cwd, options.out);
    const written = writeAtomically(out, created.value.bytes);
    if (!written.ok) return written;
    const { person, pages, sha256, population, exceptions, counted, suppressed, head } = created.value;
    const facts = { template, person, ...span, pages, sha256, population, exceptions, head };
    await noteReport(facts, options, clock.value, terminal);
    return ok({
      json: { out, pages, sha256, population, exceptions, counted, suppressed },
      text: `${out}\n${pages} pages, ${grouped(population)} entries in the period, ${exceptions} exceptions\nSHA-256 ${sha256}`,
    });
  } finally {
    progress.stop();
    release();
  }
}

// Told in the report, also where the archive is on a medium that cannot keep it.
async function verifiedFirst(unlocked: Unlocked, clock: Clock, terminal: Terminal): Promise<Result<Verified>> {
  const progress = progressBar(terminal);
  try {
    const verified = await verifyNow(unlocked, clock, {
      threads: terminal.threads,
      cancel: terminal.signal,
      onProgress: progress.onProgress,
    });
    if (!verified.ok) return verified;
    const { kept } = verified.value;
    return kept.found > 0 ? notAsSealed(kept.found) : ok(kept);
  } finally {
    progress.stop();
  }
}

type Span = { readonly from: string; readonly to: string; readonly zone: string };

/** The days that are asked for; those of the review where one is named. */
function spanOf(options: ReportOptions, reader: ArchiveReader, now: number): Result<Span> {
  if (options.review !== undefined) {
    const review = readReviews(reader).detail(options.review, now);
    if (!review.ok) return review;
    const { period, zone } = review.value;
    const others = [
      [options.from, period.from],
      [options.to, period.to],
      [options.tz, zone],
    ].some(([given, own]) => given !== undefined && given !== own);
    return others
      ? fail(
          'bad_input',
          `${options.review} is about ${period.from} to ${period.to} in ${zone}.`,
          'Leave --from, --to and --tz out: those of the review are taken.',
        )
      : ok({ ...period, zone });
  }
  const zone = zoneOf(options, reader.info().zone);
  if (!zone.ok) return zone;
  const { from, to } = options;
  for (const [side, value] of [
    ['from', from],
    ['to', to],
  ] as const) {
    if (value === undefined || !isDay(value))
      return fail(
        'bad_input',
        `--${side} “${value ?? ''}” is not a date.`,
        'Write it as 2026-01-31, or name a --review.',
      );
  }
  return ok({ from: from ?? '', to: to ?? '', zone: zone.value });
}
