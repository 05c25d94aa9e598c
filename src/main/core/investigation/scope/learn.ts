import type { Meaning } from '../../../../shared/action.ts';
import { type EntityKind, entityOfTarget } from '../../../../shared/entity.ts';
import type { Ground } from './ground.ts';
import { type Found, isRemedy, type Known, type Start } from './known.ts';
import type { Life, Verdict } from './life.ts';
import { type Census, CROWD } from './sight.ts';

/** What makes a thing, and of which kind it must be to be the one that was made; null is any. */
const MAKING: Readonly<Partial<Record<Meaning, EntityKind | null>>> = {
  token_created: 'token',
  tunnel_created: 'tunnel',
  account_created: 'person',
  domain_added: null,
};

// What the entries in scope bring in: further accounts, addresses, devices, and things that were made.
export function learn(
  ground: Ground,
  start: Start,
  known: Known,
  lives: ReadonlyMap<number, Life>,
  census: Census,
  found: ReadonlyMap<number, Found>,
  crowded: (address: number) => boolean,
  step: number,
): boolean {
  const { rejected } = start;
  let more = false;
  const note = (map: Map<number, number>, id: number): void => {
    if (id === 0 || map.has(id)) return;
    map.set(id, step);
    more = true;
  };
  const verdictOf = new Map<number, Verdict>();
  for (const { entries, verdicts } of lives.values())
    entries.forEach(({ key }, i) => void verdictOf.set(key, verdicts[i]!));
  for (const { sight: one, reasons } of found.values()) {
    const meaning = ground.meanings[one.action] ?? null;
    const verdict = verdictOf.get(one.key);
    const elsewhere =
      (verdict !== undefined && verdict !== 'own' && verdict !== 'nowhere') ||
      (known.born.has(one.account) && one.address !== 0);
    const theirs = known.addresses.has(one.address);
    // Somebody who only failed to get in says nothing of whoever else comes from there.
    if (
      elsewhere &&
      verdict !== 'guess' &&
      !crowded(one.address) &&
      !rejected.addresses.has(one.address) &&
      !rejected.networks.has(ground.networkOf[one.address]!)
    )
      note(known.addresses, one.address);
    if (theirs && reasons.includes('address') && meaning !== 'login_failed' && !rejected.accounts.has(one.account))
      note(known.accounts, one.account);
    const life = lives.get(one.account);
    const foreign = life !== undefined && !life.devices.has(ground.deviceOf[one.agent]!);
    if ((elsewhere || theirs) && (foreign || meaning === 'login_failed') && !rejected.agents.has(one.agent))
      if (life !== undefined || census.peopleWith(one.agent).length < CROWD) note(known.agents, one.agent);
    const doing = known.accounts.has(one.account) && !isRemedy(ground, one, known.accounts);
    const thing = ground.thingOf[one.target]!;
    const kind = meaning === null ? undefined : MAKING[meaning];
    if (!doing || kind === undefined || rejected.things.has(thing)) continue;
    if (kind !== null && entityOfTarget(ground.targets[one.target] ?? null)?.kind !== kind) continue;
    note(known.made, thing);
    const account = ground.accountOfTarget[one.target] ?? 0;
    if (account !== 0 && !rejected.accounts.has(account) && account !== one.account) {
      known.born.add(account);
      note(known.accounts, account);
    }
  }
  return more;
}
