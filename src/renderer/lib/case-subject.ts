import { PHASES, type Phase } from '../../shared/case.ts';
import { EVERYTHING } from '../../shared/filter/filter.ts';
import type { Finding, Severity } from '../../shared/finding.ts';
import { call } from './client.ts';
import type { Question } from './queries.ts';

/** What is to go into a case. */
export type CaseSubject = {
  readonly entries: Question;
  /** How many entries that is; null where it is not counted. */
  readonly count: number | null;
  readonly findings: readonly string[];
  /** What a case that is opened from it could be called, and how grave it is. */
  readonly title: string;
  readonly severity: Severity;
};

export type CaseChoice = {
  /** The case it goes into; null opens a new one. */
  readonly id: string | null;
  readonly title: string;
  readonly severity: Severity;
  readonly phase: Phase | null;
  readonly by: string;
};

/** What came of it: the line that pinned the entries, null where all of them were there already. */
export type CaseFiled = { readonly id: string; readonly line: number | null; readonly pinned: number | null };

export function isPhase(value: string | null): value is Phase {
  return PHASES.some((one) => one === value);
}

/** The entries of these keys, as a question. */
export function entriesOf(keys: readonly number[], zone: string): Question {
  return { filter: EVERYTHING, zone, listed: { keys, negated: false } };
}

/** Findings as what is to go into a case: their entries, and themselves. */
export function subjectOfFindings(
  findings: readonly Pick<Finding, 'id' | 'title' | 'severity' | 'entryKeys'>[],
  worst: Severity,
  zone: string,
): CaseSubject {
  const keys = [...new Set(findings.flatMap(({ entryKeys }) => entryKeys))];
  return {
    entries: entriesOf(keys, zone),
    count: keys.length,
    findings: findings.map(({ id }) => id),
    title: (findings[0]?.title ?? '').slice(0, 120),
    severity: worst,
  };
}

/** Files it. A case that is opened from findings pins their entries by itself. */
export async function fileInto(
  subject: CaseSubject,
  { id, title, severity, phase, by }: CaseChoice,
): Promise<CaseFiled> {
  const { findings, entries } = subject;
  if (id === null) {
    const made = await call('cases.create', { title, severity, lead: by, aware: null, findings, by });
    if (findings.length > 0) return { id: made.id, line: null, pinned: null };
    const { line, keys } = await call('cases.pin', { id: made.id, by, entries, phase, technique: null });
    return { id: made.id, line, pinned: keys.length };
  }
  if (findings.length > 0) {
    await call('findings.decide', { ids: [...findings], verdict: 'filed', reason: id, by, expires: null });
  }
  const { line, keys } = await call('cases.pin', { id, by, entries, phase, technique: null });
  return { id, line, pinned: keys.length };
}
