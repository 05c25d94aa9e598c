import { isMap, isScalar, isSeq, type YAMLMap } from 'yaml';
import type { EntryRow } from '../../../../shared/entry.ts';
import type { RuleInfo, Severity, Technique } from '../../../../shared/finding.ts';
import { type FieldValue, fieldNamed, isNeverRead, type Subject, subjectOf } from '../subject.ts';
import { type Condition, evaluate, parseCondition, type Verdict } from './condition.ts';
import { compileItem, type Matcher } from './matcher.ts';
import type { RuleDocument } from './rule-file.ts';

type Common = {
  readonly info: RuleInfo;
  readonly document: RuleDocument;
  readonly why: string | null;
  readonly uuid: string | null;
  readonly hidden: boolean;
  readonly novelty: boolean;
  readonly node: unknown;
};

/** A rule over single entries, compiled. */
export type EntryRule = Common & {
  readonly kind: 'entry';
  /** Whether an entry of this action can match; null where it depends on more than the action. */
  onAction(action: string): Verdict;
  /** Whether anything of the entry beyond its row is needed to decide, for this action. */
  needsMetadata(action: string): boolean;
  matches(subject: Subject): boolean;
};

export const CORRELATIONS = ['event_count', 'value_count', 'temporal', 'temporal_ordered'] as const;

/** A Sigma correlation: how matches of other rules lie together in time. */
export type CorrelationRule = Common & {
  readonly kind: 'correlation';
  readonly type: (typeof CORRELATIONS)[number];
  readonly of: readonly string[];
  readonly groupBy: readonly string[];
  /** For an alias: the field to read in the matches of each rule. */
  readonly aliases: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly timespanMs: number;
  readonly condition: { readonly field: string | null; holds(count: number): boolean } | null;
};

export type CompiledRule = EntryRule | CorrelationRule;

const KNOWN_FIELDS = new Set(
  'title name id status level description references author date modified tags logsource detection falsepositives fields related license taxonomy scope correlation generate action attack controls runbook why version fixtures hidden novelty'.split(
    ' ',
  ),
);
const LEVELS: Readonly<Record<string, Severity>> = {
  informational: 'info',
  low: 'low',
  medium: 'medium',
  high: 'high',
  critical: 'critical',
};
const NAME = /^[a-z0-9][a-z0-9_.-]{0,99}$/i;

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

function nodeAt(map: YAMLMap, name: string): unknown {
  return map.get(name, true);
}

function textAt(document: RuleDocument, map: YAMLMap, name: string, longest = 2_000): string | null {
  if (!map.has(name)) return null;
  const value = map.get(name);
  if (typeof value !== 'string' || value.trim() === '')
    return document.stop(nodeAt(map, name), `“${name}” must be text`);
  if (value.length > longest) return document.stop(nodeAt(map, name), `“${name}” is longer than ${longest} characters`);
  return value;
}

function textsAt(document: RuleDocument, map: YAMLMap, name: string): readonly string[] {
  if (!map.has(name)) return [];
  const node = nodeAt(map, name);
  const items = isSeq(node) ? node.items : [node];
  return items.map((item) => {
    if (!isScalar(item) || typeof item.value !== 'string')
      return document.stop(item, `“${name}” must be text or a list of texts`);
    return item.value;
  });
}

function commonOf(document: RuleDocument): Common {
  const { root, stop } = document;
  const title = textAt(document, root, 'title', 256) ?? stop(root, 'the rule has no title');
  const uuid = textAt(document, root, 'id', 100);
  const id = textAt(document, root, 'name', 100) ?? uuid ?? stop(root, 'the rule has neither name nor id');
  if (!NAME.test(id))
    stop(nodeAt(root, root.has('name') ? 'name' : 'id'), 'a name is letters, digits, “-”, “_” and “.”');
  const level = textAt(document, root, 'level', 20) ?? stop(root, 'the rule has no level');
  const severity = Object.hasOwn(LEVELS, level)
    ? (LEVELS[level] as Severity)
    : stop(nodeAt(root, 'level'), `the level “${level}” is not one of ${Object.keys(LEVELS).join(', ')}`);
  if (
    root.has('status') &&
    !['stable', 'test', 'experimental', 'deprecated', 'unsupported'].includes(String(root.get('status')))
  )
    stop(nodeAt(root, 'status'), `the status “${String(root.get('status'))}” is not a Sigma status`);
  textsAt(document, root, 'tags');
  const version = root.has('version') ? root.get('version') : 1;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1)
    stop(nodeAt(root, 'version'), '“version” must be a whole number');
  const runbook = textAt(document, root, 'runbook');
  const info: RuleInfo = {
    id,
    title,
    description: textAt(document, root, 'description', 4_000) ?? title,
    severity,
    technique: techniqueOf(document),
    controls: textsAt(document, root, 'controls'),
    enabled: !['deprecated', 'unsupported'].includes(String(root.get('status'))),
    version: version as number,
    falsePositives: textsAt(document, root, 'falsepositives'),
    ...(runbook === null ? {} : { runbook }),
  };
  return {
    info,
    document,
    uuid,
    why: textAt(document, root, 'why'),
    hidden: root.get('hidden') === true,
    novelty: root.get('novelty') === true,
    node: root,
  };
}

