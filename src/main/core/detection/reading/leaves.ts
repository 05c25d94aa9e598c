import type { Json } from '../../../../shared/entry.ts';
import { wordsOf } from './words.ts';

/** One value of the metadata with the words of the path that leads to it. */
export type Leaf = {
  readonly path: string;
  readonly keys: readonly string[];
  readonly value: string | number | boolean | null;
};

// Enough for any real entry; a hostile one is read as far as this and no further.
const MOST = 400;
const DEEPEST = 12;
const LONGEST_EMBEDDED = 20_000;

/** Every value of an entry's metadata. JSON that a server wrote into a string is read as JSON. */
export function leavesOf(metadata: Json): readonly Leaf[] {
  const leaves: Leaf[] = [];
  const visit = (value: Json, path: string, keys: readonly string[], depth: number): void => {
    if (leaves.length >= MOST || depth > DEEPEST) return;
    if (Array.isArray(value)) {
      // An empty list is a value too: redaction rules that became none.
      if (value.length === 0) leaves.push({ path, keys, value: null });
      for (const part of value) visit(part, path, keys, depth + 1);
      return;
    }
    if (typeof value === 'object' && value !== null) {
      for (const [name, part] of Object.entries(value))
        visit(part as Json, path === '' ? name : `${path}.${name}`, [...keys, ...wordsOf(name)], depth + 1);
      return;
    }
    const embedded = typeof value === 'string' ? jsonWithin(value) : null;
    if (embedded !== null) visit(embedded, path, keys, depth + 1);
    else leaves.push({ path, keys, value: value as Leaf['value'] });
  };
  visit(metadata, '', [], 0);
  return leaves;
}

function jsonWithin(text: string): Json | null {
  const first = text.trimStart()[0];
  if ((first !== '{' && first !== '[') || text.length > LONGEST_EMBEDDED) return null;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}
