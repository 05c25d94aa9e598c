import { aboutThings, fromAddresses, ofAccount } from './attribute.ts';
import type { Ground } from './ground.ts';
import { type Expansion, type Found, isPrivileged, isRemedy, type Known, type Start } from './known.ts';
import { learn } from './learn.ts';
import { type Life, lifeOf } from './life.ts';
import type { Reason } from './question.ts';
import { type Census, CROWD, censusOf, emptyMasks, type Sight, sightsBetween, sightsOf } from './sight.ts';

const MOST_IN_SPAN = 10_000;
/** People who acted with success in what the scope starts from; more are a sweep, and not each of them a victim. */
const MOST_VICTIMS = 3;
const SCORES: Readonly<Record<Reason, number>> = {
  anchor: 1,
  accepted: 1,
  address: 0.95,
  born: 0.9,
  device: 0.85,
  network: 0.8,
  made: 0.75,
  about: 0.75,
  session: 0.7,
  strange: 0.65,
  guess: 0.65,
  beside: 0.6,
  twice: 0.6,
  span: 0.5,
  answer: 0.5,
};

/** What is known at the start: seeds, and who and what the anchors speak of. */
export function begin(ground: Ground, start: Start): Expansion {
  const known: Known = {
    accounts: new Map([...start.accounts.keys()].map((one) => [one, 0])),
    born: new Set(),
    addresses: new Map([...start.addresses, ...start.insisted].map((one) => [one, 0])),
    agents: new Map([...start.agents].map((one) => [one, 0])),
    made: new Map([...start.made].map((one) => [one, 0])),
  };
  const anchored = sightsOf(ground, emptyMasks(ground, start.anchors));
  const victims = new Set(
    anchored
      .filter((one) => one.account !== 0 && ground.meanings[one.action] !== 'login_failed')
      .filter((one) => !isRemedy(ground, one, start.accounts))
      .map((one) => one.account),
  );
  if (victims.size <= MOST_VICTIMS)
    for (const one of victims)
      if (!start.rejected.accounts.has(one)) known.accounts.set(one, known.accounts.get(one) ?? 0);
  const found = new Map<number, Found>();
  for (const sight of anchored)
    if (!start.rejected.keys.has(sight.key)) found.set(sight.key, { sight, score: 1, reasons: ['anchor'], step: 0 });
  const census = censusAround(ground, anchored);
  return { known, found, census, lives: new Map(), seen: anchored, size: -1 };
}

/** One step further; `changed` where it found entries or things that were not known before. */
export function expand(
  ground: Ground,
  start: Start,
  before: Expansion,
  step: number,
): Expansion & { readonly changed: boolean } {
  const { known } = before;
  // Entries alone change nothing of what is looked for.
  const size = known.accounts.size + known.addresses.size + known.made.size;
  const seen = size === before.size ? before.seen : look(ground, start, known);
  const census = size === before.size ? before.census : censusAround(ground, seen);
  const crowded = (address: number): boolean =>
    census.peopleAt(address).filter((one) => !known.accounts.has(one)).length >= CROWD - 1;
  const hostile = new Set([...known.addresses.keys()].filter((one) => start.insisted.has(one) || !crowded(one)));
  const lives = livesOf(ground, start, known, census, hostile, seen);
  const found = new Map(before.found);
  let changed = false;
  const add = (sight: Sight, reason: Reason, weaker = 0): void => {
    if (start.rejected.keys.has(sight.key)) return;
    const now = found.get(sight.key);
    const score = Math.max(SCORES[reason] - weaker, 0);
    if (now === undefined) {
      changed = true;
      found.set(sight.key, { sight, score, reasons: [reason], step });
    } else if (!now.reasons.includes(reason)) {
      found.set(sight.key, { ...now, score: Math.max(now.score, score), reasons: [...now.reasons, reason] });
    }
  };
  fromAddresses(ground, start, known, hostile, seen, before, add);
  for (const [account, life] of lives) ofAccount(ground, start, known, account, life, hostile, found, add);
  aboutThings(ground, known, seen, found, add);
  if (start.spans.length > 0 && start.accounts.size + start.addresses.size + start.anchors.size === 0)
    for (const { from, to } of start.spans)
      for (const one of sightsBetween(ground, from, to, MOST_IN_SPAN)) if (isPrivileged(ground, one)) add(one, 'span');
  const more = learn(ground, start, known, lives, census, found, crowded, step);
  return { known, found, census, lives, seen, size, changed: changed || more };
}

function censusAround(ground: Ground, seen: readonly Sight[]): Census {
  return censusOf(ground, new Set(seen.map((one) => one.address)), new Set(seen.map((one) => one.agent)));
}

function look(ground: Ground, start: Start, known: Known): Sight[] {
  const masks = emptyMasks(ground, start.anchors);
  for (const account of known.accounts.keys())
    for (const actor of ground.actorsOf[account] ?? []) masks.actor[actor] = 1;
  for (const account of known.accounts.keys())
    for (const target of ground.targetsOfAccount.get(account) ?? []) masks.target[target] = 1;
  for (const thing of known.made.keys()) for (const target of ground.targetsOf[thing] ?? []) masks.target[target] = 1;
  const networks = new Set([...known.addresses.keys()].map((one) => ground.networkOf[one]!));
  networks.delete(0);
  for (const address of known.addresses.keys()) masks.address[address] = 1;
  if (networks.size > 0)
    for (let address = 1; address < ground.networkOf.length; address++)
      if (networks.has(ground.networkOf[address]!)) masks.address[address] = 1;
  for (const agent of start.agents) masks.agent[agent] = 1;
  masks.actor[0] = 0;
  masks.target[0] = 0;
  masks.address[0] = 0;
  masks.agent[0] = 0;
  return sightsOf(ground, masks);
}

function livesOf(
  ground: Ground,
  start: Start,
  known: Known,
  census: Census,
  hostile: ReadonlySet<number>,
  seen: readonly Sight[],
): Map<number, Life> {
  const byAccount = Map.groupBy(
    seen.filter(({ account }) => known.accounts.has(account)),
    ({ account }) => account,
  );
  return new Map(
    [...byAccount].map(([account, entries]) => [
      account,
      lifeOf(entries, { ground, census, account, hostile, anchors: start.anchors }),
    ]),
  );
}
