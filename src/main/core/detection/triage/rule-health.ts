import type { RuleHealth } from '../../../../shared/detection-contract.ts';
import type { RuleInfo } from '../../../../shared/finding.ts';
import type { TriagedFinding } from '../../../../shared/triage.ts';
import { codeInfos } from '../catalogue.ts';
import type { Detection } from '../detect.ts';
import type { ChosenRules } from '../own-rules.ts';
import type { Register } from './register.ts';

/** How each rule does: what it found, what people made of it, what it costs. In the order of the catalogue. */
export function ruleHealth(
  infos: readonly RuleInfo[],
  chosen: ChosenRules,
  detection: Detection,
  findings: readonly TriagedFinding[],
  register: Register,
): readonly RuleHealth[] {
  const inCode = new Set(codeInfos().map((info) => info.id));
  // A text of one's own may hold several rules: it is changed as a whole.
  const own = new Map(register.ownRules.flatMap((rule) => rule.ids.map((id) => [id, rule.text] as const)));
  const texts = new Map(
    [...chosen.rules.entryRules, ...chosen.rules.correlations].map((rule) => [rule.info.id, rule.document.text]),
  );
  const tallies = tallyOf(findings);
  const rows = infos.map((info): RuleHealth => {
    const tally = tallies.get(info.id) ?? NOTHING;
    const { rule: _rule, ...switched } = register.switches.get(info.id) ?? { rule: info.id };
    return {
      ...info,
      enabled: register.switches.get(info.id)?.enabled ?? info.enabled,
      controls: [...info.controls],
      ...(info.falsePositives ? { falsePositives: [...info.falsePositives] } : {}),
      kind: inCode.has(info.id) ? 'code' : 'sigma',
      own: own.has(info.id),
      text: own.get(info.id) ?? texts.get(info.id) ?? null,
      problem: null,
      ...tally,
      ms: Math.round((detection.spent.get(info.id) ?? 0) * 10) / 10,
      switched: 'by' in switched ? switched : null,
    };
  });
  return [...rows, ...chosen.problems.map(({ rule, sentence }) => unusable(rule.ids[0] ?? '', rule.text, sentence))];
}

type Tally = Pick<RuleHealth, 'findings' | 'leading' | 'decided' | 'benign' | 'suppressed' | 'last'>;
const NOTHING: Tally = { findings: 0, leading: 0, decided: 0, benign: 0, suppressed: 0, last: null };

function tallyOf(findings: readonly TriagedFinding[]): ReadonlyMap<string, Tally> {
  const tallies = new Map<string, Tally>();
  for (const finding of findings) {
    const { decision } = finding.state;
    const judged = decision !== null && decision.verdict !== 'reopened' && decision.verdict !== 'postponed';
    for (const rule of new Set([finding.rule, ...(finding.signals ?? []).map((signal) => signal.rule)])) {
      const before = tallies.get(rule) ?? NOTHING;
      tallies.set(rule, {
        findings: before.findings + 1,
        leading: before.leading + Number(finding.rule === rule && !['low', 'info'].includes(finding.severity)),
        decided: before.decided + Number(judged),
        benign: before.benign + Number(decision?.verdict === 'benign'),
        suppressed: before.suppressed + Number(finding.state.suppression !== null),
        last: Math.max(before.last ?? finding.last, finding.last),
      });
    }
  }
  return tallies;
}

// A rule that cannot be read says nothing of itself but its name.
function unusable(id: string, text: string, problem: string): RuleHealth {
  return {
    id,
    title: id,
    description: problem,
    severity: 'info',
    technique: null,
    controls: [],
    enabled: false,
    version: 1,
    kind: 'sigma',
    own: true,
    text,
    problem,
    ...NOTHING,
    ms: 0,
    switched: null,
  };
}
