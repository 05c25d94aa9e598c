import { isMap, isScalar, isSeq } from 'yaml';
import { type FieldValue, isNeverRead, type Subject } from '../subject.ts';
import type { Verdict } from './condition.ts';
import { compileItem, type Matcher } from './matcher.ts';
import type { RuleDocument } from './rule-file.ts';

/** A selection: any of its maps, each with all of its items. */
export type Selection = {
  readonly depth: 'action' | 'row' | 'metadata';
  readonly items: readonly { depth: 'action' | 'row' | 'metadata'; derived: boolean; matches: Matcher }[][];
};

const DEPTHS = { action: 0, row: 1, metadata: 2 } as const;

/** Whether a selection holds, as far as can be told at a depth (0 the action, 1 the row, 2 everything). */
export function selectionVerdict(selection: Selection, subject: Subject, depth: number): Verdict {
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

/** Compiles a selection. */
export function selectionOf(document: RuleDocument, node: unknown, key: unknown): Selection {
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
