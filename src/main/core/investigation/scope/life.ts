import { countryDistanceKm } from '../../geo/distance.ts';
import type { Ground } from './ground.ts';
import type { Census, Sight } from './sight.ts';

/**
 * How an entry stands in the life of the account that made it. `own`: from a place or with a device that is its own.
 * `strange`: from a network and with a device that it never used. `twice`: its own device, but from elsewhere while the
 * account was at work where it usually is. `guess`: a failed sign-in from a strange network. `hostile`: from an address of
 * the intruder. `nowhere`: no place is told.
 */
export type Verdict = 'own' | 'strange' | 'twice' | 'guess' | 'hostile' | 'nowhere';

export type Life = {
  readonly entries: readonly Sight[];
  readonly verdicts: readonly Verdict[];
  /** Devices (agents without versions) that are the account's own. */
  readonly devices: ReadonlySet<number>;
};

/** What is taken for a habit: everything of the first days and the first entries. */
const HABIT_ENTRIES = 20;
const HABIT_MS = 14 * 86_400_000;
/** A stretch of work elsewhere that lies between two of these is not a journey. */
const MEANWHILE_MS = 90 * 60_000;
/** As in the rule on impossible travel. */
const FASTEST_KMH = 900;
const ERROR_KM = 200;
const JOURNEY_MS = 24 * 3_600_000;
/** So many others at an address make it a place of the organisation. */
const SHARED = 3;

export type LifeContext = {
  readonly ground: Ground;
  readonly census: Census;
  readonly account: number;
  readonly hostile: ReadonlySet<number>;
  readonly anchors: ReadonlySet<number>;
};

/**
 * Tells the ordinary entries of an account from those that are not, in order of time: networks and devices become its own
 * by being used together with what is already its own, so that a new telephone at home and the old one on a journey stay
 * ordinary; and so does a device that many have, from the account’s own country. What belongs to the incident teaches nothing.
 */
export function lifeOf(entries: readonly Sight[], context: LifeContext): Life {
  const { ground, census, account, hostile, anchors } = context;
  const own = {
    networks: new Set<number>(),
    systems: new Set<number>(),
    devices: new Set<number>(),
    countries: new Set<string>(),
  };
  const systemOf = (address: number): number =>
    ground.places.of(ground.addresses[address] ?? null).network?.number ?? 0;
  const countryOf = (address: number): string | null => ground.places.of(ground.addresses[address] ?? null).country;
  // A telephone of the common kind, in the country where the account is at work anyway.
  const plausible = ({ address, agent }: Sight): boolean =>
    own.countries.has(countryOf(address) ?? '') &&
    census.peopleWith(agent).filter((one) => one !== account).length >= SHARED;
  const crowds = new Map<number, boolean>();
  const shared = (address: number): boolean => {
    let found = crowds.get(address);
    if (found === undefined) {
      found = census.peopleAt(address).filter((one) => one !== account).length >= SHARED;
      crowds.set(address, found);
    }
    return found;
  };
  const learnt = new Set<number>();
  const learn = ({ address, agent }: Sight): void => {
    const pair = address * ground.agents.length + agent;
    if (learnt.has(pair)) return;
    learnt.add(pair);
    own.networks.add(ground.networkOf[address]!);
    const system = systemOf(address);
    if (system !== 0) own.systems.add(system);
    const country = countryOf(address);
    if (country !== null) own.countries.add(country);
    if (agent !== 0) own.devices.add(ground.deviceOf[agent]!);
  };
  const first = entries[0]?.ts ?? 0;
  let seen = 0;
  const verdicts = entries.map((one, at): Verdict => {
    if (one.address === 0) return 'nowhere';
    if (hostile.has(one.address)) return 'hostile';
    const network = own.networks.has(ground.networkOf[one.address]!) || shared(one.address);
    const failed = ground.meanings[one.action] === 'login_failed';
    const habit = seen < HABIT_ENTRIES || one.ts - first < HABIT_MS;
    if (failed) return network || (habit && !anchors.has(one.key)) ? 'own' : 'guess';
    seen++;
    const device = one.agent !== 0 && own.devices.has(ground.deviceOf[one.agent]!);
    if (!network && !(habit && !anchors.has(one.key))) {
      if (!device && (anchors.has(one.key) || !plausible(one))) return 'strange';
      if (
        anchors.has(one.key) ||
        (device && !own.systems.has(systemOf(one.address)) && isElsewhere(entries, at, own, ground))
      )
        return 'twice';
    }
    if (!anchors.has(one.key)) learn(one);
    return 'own';
  });
  return { entries, verdicts, devices: own.devices };
}

type Own = { readonly networks: ReadonlySet<number> };

// At work at a place of its own shortly before and shortly after, or too far away from it to have got there.
function isElsewhere(entries: readonly Sight[], at: number, own: Own, ground: Ground): boolean {
  const here = entries[at]!;
  const home = (step: 1 | -1): Sight | null => {
    for (let i = at + step; i >= 0 && i < entries.length; i += step) {
      const one = entries[i]!;
      if (Math.abs(one.ts - here.ts) > JOURNEY_MS) return null;
      if (one.address !== here.address && own.networks.has(ground.networkOf[one.address]!)) return one;
    }
    return null;
  };
  const [before, after] = [home(-1), home(1)];
  const near = (one: Sight | null): boolean => one !== null && Math.abs(one.ts - here.ts) <= MEANWHILE_MS;
  if (near(before) && near(after)) return true;
  return [before, after].some((one) => one !== null && isTooFar(one, here, ground));
}

function isTooFar(one: Sight, other: Sight, { places, addresses }: Ground): boolean {
  const [a, b] = [one, other].map(({ address }) => places.of(addresses[address] ?? null).country);
  const km = a == null || b == null || a === b ? null : countryDistanceKm(a, b);
  return km !== null && km - ERROR_KM > (FASTEST_KMH * Math.abs(one.ts - other.ts)) / 3_600_000;
}
