import type { SuppressionRow } from '../../../../shared/detection-contract.ts';
import type { TriagedFinding } from '../../../../shared/triage.ts';
import type { Register } from './register.ts';

/** Every suppression there ever was, the newest first, with how many findings it hides. */
export function suppressionRows(
  register: Register,
  findings: readonly TriagedFinding[],
  now: number,
): readonly SuppressionRow[] {
  const counts = new Map<string, number>();
  for (const { state } of findings)
    if (state.suppression !== null) counts.set(state.suppression, (counts.get(state.suppression) ?? 0) + 1);
  return register.suppressions.toReversed().map((one) => ({
    ...one,
    active: one.ended === null && one.until > now,
    findings: counts.get(one.id) ?? 0,
  }));
}
