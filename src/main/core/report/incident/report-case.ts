import { FailureError, fail, ok, type Result } from '../../../../shared/errors.ts';
import { dayOf } from '../../../../shared/instant.ts';
import type { ArchiveReader } from '../../archive/reader.ts';
import { writeAtomically } from '../../files/write-atomically.ts';
import type { Places } from '../../geo/places.ts';
import { soundCase } from '../../investigation/case-export.ts';
import { remediesOfCase, scopeOfCase } from '../../investigation/case-scope.ts';
import { caseDetail } from '../../investigation/read-cases.ts';
import type { Cancel, OnProgress } from '../../ports.ts';
import type { IssuedFacts } from '../issued.ts';
import { periodOf } from '../period.ts';
import { renderIncident } from './render-incident.ts';

export type CaseReport = {
  readonly id: string;
  readonly out: string;
  /** Of the times that are printed. */
  readonly zone: string;
  /** Milliseconds UTC. */
  readonly now: number;
  readonly places: Places;
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: Cancel | undefined;
};

/** What is written down of it. Its population are the events of the timeline, its exceptions the remedies not settled. */
export type CaseReported = IssuedFacts & { readonly template: 'incident' };

/**
 * Writes the report of a case as a PDF; the file appears whole or not at all. Errors: `not_found`, `integrity` where a
 * pinned entry or a citation does not hold any more, `cancelled`, `disk`.
 */
export async function reportCase(reader: ArchiveReader, request: CaseReport): Promise<Result<CaseReported>> {
  const { id, out, zone, now, places } = request;
  const sound = soundCase(reader, id, places);
  if (!sound.ok) return sound;
  const { book, state, events, head } = sound.value;
  const computed = scopeOfCase(reader, places, state, null);
  const remedies = remediesOfCase(reader, places, state, computed);
  const detail = caseDetail(reader, book, id, now, remedies);
  if (!detail.ok) return detail;
  const { scope } = computed;
  const info = reader.info();
  const fromDay = dayOf(detail.value.first ?? detail.value.openedAt, zone);
  const toDay = dayOf(detail.value.last ?? detail.value.openedAt, zone);
  const period = periodOf({ fromDay, toDay, zone });
  try {
    const pdf = await renderIncident(
      {
        organisation: info.name,
        archive: { id: info.archiveId, version: info.version },
        ...{ head, generatedAt: now, period, detail: detail.value, events, scope, remedies },
      },
      { onProgress: request.onProgress, signal: request.signal },
    );
    const written = writeAtomically(out, pdf.bytes);
    if (!written.ok) return written;
    const unsettled = remedies.filter((one) => one.state === 'missing' || one.state === 'undone').length;
    const { pages, sha256 } = pdf;
    const about = { template: 'incident', person: id, from: fromDay, to: toDay, zone } as const;
    return ok({ ...about, pages, sha256, population: events.length, exceptions: unsettled, head });
  } catch (error) {
    if (error instanceof FailureError) return { ok: false, error: error.failure };
    return fail(
      'unexpected',
      `The report of ${id} could not be laid out: ${error instanceof Error ? error.message : String(error)}`,
      'Please report this with the number of events in the case.',
    );
  }
}
