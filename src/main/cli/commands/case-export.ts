import { resolve } from 'node:path';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import { heldIfBroken } from '../../core/archive/integrity/last-verification.ts';
import { placesOfArchive } from '../../core/geo/shipped-places.ts';
import { bundleCase } from '../../core/investigation/case-bundle.ts';
import { CASE_FORMATS, exportCase } from '../../core/investigation/case-export.ts';
import { systemRandom } from '../../system-ports.ts';
import { type Answer, grouped } from '../answer.ts';
import { archiveDir, type CommonOptions, zoneOf } from '../common-options.ts';
import { progressBar } from '../progress.ts';
import type { Terminal } from '../terminal.ts';
import { whomFrom } from './bundle.ts';
import { readingCases } from './case-read.ts';

export type ExportCaseOptions = CommonOptions & {
  readonly format: string;
  readonly out: string;
  readonly sidecar?: boolean;
  readonly recipient?: readonly string[];
  readonly bundlePassphraseFile?: string;
};

/** `logbook case export CASE`: the timeline (csv, ndjson), the incident finding (ocsf), or an evidence bundle. */
export async function runExportCase(
  id: string,
  options: ExportCaseOptions,
  terminal: Terminal,
): Promise<Result<Answer>> {
  const format = CASE_FORMATS.find((one) => one === options.format);
  const dir = archiveDir(options, terminal);
  if (!dir.ok) return dir;
  if (format === undefined && options.format !== 'bundle')
    return fail(
      'bad_input',
      `--format “${options.format}” is not known.`,
      `Formats: ${CASE_FORMATS.join(', ')}, bundle.`,
    );
  const whom = format === undefined ? await whomFrom(options, terminal) : null;
  if (whom !== null && !whom.ok) return whom;
  return readingCases<Answer>(options, terminal, async (reader, _book, now) => {
    const held = heldIfBroken(reader);
    if (held !== null) return held;
    const out = resolve(terminal.cwd, options.out);
    const places = placesOfArchive(dir.value);
    if (whom !== null) {
      const zone = zoneOf(options, reader.info().zone);
      if (!zone.ok) return zone;
      const progress = progressBar(terminal);
      const made = await bundleCase(reader, {
        ...{ id, zone: zone.value, now, out, whom: whom.value, random: systemRandom, places },
        ...{ onProgress: progress.onProgress, signal: terminal.signal },
      });
      progress.stop();
      if (!made.ok) return made;
      const { entries, proven, sha256, head } = made.value;
      return ok({
        json: { case: id, format: 'bundle', out, entries, proven, sha256, head: head?.hash ?? null },
        text: `${grouped(entries)} entries and ${id} in ${out}\nSHA-256 ${sha256}`,
      });
    }
    const request = {
      id,
      format: format ?? 'csv',
      out,
      now,
      places,
      resourcesDir: terminal.resourcesDir,
      sidecar: options.sidecar ?? false,
    };
    const exported = exportCase(reader, request);
    if (!exported.ok) return exported;
    const { events, sha256 } = exported.value;
    return ok({
      json: { case: id, format: request.format, out, ...exported.value },
      text: `${grouped(events)} ${events === 1 ? 'event' : 'events'} in ${out}\nSHA-256 ${sha256}`,
    });
  });
}
