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
  const pending: Json[] = [metadata];
  while (pending.length > 0) {
    const value = pending.pop() ?? null;
    if (value === null) continue;
    if (Array.isArray(value)) {
      for (const item of value as readonly Json[]) pending.push(item);
    } else if (typeof value === 'object') {
      const object = value as { readonly [key: string]: Json };
      for (const key of Object.keys(object)) {
        visit(key);
        pending.push(object[key] ?? null);
      }
    } else {
      visit(String(value));
    }
  }
}
