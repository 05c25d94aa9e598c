import type { Draft } from '../draft.ts';
import type { Person, Role, Team } from '../people.ts';
import { type Random, randomFor } from '../random.ts';
import { dutyShift, type Shift, shiftOf, type World } from '../world.ts';

export type Token = { readonly id: string; readonly name: string; readonly owner: Person; scopes: readonly string[] };

export type Domain = { readonly id: string; readonly name: string; readonly team: Team };

/** How things stand on the day being told: what has been created and not removed, who belongs to what. */
export type State = {
  readonly world: World;
  readonly chance: Random;
  /** People who have not joined yet, in the order in which they will. */
  readonly toJoin: Person[];
  readonly present: Set<Person>;
  readonly roles: Map<Person, Role>;
  /** Teams beyond a person's own. */
  readonly guests: { person: Person; team: Team }[];
  readonly tokens: Token[];
  readonly domains: Domain[];
  readonly subdomains: { id: string; label: string; team: Team }[];
  readonly extraTeams: { id: string; name: string; since: number }[];
  readonly employment: Map<Person, { from: number; to: number }>;
  plan: 'coastal' | 'fleet';
  card: string;
  readonly cards: { since: number; last4: string }[];
  serial: number;
};

/** A kind of thing that happens `perYear` times a year. `workday`: only from Monday to Friday. */
export type Happening = {
  readonly name: string;
  readonly perYear: number;
  readonly on: 'workday' | 'any day';
  readonly tell: (state: State, day: number) => readonly Draft[];
};

const FIRST_CARD = '4242';
const FIRST_TOKENS = 14;
const FIRST_DOMAINS = 10;
const FIRST_SUBDOMAINS = 12;

export function firstState(world: World, joiners: number): State {
  const chance = randomFor(world.seed, 'chronicle');
  const { people } = world.cast;
  const ordinary = people.filter((person) => person.part === null && person.role === 'member');
  const toJoin = chance.shuffled(ordinary).slice(0, joiners);
  const present = new Set(people.filter((person) => !toJoin.includes(person)));
  const roles = new Map(people.map((person): [Person, Role] => [person, person.role]));
  const employment = new Map(
    toJoin.map((person) => [person, { from: Number.POSITIVE_INFINITY, to: Number.POSITIVE_INFINITY }]),
  );
  const state: State = {
    world,
    chance,
    toJoin,
    present,
    roles,
    guests: [],
    tokens: [],
    domains: [],
    subdomains: [],
    extraTeams: [],
    employment,
    plan: 'coastal',
    card: FIRST_CARD,
    cards: [{ since: Number.NEGATIVE_INFINITY, last4: FIRST_CARD }],
    serial: 0,
  };
  const owners = [...present].filter(takesPart);
  for (let i = 0; i < FIRST_TOKENS; i++) state.tokens.push(newToken(state, chance.pick(owners)));
  for (let i = 0; i < FIRST_DOMAINS; i++) state.domains.push(newDomain(state, chance.pick(world.cast.teams)));
  for (let i = 0; i < FIRST_SUBDOMAINS; i++) state.subdomains.push(newSubdomain(state, chance.pick(world.cast.teams)));
  return state;
}

const TOKEN_PURPOSES = [
  'laptop',
  'nightly-export',
  'terraform',
  'grafana',
  'webhook-replay',
  'load-test',
  'e2e',
  'on-call',
];
export const SCOPES = [
  'tunnels:read',
  'tunnels:write',
  'domains:read',
  'domains:write',
  'logs:read',
  'billing:read',
] as const;

export function newToken(state: State, owner: Person): Token {
  const { chance } = state;
  const name = `${chance.pick(TOKEN_PURPOSES)}-${++state.serial}`;
  return {
    id: `token_${chance.hex(10)}`,
    name,
    owner,
    scopes: chance.shuffled(SCOPES).slice(0, chance.int(1, 3)).sort(),
  };
}

const DOMAIN_WORDS = [
  'cedar',
  'harrow',
  'lantern',
  'meadow',
  'ostrich',
  'pebble',
  'quill',
  'rivet',
  'saffron',
  'thimble',
];

export function newDomain(state: State, team: Team): Domain {
  const { chance } = state;
  const name = `${chance.pick(DOMAIN_WORDS)}-${++state.serial}.${chance.pick(['example', 'example.com', 'example.org'])}`;
  return { id: `domain_${chance.hex(9)}`, name, team };
}

export function newSubdomain(state: State, team: Team): { id: string; label: string; team: Team } {
  const { chance } = state;
  return { id: `subdomain_${chance.hex(8)}`, label: `${chance.pick(DOMAIN_WORDS)}-${++state.serial}`, team };
}

/** Somebody of that kind who is at work on the day; when nobody is, somebody who does it from home. */
export function onDuty(state: State, day: number, may: (person: Person) => boolean = () => true): Shift {
  const candidates = state.chance.shuffled([...state.present].filter((person) => takesPart(person) && may(person)));
  for (const person of candidates) {
    const shift = shiftOf(state.world, person, day);
    if (shift !== null) return shift;
  }
  return dutyShift(state.world, candidates[0] ?? state.world.cast.people[0]!, day);
}

// The leaver of the story does nothing rare: nothing he did may come to light after he left.
function takesPart(person: Person): boolean {
  return person.part !== 'leaver';
}

/** Owner or admin, as far as stories leave them free: their own doings stay out of the ordinary. */
export function adminOf(state: State): (person: Person) => boolean {
  return (person) => state.roles.get(person) !== 'member' && person.part === null;
}

/** Those who see to invoices and cards. */
export function treasurer(person: Person): boolean {
  return person.team.name === 'Operations';
}
