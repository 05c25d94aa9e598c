import type { Actor, Target, Team } from './entry.ts';

/** What has a page of its own. */
export const ENTITY_KINDS = ['person', 'address', 'tunnel', 'team', 'token'] as const;
export type EntityKind = (typeof ENTITY_KINDS)[number];

/** A thing the log speaks of, by whatever value it was met under: an id, an e-mail address, a name, an address. */
export type Entity = { readonly kind: EntityKind; readonly value: string };

// Words of a target's type, in whatever spelling: `api_token`, `ApiToken`, `access key`. The first that fits decides.
const KINDS_OF_TARGETS: readonly (readonly [EntityKind, ReadonlySet<string>])[] = [
  ['token', new Set(['token', 'key', 'credential'])],
  ['person', new Set(['user', 'member', 'person', 'people', 'account', 'actor'])],
  ['tunnel', new Set(['tunnel'])],
  ['team', new Set(['team', 'organization', 'organisation', 'workspace', 'group'])],
];

/** A page is asked for by a value; nobody's id is longer than this. */
export const LONGEST_VALUE = 20_000;

/** The person, or the program, that acted; null where nobody is named. */
export function entityOfActor(actor: Actor | null): Entity | null {
  const value = actor?.id ?? actor?.email ?? actor?.name ?? null;
  return value === null ? null : { kind: 'person', value };
}

/** What was acted upon; null where nothing is named, or nothing that has a page. */
export function entityOfTarget(target: Target | null): Entity | null {
  const value = target?.id ?? target?.name ?? null;
  if (target === null || value === null) return null;
  const words = (target.type ?? '')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .map((word) => word.replace(/s$/, ''));
  // Whoever is invited is known by the address alone.
  if (words.includes('invitation') && target.name?.includes('@')) return { kind: 'person', value: target.name };
  const found = KINDS_OF_TARGETS.find(([, known]) => words.some((word) => known.has(word)));
  return found === undefined ? null : { kind: found[0], value };
}

export function entityOfTeam(team: Team | null): Entity | null {
  const value = team?.id ?? team?.name ?? null;
  return value === null ? null : { kind: 'team', value };
}

export function entityOfAddress(address: string | null): Entity | null {
  return address === null ? null : { kind: 'address', value: address };
}