function techniqueOf(document: RuleDocument): Technique | null {
  const { root, stop } = document;
  if (!root.has('attack')) {
    const tag = textsAt(document, root, 'tags').find((one) => /^attack\.t\d{4}/i.test(one));
    return tag === undefined
      ? null
      : {
          id: tag.slice('attack.'.length).toUpperCase(),
          name: tag.slice('attack.'.length).toUpperCase(),
          attackVersion: 'unnamed',
        };
  }
  const attack = nodeAt(root, 'attack');
  if (!isMap(attack)) return stop(attack, '“attack” has technique, name and version');
  const [id, name, attackVersion] = ['technique', 'name', 'version'].map((part) =>
    textAt(document, attack as YAMLMap, part, 120),
  );
  if (!id || !name || !attackVersion || !/^T\d{4}(\.\d{3})?$/.test(id))
    return stop(attack, '“attack” needs a technique such as T1110.001, its name and the version of ATT&CK in quotes');
  return { id, name, attackVersion };
}

type Selection = {
  readonly depth: 'action' | 'row' | 'metadata';
  readonly items: readonly { depth: 'action' | 'row' | 'metadata'; derived: boolean; matches: Matcher }[][];
};

function entryRuleOf(document: RuleDocument, common: Common): EntryRule {
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
const DEPTHS = { action: 0, row: 1, metadata: 2 } as const;

function selectionVerdict(selection: Selection, subject: Subject, depth: number): Verdict {
  let unknown = false;
  for (const map of selection.items) {
    let verdict: Verdict = true;
    for (const item of map) {
      if (DEPTHS[item.depth] > depth && !(item.derived && depth === 0 && isNeverRead(subject.row.action))) {
        if (verdict === true) verdict = null;
      } else if (!item.matches(subject)) {
        verdict = false;
        break;
      }
    }
    if (verdict === true) return true;
    unknown ||= verdict === null;
  }
  return unknown ? null : false;
}

function selectionOf(document: RuleDocument, node: unknown, key: unknown): Selection {
  const maps = isMap(node) ? [node] : isSeq(node) ? node.items : null;
  if (maps === null || maps.length === 0)
    return document.stop(node ?? key, 'a selection is a map of fields or a list of such maps');
  if (maps.some((map) => isScalar(map)))
    return document.stop(node, 'keywords (a list of bare values) are not supported');
  const items = maps.map((map) => {
    if (!isMap(map) || map.items.length === 0)
      return document.stop(map ?? node, 'a selection is a map of fields or a list of such maps');
    return map.items.map((pair) => {
      const name = String((pair.key as { value: unknown }).value);
      try {
        const { field, matches } = compileItem(name, valuesOf(document, pair.value, pair.key));
        return { depth: field.depth, derived: field.derived === true, matches };
      } catch (error) {
        if (error instanceof Error && error.name === 'RuleProblemError') throw error;
        return document.stop(pair.key, (error as Error).message);
      }
    });
  });
  const depths = items.flat().map((item) => item.depth);
  return { depth: depths.includes('metadata') ? 'metadata' : depths.includes('row') ? 'row' : 'action', items };
}

function valuesOf(document: RuleDocument, node: unknown, key: unknown): readonly FieldValue[] {
  const items = isSeq(node) ? node.items : [node];
  if (items.length > 5_000) document.stop(key, 'more than 5,000 values');
  return items.map((item) => {
    if (item === null || item === undefined) return null;
    if (!isScalar(item)) return document.stop(item, 'a value is text, a number, true, false or null');
    const { value } = item;
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    return document.stop(item, 'a value is text, a number, true, false or null');
  });
}

function parsed(document: RuleDocument, node: unknown, text: string, names: readonly string[]): Condition {
  try {
    return parseCondition(text, names);
  } catch (error) {
    return document.stop(node, (error as Error).message);
  }
}

const SPAN = /^(\d{1,6})([smhd])$/;
const UNIT_MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const LONGEST_MS = 400 * UNIT_MS.d;
const CORRELATION_FIELDS = new Set(['type', 'rules', 'group-by', 'timespan', 'condition', 'aliases', 'generate']);

function correlationOf(document: RuleDocument, common: Common): CorrelationRule {
  const { root, stop } = document;
  const node = nodeAt(root, 'correlation');
  if (!isMap(node)) return stop(node, '“correlation” must be a map');
  const map = node as YAMLMap;
  for (const pair of map.items) {
    const name = String((pair.key as { value: unknown }).value);
    if (!CORRELATION_FIELDS.has(name)) stop(pair.key, `the correlation field “${name}” is not supported`);
  }
  const type =
    CORRELATIONS.find((one) => one === map.get('type')) ??
    stop(nodeAt(map, 'type') ?? map, `the correlation type “${String(map.get('type'))}” is not supported`);
  const of = textsAt(document, map, 'rules');
  if (of.length === 0) stop(map, 'the correlation names no rules');
  const groupBy = textsAt(document, map, 'group-by');
  const span = SPAN.exec(String(map.get('timespan') ?? ''));
  if (!span)
    return stop(nodeAt(map, 'timespan') ?? map, 'the timespan must be a number with s, m, h or d, such as 10m');
  const timespanMs = Number(span[1]) * UNIT_MS[span[2] as keyof typeof UNIT_MS];
  if (timespanMs <= 0 || timespanMs > LONGEST_MS)
    stop(nodeAt(map, 'timespan'), 'the timespan must lie between 1s and 400d');
  const aliases = aliasesOf(document, map, of);
  for (const name of groupBy) {
    if (!aliases.has(name) && fieldNamed(name) === null)
      stop(nodeAt(map, 'group-by'), `there is no field or alias “${name}”`);
  }
  const condition = map.has('condition') ? countOf(document, nodeAt(map, 'condition'), type, aliases) : null;
  if (condition === null && (type === 'event_count' || type === 'value_count'))
    stop(map, `a correlation of type ${type} needs a condition`);
  if (condition !== null && type.startsWith('temporal'))
    stop(nodeAt(map, 'condition'), `a condition is not supported for ${type}`);
  if (type.startsWith('temporal') && new Set(of).size < 2)
    stop(nodeAt(map, 'rules'), `${type} needs at least two rules`);
  return { ...common, kind: 'correlation', type, of, groupBy, aliases, timespanMs, condition };
}

function aliasesOf(document: RuleDocument, map: YAMLMap, of: readonly string[]): CorrelationRule['aliases'] {
  const aliases = new Map<string, Map<string, string>>();
  const node = nodeAt(map, 'aliases');
  if (node === undefined) return aliases;
  if (!isMap(node)) return document.stop(node, '“aliases” must be a map');
  for (const pair of node.items) {
    const name = String((pair.key as { value: unknown }).value);
    if (!isMap(pair.value))
      return document.stop(pair.value ?? pair.key, `the alias “${name}” must name a field for each rule`);
    const fields = new Map<string, string>();
    for (const entry of pair.value.items) {
      const rule = String((entry.key as { value: unknown }).value);
      const field = (entry.value as { value?: unknown } | null)?.value;
      if (!of.includes(rule))
        document.stop(entry.key, `the alias “${name}” names the rule “${rule}”, which the correlation does not use`);
      if (typeof field !== 'string' || fieldNamed(field) === null)
        document.stop(entry.value ?? entry.key, `there is no field “${String(field)}”`);
      fields.set(rule, field as string);
    }
    for (const rule of of)
      if (!fields.has(rule)) document.stop(pair.key, `the alias “${name}” has no field for the rule “${rule}”`);
    aliases.set(name, fields);
  }
  return aliases;
}

function countOf(
  document: RuleDocument,
  node: unknown,
  type: string,
  aliases: CorrelationRule['aliases'],
): NonNullable<CorrelationRule['condition']> {
  if (!isMap(node)) return document.stop(node, 'the condition must be a map such as {gte: 10}');
  let field: string | null = null;
  const tests: ((count: number) => boolean)[] = [];
  for (const pair of node.items) {
    const name = String((pair.key as { value: unknown }).value);
    const value = (pair.value as { value?: unknown } | null)?.value;
    if (name === 'field') {
      if (type !== 'value_count') document.stop(pair.key, '“field” belongs to value_count');
      if (typeof value !== 'string' || (!aliases.has(value) && fieldNamed(value) === null))
        document.stop(pair.value ?? pair.key, `there is no field “${String(value)}”`);
      field = value as string;
      continue;
    }
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 0)
      return document.stop(pair.value ?? pair.key, `“${name}” takes a whole number`);
    if (name === 'gte') tests.push((count) => count >= value);
    else if (name === 'gt') tests.push((count) => count > value);
    // A window that slides is at some time small: “fewer than” holds always and “exactly” on the way up.
    else
      return document.stop(
        pair.key,
        `the comparison “${name}” is not supported with windows that slide: use gte or gt`,
      );
    if (value > 100_000 || (name === 'gte' && value < 1))
      document.stop(pair.value, `“${name}” must lie between 1 and 100,000`);
  }
  if (tests.length === 0) document.stop(node, 'the condition has no comparison');
  if (type === 'value_count' && field === null) document.stop(node, 'value_count needs a field');
  return { field, holds: (count) => tests.every((test) => test(count)) };
}
