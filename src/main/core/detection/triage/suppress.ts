import { isIP } from 'node:net';
import type { EntryRow } from '../../../../shared/entry.ts';
import { addressTest, isAddressOrNetwork } from '../../../../shared/filter/address.ts';
import type { Suppression } from '../../../../shared/triage.ts';
import type { Hit } from '../rule.ts';
import { accountOf } from '../subject.ts';

/** Whether a suppression covers what a rule noticed: every entry of it, and only until the suppression's end. */
export type Covers = (hit: Hit) => boolean;

/** Compiles a suppression. */
export function coverOf(suppression: Suppression): Covers {
  const { rule, actor, address, target, ended } = suppression;
  if (ended?.void) return () => false;
  const until = Math.min(suppression.until, ended?.at ?? Number.POSITIVE_INFINITY);
  const at = address === null ? null : addressTest(address);
  const fits = (row: EntryRow): boolean =>
    (actor === null || namesActor(row, actor)) &&
    (at === null || (row.address !== null && at(row.address))) &&
    (target === null || row.target?.id === target || row.target?.name === target);
  return (hit) => hit.rule.id === rule && hit.entries.every((row) => row.ts < until && fits(row));
}

/** Whether the text names an address or a network: what a scope may say. */
export function isScopeAddress(text: string): boolean {
  return (text.includes('/') || isIP(text) !== 0) && isAddressOrNetwork(text);
}

function namesActor(row: EntryRow, name: string): boolean {
  const wanted = name.toLowerCase();
  return [row.actor?.id, row.actor?.email, row.actor?.name, accountOf(row)].some(
    (one) => one?.toLowerCase() === wanted,
  );
}
