import type { CompiledRule } from './compiled-rule.ts';
import { correlationOf } from './correlation-rule.ts';
import { entryRuleOf } from './entry-rule.ts';
import type { RuleDocument } from './rule-file.ts';
import { commonOf } from './rule-head.ts';
import { nodeAt } from './rule-nodes.ts';

const KNOWN_FIELDS = new Set(
  'title name id status level description references author date modified tags logsource detection falsepositives fields related license taxonomy scope correlation generate action attack controls runbook why version fixtures hidden novelty'.split(
    ' ',
  ),
);

/** Compiles one document. Throws a `RuleProblemError` for whatever is wrong or not supported. */
export function compileRule(document: RuleDocument): CompiledRule {
  const { root, stop } = document;
  for (const pair of root.items) {
    const name = String((pair.key as { value: unknown }).value);
    if (!KNOWN_FIELDS.has(name) && !name.startsWith('x-')) stop(pair.key, `the field “${name}” is not supported`);
  }
  if (root.has('action')) stop(nodeAt(root, 'action'), 'collections with “action” are not supported');
  const common = commonOf(document);
  const correlated = root.has('correlation');
  if (correlated && root.has('detection'))
    stop(nodeAt(root, 'detection'), 'a rule has either detection or correlation');
  if (!correlated && !root.has('detection')) stop(root, 'the rule has no detection');
  return correlated ? correlationOf(document, common) : entryRuleOf(document, common);
}
