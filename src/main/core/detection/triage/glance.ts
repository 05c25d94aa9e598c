import type { FindingBrief, FindingsOfEntry, OpenFindings } from '../../../../shared/detection-contract.ts';
import { rank, SEVERITIES } from '../../../../shared/finding.ts';
import { isOpen, type TriagedFinding } from '../../../../shared/triage.ts';
import { clockText } from '../clock-text.ts';

const TITLES = 3;

/** A finding as it is named where others are spoken of. */
export function briefOf(finding: TriagedFinding): FindingBrief {
  const { id, title, severity, actor, why, first, last } = finding;
  return { id, title, severity, actor, why, first, last, open: isOpen(finding) };
}

/** How many findings wait for somebody, by severity, gravest first, each of the five there. */
export function openBySeverity(findings: readonly TriagedFinding[]): OpenFindings['severities'] {
  const bySeverity = Map.groupBy(findings.filter(isOpen), ({ severity }) => severity);
  return SEVERITIES.map((severity) => {
    const those = bySeverity.get(severity) ?? [];
    const titles = [...new Set(those.map(({ title }) => title))];
    return { severity, count: those.length, titles: titles.slice(0, TITLES) };
  });
}

/** Findings that hold entries, gravest first; keys that are in none are left out. */
export function findingsOfEntries(
  findings: readonly TriagedFinding[],
  keys: readonly number[],
): readonly FindingsOfEntry[] {
  const found = new Map<number, TriagedFinding[]>(keys.map((key) => [key, []]));
  for (const finding of findings) for (const key of finding.entryKeys) found.get(key)?.push(finding);
  return [...found]
    .filter(([, those]) => those.length > 0)
    .map(([key, those]) => ({
      key,
      findings: those.sort((a, b) => rank(a.severity) - rank(b.severity)).map(briefOf),
    }));
}

/** The different instants (milliseconds UTC) at which findings of high severity or above begin. */
export function graveMoments(findings: readonly TriagedFinding[]): readonly number[] {
  const grave = findings.filter(({ severity }) => rank(severity) <= rank('high'));
  return [...new Set(grave.map(({ first }) => first))];
}

/** The first `limit` findings with every word of a text in their title, actor, severity or time, in the zone. */
export function namedFindings(
  findings: readonly TriagedFinding[],
  text: string,
  zone: string,
  limit: number,
): readonly FindingBrief[] {
  const words = text
    .toLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== '');
  const named: FindingBrief[] = [];
  for (const finding of findings) {
    if (named.length === limit) break;
    const { title, actor, severity, first } = finding;
    const said = `${title} ${actor ?? ''} ${severity}`.toLowerCase();
    const missing = words.filter((word) => !said.includes(word));
    if (missing.length > 0) {
      const when = clockText(first, zone).toLowerCase();
      if (missing.some((word) => !when.includes(word))) continue;
    }
    named.push(briefOf(finding));
  }
  return named;
}

/** The first `limit` of some findings, open ones before others, then graver, then newer; with how many there are. */
export function foremost(
  findings: readonly TriagedFinding[],
  limit: number,
): { readonly total: number; readonly open: number; readonly findings: readonly FindingBrief[] } {
  const those = findings
    .map(briefOf)
    .sort((a, b) => Number(b.open) - Number(a.open) || rank(a.severity) - rank(b.severity) || b.last - a.last);
  return { total: those.length, open: those.filter(({ open }) => open).length, findings: those.slice(0, limit) };
}
