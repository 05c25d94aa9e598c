import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import type { CaseEvent } from '../../../shared/case-schema.ts';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import type { ArchiveReader } from '../archive/reader.ts';
import { neutralise } from '../export/neutralise.ts';
import { loadOcsfMapping } from '../export/ocsf.ts';
import { sidecarPlace } from '../files/sidecar.ts';
import { writeAtomically } from '../files/write-atomically.ts';
import type { Places } from '../geo/places.ts';
import { CaseBook } from './case-book.ts';
import type { CaseState } from './case-state.ts';
import { citedIn } from './citations.ts';
import { incidentFinding } from './ocsf-incident.ts';
import { caseOf, caseTimeline } from './read-cases.ts';

export const CASE_FORMATS = ['csv', 'ndjson', 'ocsf'] as const;
export type CaseFormat = (typeof CASE_FORMATS)[number];

export type CaseExport = {
  readonly id: string;
  readonly format: CaseFormat;
  readonly out: string;
  readonly now: number;
  readonly places: Places;
  /** Where `mappings/` lies. */
  readonly resourcesDir: string;
};
export type CaseExported = { readonly events: number; readonly sha256: string; readonly head: string | null };

/** A case and its timeline, where everything in it verifies; else `integrity`. */
export type SoundCase = {
  readonly book: CaseBook;
  readonly state: CaseState;
  readonly events: readonly CaseEvent[];
  readonly head: string | null;
};

/** A case for leaving the archive: `integrity` where a pinned entry or a citation of its story does not hold any more. */
export function soundCase(reader: ArchiveReader, id: string, places: Places): Result<SoundCase> {
  const book = new CaseBook().refresh(reader);
  const found = caseOf(book, id);
  if (!found.ok) return found;
  const state = found.value;
  const events = caseTimeline(reader, state, places);
  const broken = new Set(
    events.flatMap((event) => (event.kind === 'entry' && event.state !== 'holds' ? [event.id] : [])),
  );
  const cited = citedIn(state.story.text).filter((event) => !state.events.has(event));
  const wrong = [...broken, ...cited];
  if (wrong.length > 0)
    return fail(
      'integrity',
      `${id} cannot be exported: ${wrong.slice(0, 10).join(', ')} ${wrong.length === 1 ? 'does' : 'do'} not verify.`,
      'Look at what was altered (logbook verify), or take it out of the timeline and the story.',
    );
  return ok({ book, state, events, head: reader.head()?.hash ?? null });
}

/**
 * Writes the timeline, or the incident as OCSF; the file appears whole or not at all, its sidecar after it. `integrity`,
 * `not_found`, `exists`, `disk`.
 */
export function exportCase(
  reader: ArchiveReader,
  { sidecar, ...request }: CaseExport & { readonly sidecar: boolean },
): Result<CaseExported> {
  const beside = sidecar ? sidecarPlace(request.out) : ok(null);
  if (!beside.ok) return beside;
  const sound = soundCase(reader, request.id, request.places);
  if (!sound.ok) return sound;
  const text = textOf(sound.value, request);
  if (!text.ok) return text;
  const written = writeAtomically(request.out, text.value);
  if (!written.ok) return written;
  const sha256 = createHash('sha256').update(text.value).digest('hex');
  const exported = { events: sound.value.events.length, sha256, head: sound.value.head };
  const told = beside.value === null ? ok(undefined) : writeAtomically(beside.value, sidecarOf(request, exported));
  return told.ok ? ok(exported) : told;
}

/** What stands beside an export, as JSON: which case, which file, its hash, the archive's newest seal. */
function sidecarOf(request: CaseExport, exported: CaseExported): string {
  const { id, format, out, now } = request;
  const { head, ...rest } = exported;
  const beside = { case: id, format, out: basename(out), made: new Date(now).toISOString(), ...rest, head };
  return `${JSON.stringify(beside, null, 2)}\n`;
}

/** A case as `case.json` of an evidence bundle: everything said of it, and its timeline with leaf hashes. */
export function caseDocument({ state, events, head }: SoundCase): string {
  const { events: _events, pinned: _pinned, entries, seenAgain: _seen, ...rest } = state;
  const document = { format: 'logbook-case/1', ...rest, head, decided: [...entries.values()], timeline: events };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function textOf(sound: SoundCase, { format, resourcesDir, now }: CaseExport): Result<string> {
  if (format === 'csv') return ok(csvOf(sound));
  if (format === 'ndjson')
    return ok(
      sound.events.map((event) => `${JSON.stringify({ case: sound.state.id, head: sound.head, ...event })}\n`).join(''),
    );
  const mapping = loadOcsfMapping(resourcesDir);
  return mapping.ok ? ok(`${JSON.stringify(incidentFinding(mapping.value, sound, now))}\n`) : mapping;
}

/** What the table of a timeline holds, wherever it is written. */
export const TIMELINE_COLUMNS = [
  ...['case', 'event', 'kind', 'timestamp', 'phase', 'technique', 'actor', 'action', 'target', 'address', 'country'],
  ...['title', 'source', 'source_line', 'notes', 'added_by', 'added_at', 'entry_id', 'leaf_sha256', 'head'],
] as const;

function csvOf({ state, events, head }: SoundCase): string {
  const records = timelineRecords(state.id, events, head).map((cells) => cells.map(neutralise));
  return stringify([[...TIMELINE_COLUMNS], ...records], { record_delimiter: 'windows', quoted_match: /[\r\n]/ });
}

/** A line of cells for each event, under `TIMELINE_COLUMNS`, as they are: whoever writes them neutralises formulas. */
export function timelineRecords(id: string, events: readonly CaseEvent[], head: string | null): string[][] {
  return events.map((event) => {
    const own = ownCells(event);
    const notes = event.notes.map((note) => `${note.by}, ${iso(note.at)}: ${note.text}`).join('\n');
    return [
      ...[id, event.id, event.kind, iso(event.ts), event.phase ?? '', event.technique ?? ''],
      ...own.what,
      ...own.from,
      ...[notes, event.by, iso(event.at), ...own.bound, head ?? ''],
    ];
  });
}

function ownCells(event: CaseEvent): { what: string[]; from: string[]; bound: string[] } {
  if (event.kind === 'manual')
    return { what: ['', '', '', '', ''], from: [event.title, event.source, ''], bound: ['', ''] };
  if (event.kind === 'foreign')
    return {
      what: ['', '', '', '', ''],
      from: [event.title, event.file, String(event.fileLine)],
      bound: ['', event.sha256],
    };
  const { actor, action, target, address, id } = event.row;
  const who = actor?.email ?? actor?.name ?? actor?.id ?? '';
  const what = [who, action, target?.name ?? target?.id ?? '', address ?? '', event.country ?? ''];
  return { what, from: ['', '', ''], bound: [id, event.leaf] };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
