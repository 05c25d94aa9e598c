import { ok, type Result } from '../../../shared/errors.ts';
import type { RuleInfo } from '../../../shared/finding.ts';
import { FIRST_PRIVILEGED } from './baselines/first-privileged.ts';
import { IMPOSSIBLE_TRAVEL } from './baselines/impossible-travel.ts';
import { LEAVER, REMOVED_THEN_ACTIVE } from './baselines/leaver.ts';
import { PRIVILEGED_OFF_HOURS, TOKEN_OFF_HOURS } from './baselines/off-hours.ts';
import { TOKEN_ELSEWHERE } from './baselines/token-elsewhere.ts';
import { TWO_FACTOR_OFF } from './baselines/two-factor-off.ts';
import { DORMANT_ACCOUNT, UNFAMILIAR_SIGN_IN } from './baselines/unfamiliar-sign-in.ts';
import { UNUSUAL_VOLUME } from './baselines/unusual-volume.ts';
import { FAILURES_THEN_SUCCESS } from './failures-then-success.ts';
import { REPEATED_FAILURES } from './guessing.ts';
import type { Rule } from './rule.ts';
import { type RuleSet, rulesWith } from './sigma/rule-set.ts';
import { UPSTREAM_RULES } from './upstream.ts';

/** The rules that are written in code. */
export const IN_CODE: readonly Rule[] = [
  REPEATED_FAILURES,
  FAILURES_THEN_SUCCESS,
  TOKEN_OFF_HOURS,
  PRIVILEGED_OFF_HOURS,
  UNFAMILIAR_SIGN_IN,
  DORMANT_ACCOUNT,
  IMPOSSIBLE_TRAVEL,
  TWO_FACTOR_OFF,
  TOKEN_ELSEWHERE,
  FIRST_PRIVILEGED,
  UNUSUAL_VOLUME,
  LEAVER,
];

/** Rules in code that run as a part of another. */
export const RUN_WITHIN: ReadonlyMap<string, Rule> = new Map([[REMOVED_THEN_ACTIVE.id, LEAVER]]);

/** What every rule says of itself. */
export function ruleCatalogue(rulesFolder: string | null = null): Result<readonly RuleInfo[]> {
  const rules = rulesWith(rulesFolder);
  return rules.ok ? ok(infosOf(rules.value)) : rules;
}

/** What the rules in code and those of a set say of themselves; rules that only feed correlations are left out. */
export function infosOf(rules: RuleSet): readonly RuleInfo[] {
  return [...codeInfos(), ...toldBy(rules)];
}

/** What the rules in code say of themselves. */
export function codeInfos(): readonly RuleInfo[] {
  return [...IN_CODE.map((rule) => rule.info), REMOVED_THEN_ACTIVE, ...UPSTREAM_RULES];
}

/** What the rules of a set that tell anything say of themselves. */
export function toldBy(rules: RuleSet): readonly RuleInfo[] {
  return [...rules.entryRules, ...rules.correlations]
    .filter((rule) => !rules.silent.has(rule.info.id))
    .map((rule) => rule.info);
}
