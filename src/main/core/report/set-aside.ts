import type { Finding, Severity } from '../../../shared/finding.ts';
import type { FindingState, Suppression } from '../../../shared/triage.ts';
import type { ReportPeriod } from './model.ts';

/** A finding as a report takes it: with what people made of it, where that is known. */
export type ReportFinding = Finding & { readonly state?: FindingState };

/** Findings of one rule that are counted and not listed. */
export type CountedRule = {
  readonly rule: string;
  readonly title: string;
  readonly findings: number;
  readonly entries: number;
};

/** Findings that somebody asked not to be shown, by who asked and why. */
export type SuppressedFindings = {
  readonly suppression: Suppression;
  readonly findings: number;
  readonly worst: Severity;
};

/** What of the period's findings is not listed one by one, and how much it is. */
export type SetAside = {
  readonly minor: readonly CountedRule[];
  readonly suppressed: readonly SuppressedFindings[];
};

/** The findings that touch a period. */
export function inPeriod<F extends Finding>(findings: readonly F[], period: ReportPeriod): F[] {
  return findings.filter((finding) => finding.last >= period.fromMs && finding.first <= period.toMs);
}

/** Whether a finding is an exception to be listed: grave enough to be evaluated by itself, and not suppressed. */
export function isException({ severity, state }: ReportFinding): boolean {
  return severity !== 'low' && severity !== 'info' && (state?.suppression ?? null) === null;
}

/** Counts the rest: low ones by rule, most frequent first; suppressed ones by suppression. */
export function setAside(findings: readonly ReportFinding[], suppressions: readonly Suppression[]): SetAside {
  const rest = findings.filter((finding) => !isException(finding));
  const byRule = Map.groupBy(
    rest.filter(({ state }) => (state?.suppression ?? null) === null),
    (finding) => finding.rule,
  );
  const minor = [...byRule].map(([rule, group]) => ({
    rule,
    title: group[0]?.title ?? rule,
    findings: group.length,
    entries: group.reduce((sum, finding) => sum + finding.entryIds.length, 0),
  }));
  const suppressed = suppressions.flatMap((suppression): SuppressedFindings[] => {
    const hidden = rest.filter(({ state }) => state?.suppression === suppression.id);
    const [worst] = SEVERITY_ORDER.filter((severity) => hidden.some((finding) => finding.severity === severity));
    return worst === undefined ? [] : [{ suppression, findings: hidden.length, worst }];
  });
  return { minor: minor.sort((a, b) => b.findings - a.findings || (a.rule < b.rule ? -1 : 1)), suppressed };
}

const SEVERITY_ORDER: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'info'];
