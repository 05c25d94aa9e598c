import { ok, type Result } from '../../../shared/errors.ts';
import type { RuleInfo } from '../../../shared/finding.ts';
import type { TriagedFinding } from '../../../shared/triage.ts';
import type { ArchiveReader } from '../archive/reader.ts';
import { detect } from '../detection/detect.ts';
import { readRegister } from '../detection/triage/register.ts';
import { triage } from '../detection/triage/triage.ts';
import type { Places } from '../geo/places.ts';
import { type QueryPlan, WHOLE_ARCHIVE } from '../search/plan.ts';

/**
 * The findings with an entry among those a plan selects, with where they stand at an instant, and the rules that ran. Rules
 * look at the whole archive: what came before is their history, which whoever gets a bundle does not have.
 */
export function bundledFindings(
  reader: ArchiveReader,
  options: { readonly plan: QueryPlan; readonly zone: string; readonly now: number; readonly places?: Places },
): Result<{ readonly findings: readonly TriagedFinding[]; readonly rules: readonly RuleInfo[] }> {
  const { plan, zone, now, places } = options;
  const detection = detect(reader, WHOLE_ARCHIVE, { zone, ...(places ? { places } : {}) });
  if (!detection.ok) return detection;
  const all = triage(detection.value, readRegister(reader), now);
  const chosen = new Set(reader.among(plan, [...new Set(all.flatMap((finding) => finding.entryKeys))]));
  return ok({
    findings: all.filter((finding) => finding.entryKeys.some((key) => chosen.has(key))),
    rules: detection.value.rulesRun,
  });
}
