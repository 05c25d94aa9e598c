import type { Result } from '../../../shared/errors.ts';
import type { Verified } from '../../../shared/integrity-contract.ts';
import { detect } from '../detection/detect.ts';
import { readRegister } from '../detection/triage/register.ts';
import { triage } from '../detection/triage/triage.ts';
import type { Places } from '../geo/places.ts';
import { WHOLE_ARCHIVE } from '../search/plan.ts';
import { knownSource } from '../sync/source.ts';
import { integrityOf } from './integrity.ts';
import { type MadeReport, makeReport, type ReportRequest } from './make-report.ts';

/**
 * The report of a period over an open archive. Rules look at the whole archive, so that what came before the period is
 * their history and what came after it can be told; the report itself is about the period alone.
 */
export async function reportArchive(
  request: Omit<
    ReportRequest,
    'findings' | 'suppressions' | 'rules' | 'offices' | 'host' | 'plan' | 'lastSync' | 'organisation' | 'integrity'
  > & {
    /** How a verification ended that the archive could not keep; left out, the archive’s own last one is told. */
    readonly verified?: Verified | undefined;
    readonly places?: Places;
  },
): Promise<Result<MadeReport>> {
  const detection = detect(request.reader, WHOLE_ARCHIVE, {
    zone: request.zone,
    ...(request.places ? { places: request.places } : {}),
  });
  if (!detection.ok) return detection;
  const register = readRegister(request.reader);
  const findings = triage(detection.value, register, request.now);
  const { suppressions } = register;
  const { rulesRun: rules, offices } = detection.value;
  const head = request.reader.head()?.hash ?? null;
  const integrity = integrityOf(request.reader, request.verified);
  return makeReport({
    ...request,
    findings,
    suppressions,
    rules,
    offices,
    head,
    integrity,
    ...knownSource(request.reader),
  });
}
