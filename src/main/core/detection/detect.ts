import type { EntryRow } from '../../../shared/entry.ts';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import type { Finding, RuleInfo } from '../../../shared/finding.ts';
import type { ArchiveReader } from '../archive/reader.ts';
import type { QueryPlan } from '../search/plan.ts';
import { FIRST_PRIVILEGED } from './baselines/first-privileged.ts';
import { LEAVER, REMOVED_THEN_ACTIVE } from './baselines/leaver.ts';
import { PRIVILEGED_OFF_HOURS, TOKEN_OFF_HOURS } from './baselines/off-hours.ts';
import { DORMANT_ACCOUNT, UNFAMILIAR_SIGN_IN } from './baselines/unfamiliar-sign-in.ts';
import { UNUSUAL_VOLUME } from './baselines/unusual-volume.ts';
import { FAILURES_THEN_SUCCESS } from './failures-then-success.ts';
import { REPEATED_FAILURES } from './guessing.ts';
import { findingsOf, inOrder } from './incidents.ts';
import { rawTexts } from './raw-texts.ts';
import type { Rule } from './rule.ts';
import { type RuleSet, rulesWith, shippedRules } from './sigma/rule-set.ts';
import { runRules } from './sigma/run-rules.ts';
import { subjectOf } from './subject.ts';
import { UPSTREAM_RULES, upstreamFindings } from './upstream.ts';

const IN_CODE: readonly Rule[] = [
  REPEATED_FAILURES,
  FAILURES_THEN_SUCCESS,
  TOKEN_OFF_HOURS,
  PRIVILEGED_OFF_HOURS,
  UNFAMILIAR_SIGN_IN,
  DORMANT_ACCOUNT,
  FIRST_PRIVILEGED,
  UNUSUAL_VOLUME,
  LEAVER,
];

export type Detection = { readonly findings: readonly Finding[]; readonly rulesRun: readonly RuleInfo[] };

export type DetectOptions = {
  /** IANA zone of office hours and of the times in sentences. */
  readonly zone: string;
  /** Ids of the rules to run; none or an empty list is all. */
  readonly only?: readonly string[];
  /** A folder of one's own Sigma rules, run beside the shipped ones. */
  readonly rulesFolder?: string | null;
};

/** What every rule says of itself. */
export function ruleCatalogue(rulesFolder: string | null = null): Result<readonly RuleInfo[]> {
  const rules = rulesWith(rulesFolder);
  return rules.ok ? ok(infosOf(rules.value)) : rules;
}

function infosOf(rules: RuleSet): readonly RuleInfo[] {
  const told = [...rules.entryRules, ...rules.correlations]
    .filter((rule) => !rules.silent.has(rule.info.id))
    .map((rule) => rule.info);
  return [...IN_CODE.map((rule) => rule.info), REMOVED_THEN_ACTIVE, ...UPSTREAM_RULES, ...told];
}

/**
 * Runs the rules over the entries a plan selects, oldest first. Gravest first, then newest first. `not_found` where
 * `rulesFolder` is not there, `bad_input` where a rule in it cannot be used or `only` names no rule.
 */
export function detect(reader: ArchiveReader, plan: QueryPlan, options: DetectOptions): Result<Detection> {
  const rules = options.rulesFolder ? rulesWith(options.rulesFolder) : shippedRules();
  if (!rules.ok) return rules;
  const infos = infosOf(rules.value);
  const only = options.only?.length ? new Set(options.only) : null;
  const unknown = [...(only ?? [])].find((id) => !infos.some((info) => info.id === id));
  if (unknown !== undefined)
    return fail(
      'bad_input',
      `There is no rule called “${unknown}”.`,
      `Rules: ${infos.map((info) => info.id).join(', ')}.`,
    );
  const wanted = (id: string) => only === null || only.has(id);
  const inCode = IN_CODE.filter(
    (rule) => wanted(rule.info.id) || (rule === LEAVER && wanted(REMOVED_THEN_ACTIVE.id)),
  ).map((rule) => rule.start({ zone: options.zone }));
  const sigma = runRules(rules.value, options.zone, only === null ? null : wanted);
  const rawOf = rawTexts(reader, plan, (action) => sigma.needsMetadata(action));
  const people = new People();
  for (const row of reader.rows(plan, 'newer')) {
    const subject = subjectOf(row, rawOf);
    people.see(row);
    sigma.see(subject);
    for (const run of inCode) run.see(subject);
  }
  const hits = [...inCode.flatMap((run) => run.finish()), ...sigma.finish()].filter((hit) => wanted(hit.rule.id));
  return ok({
    findings: inOrder([
      ...findingsOf(hits, (address) => people.at(address)),
      ...upstreamFindings(reader, plan, wanted),
    ]),
    rulesRun: infos.filter((info) => wanted(info.id)),
  });
}

/** Who has done something from an address, sign-ins that failed left out; counted as far as a crowd. */
class People {
  readonly #at = new Map<string, Set<string>>();

  see(row: EntryRow): void {
    if (row.address === null || row.actor === null) return;
    const key = row.actor.id ?? row.actor.email ?? '';
    const set = this.#at.get(row.address);
    if (set === undefined) this.#at.set(row.address, new Set([key]));
    else if (set.size < 4 && !/fail/.test(row.action)) set.add(key);
  }

  at(address: string): number {
    return this.#at.get(address)?.size ?? 0;
  }
}
