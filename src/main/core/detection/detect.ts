import { createHash } from 'node:crypto';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import type { Finding, RuleInfo } from '../../../shared/finding.ts';
import { SEVERITIES } from '../../../shared/finding.ts';
import type { ArchiveReader } from '../archive/reader.ts';
import type { QueryPlan } from '../search/plan.ts';
import { FAILURES_THEN_SUCCESS } from './failures-then-success.ts';
import { REPEATED_FAILURES } from './repeated-failures.ts';
import type { Hit, Rule } from './rule.ts';
import { TOKEN_OFF_HOURS } from './token-off-hours.ts';

const RULES: readonly Rule[] = [REPEATED_FAILURES, FAILURES_THEN_SUCCESS, TOKEN_OFF_HOURS];

export type Detection = { readonly findings: readonly Finding[]; readonly rulesRun: readonly RuleInfo[] };

/** What every rule says of itself. */
export function ruleCatalogue(): readonly RuleInfo[] {
  return RULES.map((rule) => rule.info);
}

/**
 * Runs the rules over the entries a plan selects, oldest first. Gravest first, then newest first. `not_found` where
 * `only` names no rule.
 */
export function detect(
  reader: ArchiveReader,
  plan: QueryPlan,
  options: { readonly zone: string; readonly only?: readonly string[] },
): Result<Detection> {
  const unknown = (options.only ?? []).find((id) => !RULES.some((rule) => rule.info.id === id));
  if (unknown !== undefined)
    return fail(
      'bad_input',
      `There is no rule called “${unknown}”.`,
      `Rules: ${RULES.map((rule) => rule.info.id).join(', ')}.`,
    );
  const chosen = RULES.filter((rule) => !options.only?.length || options.only.includes(rule.info.id));
  const runs = chosen.map((rule) => ({ rule, run: rule.start({ zone: options.zone }) }));
  for (const row of reader.rows(plan, 'newer')) {
    for (const { run } of runs) run.see(row);
  }
  const findings = withoutParts(runs.flatMap(({ rule, run }) => run.finish().map((hit) => findingOf(rule, hit))));
  findings.sort(
    (a, b) =>
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || b.first - a.first || (a.id < b.id ? -1 : 1),
  );
  return ok({ findings, rulesRun: chosen.map((rule) => rule.info) });
}

// One happening is one finding: what lies wholly inside a graver finding is told by that one.
function withoutParts(findings: readonly Finding[]): Finding[] {
  const graver = new Map<number, Finding[]>();
  for (const finding of findings) {
    for (const key of finding.entryKeys) graver.set(key, [...(graver.get(key) ?? []), finding]);
  }
  const weight = (finding: Finding): number => SEVERITIES.indexOf(finding.severity);
  return findings.filter((finding) => {
    const [first = -1, ...rest] = finding.entryKeys;
    const around = (graver.get(first) ?? []).filter((other) => weight(other) < weight(finding));
    return !around.some((other) => rest.every((key) => graver.get(key)?.includes(other)));
  });
}

// The id names the happening by its rule and first entry, so that a finding that grows keeps it.
function findingOf(rule: Rule, hit: Hit): Finding {
  const first = hit.entries[0];
  const last = hit.entries.at(-1);
  const id = createHash('sha256')
    .update(`${rule.info.id}\n${first?.id ?? ''}`)
    .digest('hex')
    .slice(0, 12);
  return {
    id: `F-${id}`,
    rule: rule.info.id,
    title: rule.info.title,
    severity: hit.severity,
    technique: rule.info.technique,
    controls: rule.info.controls,
    actor: hit.actor,
    address: hit.address,
    entryIds: hit.entries.map((row) => row.id),
    entryKeys: hit.entries.map((row) => row.key),
    first: first?.ts ?? 0,
    last: last?.ts ?? 0,
    why: hit.why,
  };
}
