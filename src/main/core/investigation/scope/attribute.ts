import type { Ground } from './ground.ts';
import { besideAnchors } from './insider.ts';
import { type Expansion, type Found, type Known, type Range, REMEDIAL, type Start } from './known.ts';
import type { Life, Verdict } from './life.ts';
import type { Reason } from './question.ts';
import { CROWD, type Sight } from './sight.ts';

const DAY = 86_400_000;
/** An address may be somebody else's before and after. */
const ADDRESS_REACH = 45 * DAY;
/** Strange entries of one account that are no further apart belong together. */
const CHAIN = 14 * DAY;
/** What the system says of something, it says soon after. */
const TOLD_AFTER = 10 * 60_000;
/** Somebody who used the address so long before the first sign is at home there. */
const AT_HOME = 7 * DAY;

export type Add = (sight: Sight, reason: Reason, weaker?: number) => void;

// Whoever acts from an address of the intruder, those apart who were at home there long before.
export function fromAddresses(
  ground: Ground,
  start: Start,
  known: Known,
  hostile: ReadonlySet<number>,
  seen: readonly Sight[],
  before: Expansion,
  add: Add,
): void {
  const signs = [...before.found.values()].map(({ sight }) => sight);
  const reach = new Map<number, Range>();
  const wide = (id: number, ts: number): void => {
    const now = reach.get(id);
    reach.set(id, { from: Math.min(now?.from ?? ts, ts), to: Math.max(now?.to ?? ts, ts) });
  };
  const networks = new Set<number>();
  for (const { address, ts } of signs) if (hostile.has(address)) wide(address, ts);
  for (const address of hostile) networks.add(ground.networkOf[address]!);
  networks.delete(0);
  const earliest = new Map<string, number>();
  for (const { account, address, ts, action } of seen) {
    if (ground.meanings[action] === 'login_failed') continue;
    const pair = `${account} ${address}`;
    if (!earliest.has(pair)) earliest.set(pair, ts);
  }
  const crowdOf = new Map<number, Set<number>>();
  for (const { account, address, action } of seen) {
    const network = ground.networkOf[address]!;
    if (!networks.has(network) || known.accounts.has(account) || ground.meanings[action] === 'login_failed') continue;
    crowdOf.set(network, (crowdOf.get(network) ?? new Set()).add(account));
  }
  for (const one of seen) {
    if (one.address === 0) continue;
    const span = reach.get(one.address);
    if (hostile.has(one.address)) {
      if (span !== undefined && (one.ts < span.from - ADDRESS_REACH || one.ts > span.to + ADDRESS_REACH)) continue;
      const settled = (earliest.get(`${one.account} ${one.address}`) ?? one.ts) < (span?.from ?? one.ts) - AT_HOME;
      if (settled && !known.accounts.has(one.account)) continue;
      add(one, 'address');
    } else if (
      networks.has(ground.networkOf[one.address]!) &&
      !start.rejected.networks.has(ground.networkOf[one.address]!) &&
      !start.rejected.addresses.has(one.address) &&
      (crowdOf.get(ground.networkOf[one.address]!)?.size ?? 0) < CROWD - 1 &&
      ground.meanings[one.action] === 'login_failed' &&
      signs.some(
        ({ ts, address }) =>
          ground.networkOf[address] === ground.networkOf[one.address] && Math.abs(ts - one.ts) < CHAIN,
      )
    ) {
      add(one, 'network');
    }
  }
}

/** What is not ordinary in the life of an account, where something ties it to the incident. */
export function ofAccount(
  ground: Ground,
  start: Start,
  known: Known,
  account: number,
  { entries, verdicts, devices }: Life,
  hostile: ReadonlySet<number>,
  found: ReadonlyMap<number, Found>,
  add: Add,
): void {
  if (known.born.has(account)) {
    for (const one of entries) add(one, 'born');
    return;
  }
  const networks = new Set([...hostile].map((one) => ground.networkOf[one]!));
  const ranges = start.accounts.get(account) ?? [];
  const strange = (verdict: Verdict): verdict is 'strange' | 'twice' | 'guess' =>
    verdict === 'strange' || verdict === 'twice' || verdict === 'guess';
  const late: number[] = [];
  entries.forEach((one, i) => {
    const verdict = verdicts[i]!;
    if (!strange(verdict)) return;
    const foreign = one.agent !== 0 && !devices.has(ground.deviceOf[one.agent]!);
    if (verdict === 'guess') late.push(i);
    else if (foreign && known.agents.has(one.agent)) add(one, 'device');
    else if (networks.has(ground.networkOf[one.address]!)) add(one, 'network');
    else if (ranges.some(({ from, to }) => one.ts >= from && one.ts <= to)) add(one, verdict);
    else late.push(i);
  });
  // What is strange and close in time to what is in scope and came from elsewhere, too; and so on, forwards and back.
  const signs = entries
    .filter(({ key }, i) => found.has(key) && verdicts[i] !== 'own' && verdicts[i] !== 'nowhere')
    .map(({ ts }) => ts);
  const chain = (order: readonly number[]): void => {
    let last = Number.NaN;
    for (const i of order) {
      const { ts } = entries[i]!;
      const near = Math.abs(ts - last) <= CHAIN || signs.some((sign) => Math.abs(sign - ts) <= CHAIN);
      if (!near) continue;
      last = ts;
      add(entries[i]!, verdicts[i] as 'strange' | 'twice' | 'guess');
    }
  };
  chain(late);
  chain(late.toReversed());
  for (const { sight, reason } of besideAnchors(ground, entries, verdicts, start.anchors)) add(sight, reason);
}

// What the system tells of accounts in scope right after the intruder acted, and whatever is done with what he made.
export function aboutThings(
  ground: Ground,
  known: Known,
  seen: readonly Sight[],
  found: ReadonlyMap<number, Found>,
  add: Add,
): void {
  const signs = [...found.values()].map(({ sight }) => sight.ts).sort((a, b) => a - b);
  for (const one of seen) {
    const thing = ground.thingOf[one.target]!;
    const meaning = ground.meanings[one.action] ?? null;
    if (
      known.made.has(thing) &&
      !REMEDIAL.has(meaning) &&
      meaning !== 'tunnel_deleted' &&
      meaning !== 'domain_removed'
    ) {
      if (one.account === 0) add(one, 'made');
    }
    const about = ground.accountOfTarget[one.target] ?? 0;
    if (about === 0 || !known.accounts.has(about) || one.account !== 0 || one.address !== 0) continue;
    const sign = lastUpTo(signs, one.ts);
    if (sign !== null && one.ts - sign <= TOLD_AFTER) add(one, 'about');
  }
}

function lastUpTo(sorted: readonly number[], ts: number): number | null {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! <= ts) low = middle + 1;
    else high = middle;
  }
  return sorted[low - 1] ?? null;
}
