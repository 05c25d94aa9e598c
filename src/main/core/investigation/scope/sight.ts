import { lowerBound } from '../../archive/columns/day-columns.ts';
import type { Narrow } from '../../archive/columns/packing.ts';
import { instantAt } from '../../archive/questions/matching.ts';
import type { Ground } from './ground.ts';

/** An entry as a scope sees it: the ids of its values. `ts` in milliseconds UTC. */
export type Sight = {
  readonly key: number;
  readonly ts: number;
  readonly account: number;
  readonly action: number;
  readonly target: number;
  readonly address: number;
  readonly agent: number;
  readonly team: number;
};

/** A byte an id, 1 where entries with it are looked for; any of them is enough. */
export type Masks = {
  readonly actor: Uint8Array;
  readonly target: Uint8Array;
  readonly address: Uint8Array;
  readonly agent: Uint8Array;
  readonly keys: ReadonlySet<number>;
};

export function emptyMasks(ground: Ground, keys: ReadonlySet<number>): Masks {
  return {
    actor: new Uint8Array(ground.actors.length),
    target: new Uint8Array(ground.targets.length),
    address: new Uint8Array(ground.addresses.length),
    agent: new Uint8Array(ground.agents.length),
    keys,
  };
}

/** The entries that any mask takes, or whose key is listed, in the order of their keys. One look at every entry at the most. */
export function sightsOf(ground: Ground, masks: Masks): Sight[] {
  const found: Sight[] = [];
  const listed = Float64Array.from(masks.keys).sort();
  const used = MASKED.filter((column) => masks[column].includes(1));
  let next = 0;
  for (const columns of ground.days) {
    const { keys, length } = columns;
    if (length === 0) continue;
    const last = keys[length - 1]!;
    const before = next;
    while (next < listed.length && listed[next]! <= last) next++;
    if (used.length === 0 && next === before) continue;
    const hits = room(length);
    for (const column of used) mark(hits, columns.ids[column], masks[column], length);
    for (let i = before; i < next; i++) {
      const position = lowerBound(keys, listed[i]!);
      if (keys[position] === listed[i]) hits[position] = 1;
    }
    for (let i = hits.indexOf(1); i >= 0; i = hits.indexOf(1, i + 1)) found.push(sightAt(ground, columns, i));
  }
  return found;
}

const MASKED = ['actor', 'target', 'address', 'agent'] as const;

// One buffer for all days, cleared for each.
let buffer = new Uint8Array(0);
function room(length: number): Uint8Array {
  if (buffer.length < length) buffer = new Uint8Array(2 * length);
  return buffer.subarray(0, length).fill(0);
}

function mark(hits: Uint8Array, ids: Narrow, mask: Uint8Array, length: number): void {
  for (let i = 0; i < length; i++) hits[i]! |= mask[ids[i]!]!;
}

/** The entries between two instants (milliseconds UTC, both included), `most` at the most. */
export function sightsBetween(ground: Ground, fromMs: number, toMs: number, most: number): Sight[] {
  const found: Sight[] = [];
  for (const columns of ground.days) {
    for (let i = 0; i < columns.length && found.length < most; i++) {
      const ts = instantAt(columns, i);
      if (ts >= fromMs && ts <= toMs) found.push(sightAt(ground, columns, i));
    }
  }
  return found;
}

function sightAt(ground: Ground, columns: Ground['days'][number], i: number): Sight {
  const { ids } = columns;
  return {
    key: columns.keys[i]!,
    ts: instantAt(columns, i),
    account: ground.accountOf[ids.actor[i]!]!,
    action: ids.action[i]!,
    target: ids.target[i]!,
    address: ids.address[i]!,
    agent: ids.agent[i]!,
    team: ids.team[i]!,
  };
}

/** So many people behind an address or a device are told apart; more are a crowd. */
export const CROWD = 4;

/** Who acted with success from addresses and with devices, up to `CROWD` people each. */
export type Census = { peopleAt(address: number): readonly number[]; peopleWith(agent: number): readonly number[] };

/** Counts the people behind addresses and devices (agents without versions). One look at every entry. */
export function censusOf(ground: Ground, addresses: Iterable<number>, agents: Iterable<number>): Census {
  const at = counter(ground.addresses.length);
  const devices = new Set([...agents].map((agent) => ground.deviceOf[agent]!));
  const withDevice = counter(ground.agents.length);
  for (const address of addresses) at.open[address] = 1;
  if (devices.size + at.open.indexOf(1) < 0) return { peopleAt: () => [], peopleWith: () => [] };
  ground.deviceOf.forEach((device, agent) => {
    if (device !== 0 && devices.has(device)) withDevice.open[agent] = 1;
  });
  at.open[0] = 0;
  withDevice.open[0] = 0;
  const failed = Uint8Array.from(ground.meanings, (meaning) => (meaning === 'login_failed' ? 1 : 0));
  const [openAt, openWith] = [at.open, withDevice.open];
  for (const { ids, length } of ground.days) {
    const hits = room(length);
    mark(hits, ids.address, openAt, length);
    mark(hits, ids.agent, openWith, length);
    for (let i = hits.indexOf(1); i >= 0; i = hits.indexOf(1, i + 1)) {
      const account = ground.accountOf[ids.actor[i]!]!;
      if (account === 0 || failed[ids.action[i]!] === 1) continue;
      const [address, agent] = [ids.address[i]!, ids.agent[i]!];
      if (openAt[address] === 1) at.note(address, account);
      if (openWith[agent] === 1) withDevice.note(agent, account);
    }
  }
  const ofDevice = (agent: number): readonly number[] => {
    const device = ground.deviceOf[agent]!;
    const people = new Set<number>();
    ground.deviceOf.forEach((one, other) => {
      if (one === device) for (const account of withDevice.people(other)) people.add(account);
    });
    return [...people];
  };
  const remembered = new Map<number, readonly number[]>();
  return {
    peopleAt: at.people,
    peopleWith: (agent) => {
      const found = remembered.get(agent) ?? ofDevice(agent);
      remembered.set(agent, found);
      return found;
    },
  };
}

// Once a value has its crowd it is no longer looked at: an office would cost as much as everything else.
function counter(size: number) {
  const open = new Uint8Array(size);
  const found = new Map<number, number[]>();
  return {
    open,
    note(id: number, account: number): void {
      const people = found.get(id);
      if (people === undefined) found.set(id, [account]);
      else if (!people.includes(account) && people.push(account) >= CROWD) open[id] = 0;
    },
    people: (id: number): readonly number[] => found.get(id) ?? [],
  };
}
