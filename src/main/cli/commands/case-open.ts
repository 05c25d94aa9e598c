import { fail, ok, type Result } from '../../../shared/errors.ts';
import { type Finding, SEVERITIES } from '../../../shared/finding.ts';
import type { ArchiveWriter } from '../../core/archive/writer.ts';
import { detect } from '../../core/detection/detect.ts';
import { placesOfArchive } from '../../core/geo/shipped-places.ts';
import { caseStart } from '../../core/investigation/case-start.ts';
import { openCase } from '../../core/investigation/open-case.ts';
import { WHOLE_ARCHIVE } from '../../core/search/plan.ts';
import { type Answer, grouped } from '../answer.ts';
import { type By, instantOf, unknown, writing } from '../case-session.ts';
import { archiveDir } from '../common-options.ts';
import type { Terminal } from '../terminal.ts';

export type OpenOptions = By & {
  readonly severity: string;
  readonly lead?: string;
  readonly aware?: string;
  readonly finding?: readonly string[];
};
/** `logbook case open TITLE`. */
export function openCaseCommand(title: string, options: OpenOptions, terminal: Terminal): Promise<Result<Answer>> {
  const severity = SEVERITIES.find((one) => one === options.severity);
  const aware = instantOf('aware', options.aware);
  const dir = archiveDir(options, terminal);
  if (!dir.ok) return Promise.resolve(dir);
  if (severity === undefined) return Promise.resolve(unknown('severity', options.severity, SEVERITIES));
  if (!aware.ok) return Promise.resolve(aware);
  return writing(options, terminal, ({ writer, book, now, zone }) => {
    const found = findingsOf(writer, options.finding ?? [], { zone, places: placesOfArchive(dir.value) });
    if (!found.ok) return found;
    const findings = found.value;
    const given = { title, severity, lead: options.lead ?? null, aware: aware.value ?? null };
    const opening = { ...given, findings, ...caseStart(writer, placesOfArchive(dir.value), findings) };
    const id = openCase(writer, book, opening, { by: options.by, at: now });
    if (!id.ok) return id;
    const events = book.of(id.value)?.events.size ?? 0;
    return ok({ json: { id: id.value, events }, text: `${id.value} is open, with ${grouped(events)} events.` });
  });
}

function findingsOf(
  writer: ArchiveWriter,
  ids: readonly string[],
  options: Parameters<typeof detect>[2],
): Result<readonly Finding[]> {
  if (ids.length === 0) return ok([]);
  const detection = detect(writer, WHOLE_ARCHIVE, options);
  if (!detection.ok) return detection;
  const byId = new Map(detection.value.findings.map((finding) => [finding.id, finding]));
  const missing = ids.find((id) => !byId.has(id));
  return missing === undefined
    ? ok(ids.flatMap((id) => byId.get(id) ?? []))
    : fail('not_found', `There is no finding ${missing}.`, 'Take its id from “logbook detect”.');
}
