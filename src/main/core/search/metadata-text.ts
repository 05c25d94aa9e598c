import type { Json } from '../../../shared/entry.ts';
import { fold } from '../../../shared/text.ts';

/** Every distinct key and scalar value of metadata at any depth, folded: what free text is looked for in, each by itself. */
export function metadataLeaves(metadata: Json): readonly string[] {
  if (metadata === null || typeof metadata !== 'object') return metadata === null ? [] : [fold(String(metadata))];
  const leaves = new Set<string>();
  const pending: Json[] = [metadata];
  while (pending.length > 0) {
    const value = pending.pop() ?? null;
    if (value === null) continue;
    if (Array.isArray(value)) {
      for (const item of value as readonly Json[]) pending.push(item);
    } else if (typeof value === 'object') {
      const object = value as { readonly [key: string]: Json };
      for (const key of Object.keys(object)) {
        leaves.add(fold(key));
        pending.push(object[key] ?? null);
      }
    } else {
      leaves.add(fold(String(value)));
    }
  }
  return [...leaves];
}
