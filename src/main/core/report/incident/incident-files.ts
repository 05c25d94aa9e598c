import { TIMELINE_COLUMNS, timelineRecords } from '../../investigation/case-export.ts';
import type { Attachment } from '../attachment.ts';
import { type Cell, csv } from '../csv-file.ts';
import { isoInstant } from '../format.ts';
import { jsonFile } from '../manifest.ts';
import type { IncidentModel } from './incident-model.ts';

const or = (ms: number | null): string | null => (ms === null ? null : isoInstant(ms));

/** The files inside the report of a case: timeline, scope and remedies whole, whatever was printed of them. */
export function incidentFiles(model: IncidentModel): readonly Attachment[] {
  return [timelineFile(model), scopeFile(model), remedyFile(model)];
}

function timelineFile({ detail, events, head }: IncidentModel): Attachment {
  const description = 'Every event of the timeline, in order, with its notes';
  return csv('timeline.csv', description, timelineRecords(detail.id, events, head), TIMELINE_COLUMNS);
}

function scopeFile({ scope }: IncidentModel): Attachment {
  const columns = [
    'kind',
    'value',
    'label',
    'state',
    'score',
    'step',
    'entries',
    'first',
    'last',
    'standing',
    'reasons',
  ];
  const rows = scope.things.map((thing): Cell[] => [
    thing.kind,
    thing.value,
    thing.label,
    thing.state,
    Math.round(thing.score * 1_000) / 1_000,
    thing.step,
    thing.entries,
    or(thing.first),
    or(thing.last),
    thing.standing?.words ?? null,
    thing.reasons.join('\n'),
  ]);
  return csv('scope.csv', 'Everything in scope, and what was left out of it', rows, columns);
}

function remedyFile({ remedies }: IncidentModel): Attachment {
  const columns = ['remedy', 'kind', 'value', 'what', 'state', 'done_at', 'done_by', 'undone_at', 'undone_by', 'note'];
  const rows = remedies.map((check): Cell[] => [
    check.remedy,
    check.thing.kind,
    check.thing.value,
    check.words,
    check.state,
    or(check.done?.at ?? null),
    check.done?.by ?? null,
    or(check.undone?.at ?? null),
    check.undone?.by ?? null,
    check.note,
  ]);
  return csv(
    'remediation.csv',
    'What should follow for everything in scope, and whether the log shows it',
    rows,
    columns,
  );
}

/** `report.json`: what the report is of, and the hash of every file inside. */
export function incidentManifest(model: IncidentModel, files: readonly Attachment[]): Attachment {
  const { detail, archive, head, period } = model;
  return jsonFile('report.json', 'What this report is of, and the hash of every file inside', {
    format: 'logbook-report/1',
    report: 'incident',
    case: { id: detail.id, title: detail.title, severity: detail.severity, status: detail.status },
    organisation: model.organisation,
    period: { from: period.fromDay, to: period.toDay, zone: period.zone },
    generated: isoInstant(model.generatedAt),
    archive: { ...archive, head },
    events: model.events.length,
    scope: { things: model.scope.things.length, entries: model.scope.total },
    remedies: model.remedies.length,
    files: files.map(({ name, rows, sha256 }) => ({ name, rows, sha256 })),
  });
}
