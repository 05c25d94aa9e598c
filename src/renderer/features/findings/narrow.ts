import { rank, type Severity } from '../../../shared/finding.ts';
import { fold } from '../../../shared/text.ts';
import type { TriagedFinding } from '../../../shared/triage.ts';
import type { FindingsSearch, Standing } from './search.ts';

/** Where a finding stands as the list tells it: a suppressed one is that before anything else. */
export function standingOf({ state }: TriagedFinding): Exclude<Standing, 'all'> {
  return state.suppression === null ? state.status : 'suppressed';
}

type Part = 'state' | 'sev' | 'rule' | 'who' | 'q';

/** The findings that the address asks for, gravest first, then newest; `but` leaves one condition out, to count its choices. */
export function narrowed(
  findings: readonly TriagedFinding[],
  search: FindingsSearch,
  but?: Part,
): readonly TriagedFinding[] {
  const standing = search.state ?? 'open';
  const words = fold(search.q ?? '')
    .split(/\s+/u)
    .filter((word) => word !== '');
  return findings
    .filter(
      (one) =>
        (but === 'state' || standing === 'all' || standingOf(one) === standing) &&
        (but === 'sev' || !search.sev || search.sev.includes(one.severity)) &&
        (but === 'rule' || !search.rule || rulesOf(one).includes(search.rule)) &&
        (but === 'who' || !search.who || one.actor === search.who) &&
        (but === 'q' || words.every((word) => textOf(one).includes(word))),
    )
    .sort((a, b) => rank(a.severity) - rank(b.severity) || b.last - a.last);
}

/** Every rule that had a part in a finding. */
export function rulesOf(finding: TriagedFinding): readonly string[] {
  return [...new Set([finding.rule, ...(finding.signals ?? []).map((signal) => signal.rule)])];
}

function textOf(one: TriagedFinding): string {
  return fold([one.id, one.title, one.why, one.actor, one.address, one.state.caseName, ...rulesOf(one)].join('\n'));
}

export type Choice = { readonly value: string; readonly label: string; readonly count: number };

/** Values of the findings with how many have each, most first. */
export function choicesOf(
  findings: readonly TriagedFinding[],
  valuesOf: (one: TriagedFinding) => readonly (readonly [value: string, label: string])[],
): readonly Choice[] {
  const counts = new Map<string, { label: string; count: number }>();
  for (const finding of findings) {
    for (const [value, label] of valuesOf(finding)) {
      const known = counts.get(value);
      if (known) known.count++;
      else counts.set(value, { label, count: 1 });
    }
  }
  return [...counts].map(([value, one]) => ({ value, ...one })).sort((a, b) => b.count - a.count);
}

export function severityCounts(findings: readonly TriagedFinding[]): Readonly<Partial<Record<Severity, number>>> {
  const counts: Partial<Record<Severity, number>> = {};
  for (const { severity } of findings) counts[severity] = (counts[severity] ?? 0) + 1;
  return counts;
}
