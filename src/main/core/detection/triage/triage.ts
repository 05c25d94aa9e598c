import type { Finding } from '../../../../shared/finding.ts';
import type { TriagedFinding } from '../../../../shared/triage.ts';
import type { Detection } from '../detect.ts';
import { type Happening, told } from '../incidents.ts';
import type { Register } from './register.ts';
import { historiesOf, stateOf } from './state.ts';
import { type Covers, coverOf } from './suppress.ts';

/**
 * Findings with where they stand at an instant (milliseconds UTC), in the order of the detection. What a suppression
 * covers in part is told by what is left of it; what it covers whole keeps its severity and names the suppression.
 */
export function triage(detection: Detection, register: Register, now: number): readonly TriagedFinding[] {
  const historyOf = historiesOf(detection.findings, register.decisions);
  const covers = register.suppressions.map((one) => ({ id: one.id, covers: coverOf(one) }));
  return detection.findings.map((finding) => {
    const carried = detection.states?.get(finding.id);
    if (carried !== undefined) return { ...finding, state: carried };
    const happening = detection.happenings.get(finding.id);
    const { shown, suppression } = suppressed(finding, happening, covers);
    return { ...shown, state: stateOf(finding, historyOf(finding), now, suppression) };
  });
}

function suppressed(
  finding: Finding,
  happening: Happening | undefined,
  covers: readonly { id: string; covers: Covers }[],
): { shown: Finding; suppression: string | null } {
  if (happening === undefined || covers.length === 0) return { shown: finding, suppression: null };
  let by: string | null = null;
  const left = happening.hits.filter((hit) => {
    const found = covers.find((one) => one.covers(hit));
    by ??= found?.id ?? null;
    return found === undefined;
  });
  if (by === null) return { shown: finding, suppression: null };
  if (left.length === 0) return { shown: finding, suppression: by };
  return { shown: { ...told(left, happening.rows), id: finding.id, place: finding.place }, suppression: null };
}
