import type { DayState } from '../../../shared/coverage.ts';
import type { RuleInfo } from '../../../shared/finding.ts';
import { counted, number, stamp } from './format.ts';
import type { Provenance, ReportCoverage, ReportException, ReportPeriod } from './model.ts';

type Facts = {
  readonly coverage: ReportCoverage;
  readonly provenance: Provenance;
  readonly rules: readonly RuleInfo[];
  readonly head: string | null;
  readonly exceptions: readonly ReportException[];
  readonly period: ReportPeriod;
  readonly now: number;
};

const WHAT: Readonly<Record<Exclude<DayState, 'complete'>, string>> = {
  partial: 'fetched in part: entries of these days may be missing',
  lost: 'out of Jetty’s retention before they were fetched: their entries cannot be had any more',
  pending: 'not fetched yet: the archive does not know what they hold',
  imported: 'held from a file only: they were never compared with the server',
};

/** What limits this report in particular, a sentence each; empty where nothing does. */
export function limitsOf(facts: Facts): string[] {
  const { coverage, provenance, rules, period } = facts;
  const limits: string[] = [];
  for (const state of ['lost', 'partial', 'pending', 'imported'] as const) {
    const n = coverage.states[state];
    if (n > 0)
      limits.push(`${counted(n, 'day', 'days')} of the period ${n === 1 ? 'is' : 'are'} ${state}: ${WHAT[state]}.`);
  }
  if (period.toMs > facts.now) {
    limits.push(`The period was not over when this report was made, on ${stamp(facts.now, period.zone)}.`);
  }
  if (provenance.unreadable > 0) {
    limits.push(
      `${counted(provenance.unreadable, 'payload', 'payloads')} in the archive could not be read as an entry. ${provenance.unreadable === 1 ? 'It is' : 'They are'} kept as received and not part of any count here.`,
    );
  }
  if (provenance.changedUpstream > 0) {
    limits.push(
      `${counted(provenance.changedUpstream, 'entry', 'entries')} in the archive came a second time with other content. Both versions are kept; this report uses the first.`,
    );
  }
  if (coverage.ledgerTotal !== coverage.countedTotal) {
    limits.push(
      `The coverage ledger sums to ${number(coverage.ledgerTotal)} entries over the days of the period, the archive counts ${number(coverage.countedTotal)}.`,
    );
  }
  const off = rules.filter((rule) => !rule.enabled);
  if (off.length > 0) limits.push(`Rules switched off and not run: ${off.map((rule) => rule.title).join('; ')}.`);
  const absent = facts.exceptions.reduce(
    (sum, e) => sum + e.entries.filter((entry) => entry.sha256 === null).length,
    0,
  );
  if (absent > 0) {
    limits.push(
      `${counted(absent, 'entry', 'entries')} named by an exception ${absent === 1 ? 'was' : 'were'} not found in the archive.`,
    );
  }
  if (facts.head === null) {
    limits.push('The days of the period are not sealed yet: this report cannot be checked against a chain head.');
  }
  return limits;
}
