import { isMap, isSeq, type YAMLMap } from 'yaml';
import type { EntryRow } from '../../../../shared/entry.ts';
import { type Subject, subjectOf } from '../subject.ts';
import type { Common, EntryRule } from './compiled-rule.ts';
import { type Condition, evaluate, parseCondition, type Verdict } from './condition.ts';
import type { RuleDocument } from './rule-file.ts';
import { nodeAt } from './rule-nodes.ts';
import { type Selection, selectionOf, selectionVerdict } from './selection.ts';

/** Compiles a rule over single entries. */
export function entryRuleOf(document: RuleDocument, common: Common): EntryRule {
  const { root, stop } = document;
  const logsource = nodeAt(root, 'logsource');
  if (!isMap(logsource)) return stop(logsource ?? root, 'the rule has no logsource');
  for (const pair of logsource.items) {
    const name = String((pair.key as { value: unknown }).value);
    const wanted = { product: 'jetty', service: 'audit' }[name];
    if (name === 'definition') continue;
    if (wanted === undefined) stop(pair.key, `the logsource field “${name}” is not supported`);
    if ((pair.value as { value?: unknown } | null)?.value !== wanted)
      stop(pair.value ?? pair.key, `the logsource’s ${name} must be “${wanted}”`);
  }
  if (logsource.get('product') !== 'jetty' || logsource.get('service') !== 'audit')
    return stop(logsource, 'the logsource must be {product: jetty, service: audit}');
  const detection = nodeAt(root, 'detection');
  if (!isMap(detection)) return stop(detection, '“detection” must hold selections and a condition');
  const selections = new Map<string, Selection>();
  for (const pair of detection.items) {
    const name = String((pair.key as { value: unknown }).value);
    if (name === 'condition') continue;
    if (name === 'timeframe') stop(pair.key, '“timeframe” is not supported: write a correlation rule');
    selections.set(name, selectionOf(document, pair.value, pair.key));
  }
  if (selections.size === 0) stop(detection, 'the detection has no selection');
  const node = nodeAt(detection as YAMLMap, 'condition');
  if (node === undefined) stop(detection, 'the detection has no condition');
  const texts = isSeq(node)
    ? stop(node, 'a list of conditions is not supported: join them with “or”')
    : detection.get('condition');
  if (typeof texts !== 'string') return stop(node, 'the condition must be text');
  const condition = parsed(document, node, texts, [...selections.keys()]);

  const at = (name: string, subject: Subject, depth: number): Verdict =>
    selectionVerdict(selections.get(name) as Selection, subject, depth);
  const actionVerdicts = new Map<string, Verdict>();
  const onAction = (action: string): Verdict => {
    let verdict = actionVerdicts.get(action);
    if (verdict === undefined) {
      const subject = subjectOf({ ...NOBODY, action }, () => '');
      verdict = evaluate(condition, (name) => at(name, subject, 0));
      actionVerdicts.set(action, verdict);
    }
    return verdict;
  };
  const deep = [...selections.values()].some((one) => one.depth === 'metadata');
  return {
    ...common,
    kind: 'entry',
    onAction,
    needsMetadata: (action) => deep && onAction(action) === null,
    matches(subject) {
      const onRow = evaluate(condition, (name) => at(name, subject, 1));
      return onRow ?? evaluate(condition, (name) => at(name, subject, 2)) === true;
    },
  };
}

const NOBODY: EntryRow = {
  id: '',
  key: 0,
  ts: 0,
  actor: null,
  action: '',
  target: null,
  address: null,
  agent: null,
  team: null,
};

function parsed(document: RuleDocument, node: unknown, text: string, names: readonly string[]): Condition {
  try {
    return parseCondition(text, names);
  } catch (error) {
    return document.stop(node, (error as Error).message);
  }
}
