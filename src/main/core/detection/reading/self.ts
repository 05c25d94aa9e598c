import type { EntryRow } from '../../../../shared/entry.ts';

/** Whether somebody acted on themselves. */
export function isSelf(row: EntryRow): boolean {
  const { actor, target } = row;
  if (actor === null || target === null) return false;
  const same = (a: string | null, b: string | null) =>
    a !== null && b !== null && a !== '' && a.toLowerCase() === b.toLowerCase();
  return (
    same(actor.id, target.id) ||
    same(actor.email, target.name) ||
    same(actor.email, target.id) ||
    same(actor.name, target.name) ||
    same(actor.name, target.id)
  );
}
