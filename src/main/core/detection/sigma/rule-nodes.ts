import { isScalar, isSeq, type YAMLMap } from 'yaml';
import type { RuleDocument } from './rule-file.ts';

/** The node of a field, with its place in the file. */
export function nodeAt(map: YAMLMap, name: string): unknown {
  return map.get(name, true);
}

/** A field's text; null where it is not there. Stops where it is no text or too long. */
export function textAt(document: RuleDocument, map: YAMLMap, name: string, longest = 2_000): string | null {
  if (!map.has(name)) return null;
  const value = map.get(name);
  if (typeof value !== 'string' || value.trim() === '')
    return document.stop(nodeAt(map, name), `“${name}” must be text`);
  if (value.length > longest) return document.stop(nodeAt(map, name), `“${name}” is longer than ${longest} characters`);
  return value;
}

/** A field's text or list of texts. */
export function textsAt(document: RuleDocument, map: YAMLMap, name: string): readonly string[] {
  if (!map.has(name)) return [];
  const node = nodeAt(map, name);
  const items = isSeq(node) ? node.items : [node];
  return items.map((item) => {
    if (!isScalar(item) || typeof item.value !== 'string')
      return document.stop(item, `“${name}” must be text or a list of texts`);
    return item.value;
  });
}
