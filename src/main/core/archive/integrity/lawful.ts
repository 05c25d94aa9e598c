import type { ReadConnection } from '../sqlite.ts';
import type { Difference } from './change.ts';
import { leafName } from './leaf-list.ts';

/** Leaf hashes of what was lawfully deleted. */
export type Tombs = { readonly leaf: (key: number, n: number) => readonly Uint8Array[] };

/** `after`: only of deletions later than that one. */
export function createTombs(db: ReadConnection, after = 0): Tombs {
  const entry = db.prepare('SELECT leaf FROM tombstone WHERE key = ? AND deletion > ?').pluck();
  const version = db.prepare('SELECT leaf FROM version_tombstone WHERE key = ? AND n = ? AND deletion > ?').pluck();
  return { leaf: (key, n) => (n === 0 ? entry.all(key, after) : version.all(key, n, after)) as Uint8Array[] };
}

/** A difference that is not accounted for: the leaves that nothing lawful explains. */
export function unlawful(difference: Difference, noted: ReadonlySet<string>, tombs: Tombs): Difference {
  const isBuried = ({ key, n, mark }: Difference['removed'][number]): boolean =>
    tombs.leaf(key, n).some((leaf) => Buffer.from(leaf).readUInt32BE(0) === mark);
  const isNoted = ({ key, n }: Difference['added'][number]): boolean => noted.has(leafName(key, n));
  return {
    added: difference.added.filter((leaf) => !isNoted(leaf)),
    removed: difference.removed.filter((leaf) => !isBuried(leaf)),
    // A key that was given again after its entry was deleted.
    altered: difference.altered.filter((leaf) => !(isNoted(leaf) && isBuried(leaf))),
  };
}

/** What arrived for sealed days, or for what is unreadable, since: names of leaves by scope. */
export function createNoted(db: ReadConnection): (scope: number) => ReadonlySet<string> {
  const select = db.prepare('SELECT key, n FROM unsealed WHERE scope = ?');
  return (scope) => new Set((select.all(scope) as { key: number; n: number }[]).map(({ key, n }) => leafName(key, n)));
}
