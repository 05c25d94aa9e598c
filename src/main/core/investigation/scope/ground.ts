import type { Meaning } from '../../../../shared/action.ts';
import { entityOfTarget } from '../../../../shared/entity.ts';
import type { Actor, Target } from '../../../../shared/entry.ts';
import { fold } from '../../../../shared/text.ts';
import type { DayColumns } from '../../archive/columns/day-columns.ts';
import type { ArchiveReader } from '../../archive/reader.ts';
import { deviceOf } from '../../detection/baselines/device.ts';
import { actionInfo, networkOf } from '../../detection/subject.ts';
import type { Places } from '../../geo/places.ts';

/** The part of a reader that a scope asks of. */
export type GroundReader = Pick<ArchiveReader, 'info' | 'columns' | 'tuples'>;

/**
 * What a scope is computed over: the columns of an archive, and its distinct values grouped into accounts, networks and
 * things. All numbers are ids, 0 is none. Made once for a version of an archive.
 */
export type Ground = {
  readonly days: readonly DayColumns[];
  readonly actors: readonly (Actor | null)[];
  readonly targets: readonly (Target | null)[];
  readonly addresses: readonly (string | null)[];
  readonly agents: readonly (string | null)[];
  readonly teams: readonly ({ readonly id: string | null; readonly name: string | null } | null)[];
  readonly actions: readonly string[];
  readonly meanings: readonly (Meaning | null)[];
  /** Actor id → account: one person under several names is one account. */
  readonly accountOf: Int32Array;
  /** Account → the ids of its actors. */
  readonly actorsOf: readonly (readonly number[])[];
  /** Address id → its network (/24, /64). */
  readonly networkOf: Int32Array;
  readonly networks: readonly string[];
  /** Target id → thing: what has the same id, or without ids the same name. */
  readonly thingOf: Int32Array;
  /** Thing → the ids of its targets. */
  readonly targetsOf: readonly (readonly number[])[];
  /** Target id → the account it stands for; 0 where it is no person or token that acts. */
  readonly accountOfTarget: Int32Array;
  /** Account → the ids of the targets that stand for it. */
  readonly targetsOfAccount: ReadonlyMap<number, readonly number[]>;
  /** Account → the target that it is as a token; none where it is no token. */
  readonly tokens: ReadonlyMap<number, number>;
  /** Agent id → device: the agent without its versions. */
  readonly deviceOf: Int32Array;
  readonly places: Places;
  /** The account that a value stands for: an id, an e-mail address, a name; 0 where nobody has it. */
  accountNamed(value: string): number;
  /** The things of this id or name. */
  thingsNamed(value: string): readonly number[];
};

const known = new WeakMap<GroundReader, { readonly version: number; readonly ground: Ground }>();

/** The ground of an archive as it is now. It is kept for as long as the reader and the archive's version last. */
export function groundOf(reader: GroundReader, places: Places): Ground {
  const { version } = reader.info();
  const found = known.get(reader);
  if (found?.version === version && found.ground.places === places) return found.ground;
  const ground = makeGround(reader, places);
  known.set(reader, { version, ground });
  return ground;
}

function makeGround(reader: GroundReader, places: Places): Ground {
  const actors = [null, ...reader.tuples('actor')];
  const targets = [null, ...reader.tuples('target')];
  const addresses = [null, ...reader.tuples('address')];
  const agents = [null, ...reader.tuples('agent')];
  const actions = ['', ...reader.tuples('action')];
  const accounts = groupAccounts(actors);
  const things = grouped(targets, (one) => (one === null ? null : thingName(one)));
  const networks = grouped(addresses, networkOf);
  const accountOfTarget = accountsOfTargets(targets, accounts);
  const targetsOfAccount = new Map<number, number[]>();
  const tokens = new Map<number, number>();
  for (const [target, account] of accountOfTarget.entries()) {
    if (account === 0) continue;
    const list = targetsOfAccount.get(account);
    if (list === undefined) targetsOfAccount.set(account, [target]);
    else list.push(target);
    if (entityOfTarget(targets[target] ?? null)?.kind === 'token' && !tokens.has(account)) tokens.set(account, target);
  }
  return {
    days: reader.columns(),
    actors,
    targets,
    addresses,
    agents,
    teams: [null, ...reader.tuples('team')],
    actions,
    meanings: actions.map((action) => actionInfo(action).meaning),
    accountOf: accounts.of,
    actorsOf: accounts.members,
    networkOf: networks.of,
    networks: networks.names,
    thingOf: things.of,
    targetsOf: things.members,
    accountOfTarget,
    targetsOfAccount,
    tokens,
    deviceOf: grouped(agents, deviceOf).of,
    places,
    accountNamed: (value) => accounts.named(value),
    thingsNamed: (value) => {
      const found = new Set<number>();
      targets.forEach((one, id) => {
        if (one !== null && (one.id === value || one.name === value)) found.add(things.of[id]!);
      });
      return [...found];
    },
  };
}

