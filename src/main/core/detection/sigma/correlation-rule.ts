import { isMap, type YAMLMap } from 'yaml';
import { fieldNamed } from '../subject.ts';
import { CORRELATIONS, type Common, type CorrelationRule } from './compiled-rule.ts';
import type { RuleDocument } from './rule-file.ts';
import { nodeAt, textsAt } from './rule-nodes.ts';

const SPAN = /^(\d{1,6})([smhd])$/;
const UNIT_MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const LONGEST_MS = 400 * UNIT_MS.d;
const CORRELATION_FIELDS = new Set(['type', 'rules', 'group-by', 'timespan', 'condition', 'aliases', 'generate']);

/** Compiles a correlation. */
export function correlationOf(document: RuleDocument, common: Common): CorrelationRule {
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
