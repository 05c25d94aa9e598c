import { fail, ok, type Result } from '../../../shared/errors.ts';
import { endOfDay, isDay } from '../../../shared/instant.ts';
import { type TriagedFinding, VERDICTS, type Verdict } from '../../../shared/triage.ts';
import type { ArchiveReader } from '../../core/archive/reader.ts';
import { detect } from '../../core/detection/detect.ts';
import { decisionLines, undoLines } from '../../core/detection/triage/decide.ts';
import { readRegister } from '../../core/detection/triage/register.ts';
import { triage } from '../../core/detection/triage/triage.ts';
import { placesOfArchive } from '../../core/geo/shipped-places.ts';
import { WHOLE_ARCHIVE } from '../../core/search/plan.ts';
import { type Answer, columns } from '../answer.ts';
import { archiveDir, type CommonOptions, clockOf, zoneOf } from '../common-options.ts';
import { openForWriting } from '../open-archive.ts';
import type { Terminal } from '../terminal.ts';

export type TriageOptions = CommonOptions & {
  readonly as: string;
  readonly reason: string;
  readonly by: string;
  readonly until?: string;
};

/** `logbook triage FINDING…`: writes down what somebody makes of findings. */
export async function runTriage(
  ids: readonly string[],
  options: TriageOptions,
  terminal: Terminal,
): Promise<Result<Answer>> {
  const verdict = VERDICTS.find((one) => one === options.as);
  if (verdict === undefined)
    return fail('bad_input', `--as “${options.as}” is not known.`, `Write one of ${VERDICTS.join(', ')}.`);
  if (options.until !== undefined && !isDay(options.until))
    return fail('bad_input', `--until “${options.until}” is not a date.`, 'Write it as 2026-01-31.');
  const clock = clockOf(options);
  const dir = archiveDir(options, terminal);
  if (!clock.ok || !dir.ok) return clock.ok ? (dir as Extract<typeof dir, { ok: false }>) : clock;
  const opened = await openForWriting(options, terminal, clock.value);
  if (!opened.ok) return opened;
  const writer = opened.value;
  try {
    const zone = zoneOf(options, writer.info().zone);
    if (!zone.ok) return zone;
    const now = clock.value.now();
    const places = placesOfArchive(dir.value);
    const look = () => findingsOf(writer, { zone: zone.value, places }, now, ids);
    const before = look();
    if (!before.ok) return before;
    const word = { by: options.by, reason: options.reason, at: now };
    const expires = options.until === undefined ? null : endOfDay(options.until, zone.value);
    const lines = linesOf(before.value, verdict, expires, word, now);
    const written = lines.ok ? writer.appendJournal(lines.value) : lines;
    if (!written.ok) return written;
    const after = look();
    if (!after.ok) return after;
    return ok({
      json: { findings: after.value.map(({ id, state }) => ({ id, status: state.status, again: state.again })) },
      text: columns(after.value.map(({ id, state, title }) => [id, state.status, title])),
    });
  } finally {
    writer.close();
  }
}

function linesOf(
  findings: readonly TriagedFinding[],
  verdict: Verdict,
  expires: number | null,
  word: Parameters<typeof undoLines>[1],
  now: number,
) {
  return verdict === 'undone' ? undoLines(findings, word) : decisionLines(findings, verdict, expires, word, now);
}

function findingsOf(
  reader: ArchiveReader,
  options: Parameters<typeof detect>[2],
  now: number,
  ids: readonly string[],
): Result<readonly TriagedFinding[]> {
  const detection = detect(reader, WHOLE_ARCHIVE, options);
  if (!detection.ok) return detection;
  const findings = triage(detection.value, readRegister(reader), now);
  const missing = ids.find((id) => !findings.some((finding) => finding.id === id));
  if (missing !== undefined)
    return fail('not_found', `There is no finding ${missing}.`, 'Take its id from “logbook detect”.');
  return ok(findings.filter((finding) => ids.includes(finding.id)));
}