type Grouped = {
  readonly of: Int32Array;
  readonly members: readonly (readonly number[])[];
  readonly names: readonly string[];
};

/** Puts ids with the same name into one group, numbered from 1 in the order of the first; no name is group 0. */
function grouped<T>(values: readonly T[], nameOf: (value: T) => string | null): Grouped {
  const numbers = new Map<string, number>();
  const of = new Int32Array(values.length);
  const members: number[][] = [[]];
  const names = [''];
  values.forEach((value, id) => {
    const name = nameOf(value);
    if (name === null) return;
    let number = numbers.get(name);
    if (number === undefined) {
      number = members.push([]) - 1;
      names.push(name);
      numbers.set(name, number);
    }
    of[id] = number;
    members[number]!.push(id);
  });
  return { of, members, names };
}

// The kind is part of the name: a team and a tunnel may have one id between them.
function thingName(target: Target): string | null {
  const value = target.id ?? target.name;
  return value === null ? null : `${entityOfTarget(target)?.kind ?? target.type ?? ''} ${value}`;
}

type Accounts = Grouped & { named(value: string): number };

// An id tells; an address tells where the entry has no id and one id has that address, a name where nothing else is told.
function groupAccounts(actors: readonly (Actor | null)[]): Accounts {
  const idsOfEmail = new Map<string, Set<string>>();
  for (const one of actors) {
    if (one?.id == null || one.email === null) continue;
    const email = fold(one.email);
    idsOfEmail.set(email, (idsOfEmail.get(email) ?? new Set()).add(one.id));
  }
  const groups = grouped(actors, (one) => {
    if (one === null) return null;
    if (one.id !== null) return `id ${one.id}`;
    if (one.email !== null) {
      const ids = idsOfEmail.get(fold(one.email));
      return ids?.size === 1 ? `id ${[...ids][0]}` : `email ${fold(one.email)}`;
    }
    return one.name === null ? null : `name ${one.name}`;
  });
  const byValue = new Map<string, number>();
  actors.forEach((one, id) => {
    if (one !== null && one.id !== null) byValue.set(one.id, groups.of[id]!);
  });
  const offer = (value: string | null, account: number): void => {
    if (value !== null && !byValue.has(value)) byValue.set(value, account);
  };
  for (const [id, one] of actors.entries()) offer(one?.email ? fold(one.email) : null, groups.of[id]!);
  for (const [id, one] of actors.entries()) offer(one?.name ?? null, groups.of[id]!);
  return { ...groups, named: (value) => byValue.get(value) ?? byValue.get(fold(value)) ?? 0 };
}

// A token that acts under its own id or name is an account, too.
function accountsOfTargets(targets: readonly (Target | null)[], accounts: Accounts): Int32Array {
  return Int32Array.from(targets, (one) => {
    const kind = entityOfTarget(one)?.kind;
    if (one === null || (kind !== 'person' && kind !== 'token')) return 0;
    if (one.id !== null) {
      const byId = accounts.named(one.id);
      if (byId !== 0) return byId;
    }
    return one.name === null || (kind === 'person' && one.id !== null) ? 0 : accounts.named(one.name);
  });
}
