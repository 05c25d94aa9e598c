import type { Finding } from '../../../../shared/finding.ts';
import type { Decision, FindingState } from '../../../../shared/triage.ts';
import type { AnchoredDecision } from './register.ts';

/** Finds the lines about a finding. */
export type HistoryOf = (finding: Finding) => readonly Decision[];

/**
 * Binds decisions to the findings of now. A decision belongs to the finding of its id. Where there is none any more,
 * because an earlier entry came late or two happenings turned out to be one, it belongs to the finding that holds the
 * entry with which its own began.
 */
export function historiesOf(findings: readonly Finding[], decisions: readonly AnchoredDecision[]): HistoryOf {
  if (decisions.length === 0) return () => [];
  const present = new Set(findings.map((finding) => finding.id));
  const owner = new Map<string, string>();
  const homeless = new Set(decisions.filter((one) => !present.has(one.finding)).map((one) => one.anchor));
  if (homeless.size > 0)
    for (const finding of findings)
      for (const entry of finding.entryIds) if (homeless.has(entry) && !owner.has(entry)) owner.set(entry, finding.id);
  const byFinding = new Map<string, Decision[]>();
  for (const { anchor, ...decision } of decisions) {
    const id = present.has(decision.finding) ? decision.finding : owner.get(anchor);
    if (id === undefined) continue;
    const lines = byFinding.get(id);
    if (lines) lines.push(decision);
    else byFinding.set(id, [decision]);
  }
  return (finding) => byFinding.get(finding.id) ?? [];
}

/** The lines that stand after a history, oldest first: undone ones are gone, notes say nothing. */
export function standing(history: readonly Decision[]): readonly Decision[] {
  const left: Decision[] = [];
  for (const decision of history) {
    if (decision.verdict === 'undone') left.pop();
    else if (decision.verdict !== 'noted') left.push(decision);
  }
  return left;
}

/** Where a finding stands at an instant (milliseconds UTC). */
export function stateOf(
  finding: Pick<Finding, 'entryIds' | 'last'>,
  history: readonly Decision[],
  now: number,
  suppression: string | null = null,
): FindingState {
  const left = standing(history);
  const decision = left.findLast((line) => line.verdict !== 'filed') ?? null;
  const caseName = left.findLast((line) => line.verdict === 'filed')?.reason ?? null;
  if (decision === null || decision.verdict === 'reopened')
    return { status: 'open', again: null, decision, caseName, suppression, history };
  const grown = finding.entryIds.length > decision.entries || finding.last > decision.last;
  const expired = decision.expires !== null && decision.expires <= now;
  const again = grown ? 'grown' : expired ? 'expired' : null;
  const status =
    decision.verdict === 'escalated'
      ? 'escalated'
      : again === null
        ? (decision.verdict as FindingState['status'])
        : 'open';
  return { status, again, decision, caseName, suppression, history };
}
