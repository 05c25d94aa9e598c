import type { Severity } from '../../../shared/finding.ts';
import type { OcsfMapping } from '../export/ocsf.ts';
import type { SoundCase } from './case-export.ts';

const SEVERITY: Readonly<Record<Severity, number>> = { info: 1, low: 2, medium: 3, high: 4, critical: 5 };
const CLASS = 2005;

/** A case as an OCSF Incident Finding (class 2005, schema.ocsf.io); `now` and times in milliseconds UTC. */
export function incidentFinding(mapping: OcsfMapping, { state, events, head }: SoundCase, now: number): object {
  const closed = state.status === 'closed';
  const activity = closed ? 3 : 2;
  const techniques = [...new Set(events.flatMap(({ technique }) => technique ?? []))].sort();
  const times = events.map(({ ts }) => ts);
  const severity = SEVERITY[state.severity];
  return {
    category_uid: 2,
    category_name: 'Findings',
    class_uid: CLASS,
    class_name: 'Incident Finding',
    activity_id: activity,
    activity_name: closed ? 'Close' : 'Update',
    type_uid: CLASS * 100 + activity,
    type_name: `Incident Finding: ${closed ? 'Close' : 'Update'}`,
    time: now,
    severity_id: severity,
    severity: mapping.severities[String(severity)] ?? 'Unknown',
    status_id: closed ? 5 : state.status === 'eradicated' ? 4 : 2,
    status: closed ? 'Closed' : state.status === 'eradicated' ? 'Resolved' : 'In Progress',
    ...(state.summary === '' ? {} : { desc: state.summary }),
    message: state.title,
    ...(state.lead === null ? {} : { assignee: { name: state.lead } }),
    ...(times.length === 0 ? {} : { start_time: times[0], end_time: times.at(-1) }),
    finding_info_list: [
      {
        uid: state.id,
        title: state.title,
        created_time: state.openedAt,
        ...(techniques.length === 0 ? {} : { attacks: techniques.map((uid) => ({ technique: { uid } })) }),
        related_events: events.map((event) => ({
          uid: event.kind === 'entry' ? event.row.id : event.id,
          title: event.kind === 'entry' ? event.row.action : event.title,
          type: event.kind,
          first_seen_time: event.ts,
          ...(event.technique === null ? {} : { attacks: [{ technique: { uid: event.technique } }] }),
          ...(event.phase === null ? {} : { tags: [{ name: 'phase', value: event.phase }] }),
          ...(event.notes.length === 0 ? {} : { desc: event.notes.map(({ by, text }) => `${by}: ${text}`).join('\n') }),
        })),
      },
    ],
    metadata: {
      version: mapping.version,
      product: { name: 'Logbook', vendor_name: 'Logbook' },
      log_name: mapping.log_name,
      uid: state.id,
    },
    unmapped: {
      status: state.status,
      aware: state.aware,
      contained: state.contained,
      closed: state.closed,
      findings: state.findings,
      head,
      leaves: events.flatMap((event) => (event.kind === 'entry' ? [{ event: event.id, leaf: event.leaf }] : [])),
    },
  };
}
