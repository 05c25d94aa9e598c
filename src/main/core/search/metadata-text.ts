import type { Json } from '../../../shared/entry.ts';
import { fold } from '../../../shared/text.ts';

/** Every distinct key and scalar value of metadata at any depth, folded: what free text is looked for in, each by itself. */
export function metadataLeaves(metadata: Json): readonly string[] {
  const leaves = new Set<string>();
  eachLeaf(metadata, (text) => void leaves.add(fold(text)));
  return [...leaves];
}

/** Visits every key and scalar value of metadata at any depth as it is written, some of them more than once. */
export function eachLeaf(metadata: Json, visit: (text: string) => void): void {
  if (metadata === null || typeof metadata !== 'object') {
    if (metadata !== null) visit(String(metadata));
    return;
  }
  // A list of what is still to be looked into, not a recursion: whoever sends it says how deep it goes.
  const pending: Json[] = [metadata];
  const look = (value: Json): void => {
    if (value === null) return;
    if (typeof value === 'object') pending.push(value);
    else visit(typeof value === 'string' ? value : String(value));
  };
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (Array.isArray(value)) {
      for (const item of value as readonly Json[]) look(item);
      continue;
    }
    const object = value as { readonly [key: string]: Json };
    for (const key of Object.keys(object)) {
      visit(key);
      look(object[key] ?? null);
    }
  }
}
