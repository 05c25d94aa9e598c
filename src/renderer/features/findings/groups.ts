import { Temporal } from 'temporal-polyfill';
import { rank } from '../../../shared/finding.ts';
import { dayOf } from '../../../shared/instant.ts';
import type { TriagedFinding } from '../../../shared/triage.ts';
import { date, shortDate } from '../../lib/time.ts';
import { severityTitle } from '../../ui/severity-mark.tsx';
import type { Arrangement } from './search.ts';

export type Group = {
  readonly key: string;
  readonly title: string;
  readonly cases: readonly string[];
  readonly findings: readonly TriagedFinding[];
};

const HOUR = 3_600_000;
/** Two findings that begin so close to each other are looked at together. */
const CLOSE = 2 * HOUR;
/** The same person, address or case ties together what lies so far apart. */
const SAME_SUBJECT = 24 * HOUR;
/** No heading reaches further than from one week's finding to the next. */
const LONGEST = 7 * SAME_SUBJECT;
/** Hours of the night, in the zone shown. */
const NIGHT_FROM = 20;
const NIGHT_TO = 6;

/** The list under headings. `findings` are in order, gravest first; `now` decides whether a year needs naming. */
export function groupsOf(
  findings: readonly TriagedFinding[],
  by: Arrangement,
  zone: string,
  now: number,
): readonly Group[] {
  return by === 'severity' ? bySeverity(findings) : byHappening(findings, zone, now);
}

function bySeverity(findings: readonly TriagedFinding[]): readonly Group[] {
  const groups = Map.groupBy(findings, (one) => one.severity);
  return [...groups].map(([severity, all]) => ({
    key: severity,
    title: severityTitle(severity),
    cases: casesOf(all),
    findings: all,
  }));
}

/** Findings of one night, person, address or case under one heading; those that stand alone under their month. */
function byHappening(findings: readonly TriagedFinding[], zone: string, now: number): readonly Group[] {
  const together: TriagedFinding[][] = [];
  for (const finding of findings.toSorted((a, b) => a.first - b.first)) {
    const joined = together.filter((group) => mayBelong(group, finding) && group.some((one) => belong(one, finding)));
    const [first, ...others] = joined;
    if (first === undefined) {
      together.push([finding]);
      continue;
    }
    for (const other of others) first.push(...together.splice(together.indexOf(other), 1).flat());
    first.push(finding);
  }
  const order = new Map(findings.map((one, i) => [one.id, i]));
  const place = (one: TriagedFinding | undefined): number => order.get(one?.id ?? '') ?? 0;
  const several = together.filter((group) => group.length > 1);
  const alone = Map.groupBy(together.filter((group) => group.length === 1).flat(), (one) =>
    dayOf(one.first, zone).slice(0, 7),
  );
  const groups = [
    ...several.map((group) => ({ title: nameOf(group, zone, now), group })),
    ...[...alone].map(([month, group]) => ({ title: monthName(month), group })),
  ];
  return groups
    .map(({ title, group }) => {
      const sorted = group.toSorted((a, b) => place(a) - place(b));
      return { key: sorted[0]?.id ?? title, title, cases: casesOf(sorted), findings: sorted };
    })
    .sort((a, b) => worst(a) - worst(b) || place(a.findings[0]) - place(b.findings[0]));
}

function worst(group: Group): number {
  return rank(group.findings[0]?.severity ?? 'info');
}

// Groups are made in the order of time, so that most are over and need not be looked through.
function mayBelong(group: readonly TriagedFinding[], finding: TriagedFinding): boolean {
  const newest = group.at(-1)?.first ?? 0;
  return finding.state.caseName !== null || finding.first - newest <= LONGEST;
}

function belong(a: TriagedFinding, b: TriagedFinding): boolean {
  const apart = Math.abs(b.first - a.first);
  const gap = Math.max(b.first - a.last, a.first - b.last, 0);
  if (a.state.caseName !== null && a.state.caseName === b.state.caseName) return true;
  const subject =
    (a.actor !== null && a.actor === b.actor) || (a.address !== null && a.address === b.address && a.actor === b.actor);
  return apart <= CLOSE || (subject && gap <= SAME_SUBJECT && apart <= LONGEST);
}

function nameOf(group: readonly TriagedFinding[], zone: string, now: number): string {
  const from = Math.min(...group.map((one) => one.first));
  const to = Math.max(...group.map((one) => one.first));
  const thisYear = dayOf(to, zone).slice(0, 4) === dayOf(now, zone).slice(0, 4);
  const day = (ms: number): string => (thisYear ? shortDate(ms, zone) : date(ms, zone));
  const hour = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(zone).hour;
  const night = (hour >= NIGHT_FROM || hour < NIGHT_TO) && to - from <= 10 * HOUR;
  if (night) return `Night of ${day(to)}`;
  return dayOf(from, zone) === dayOf(to, zone) ? day(to) : `${shortDate(from, zone)} to ${day(to)}`;
}

function monthName(month: string): string {
  return Temporal.PlainYearMonth.from(month)
    .toPlainDate({ day: 1 })
    .toLocaleString('en-GB', { month: 'long', year: 'numeric' });
}

function casesOf(findings: readonly TriagedFinding[]): readonly string[] {
  return [...new Set(findings.flatMap((one) => one.state.caseName ?? []))];
}
