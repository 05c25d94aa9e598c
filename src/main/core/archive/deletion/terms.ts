import { decodeColumns } from '../columns/day-columns.ts';
import { DICTIONARIES, DICTIONARY_NAMES } from '../dictionary.ts';
import type { WriteConnection } from '../sqlite.ts';

/**
 * Empties the terms that no entry uses any more, so that a deleted name is gone from the dictionaries, too. Ids are for ever:
 * an emptied one is never given again. To be called under a permit.
 */
export function forgetUnusedTerms(db: WriteConnection): void {
  const segments = db.prepare('SELECT seq, day FROM segment');
  const columnsOf = db.prepare('SELECT columns FROM segment WHERE seq = ?').pluck();
  const used = new Map(DICTIONARY_NAMES.map((name) => [name, new Set<number>()]));
  for (const { seq, day } of segments.all() as { seq: number; day: number }[]) {
    const { ids } = decodeColumns(day, columnsOf.get(seq) as Uint8Array);
    for (const [name, set] of used) for (const id of ids[name]) set.add(id);
  }
  const idsOf = db.prepare('SELECT id FROM term WHERE dictionary = ?').pluck();
  const empty = db.prepare('UPDATE term SET tuple = ? WHERE dictionary = ? AND id = ?');
  for (const [name, set] of used) {
    const dictionary = DICTIONARIES[name];
    const nothing = name === 'actor' || name === 'target' || name === 'team' ? '[]' : '""';
    for (const id of idsOf.all(dictionary) as number[]) if (!set.has(id)) empty.run(nothing, dictionary, id);
  }
}
