import type { Actor, Team } from '../../../../shared/entry.ts';
import type { MembershipEvent } from './membership-events.ts';
import type { People } from './people.ts';

/** Somebody was seen acting in a team: between which instants, milliseconds UTC. */
export type Presence = {
  readonly person: Actor;
  readonly team: Team | null;
  readonly first: number;
  readonly last: number;
};

/** That somebody belonged to a team at an instant, with which role, and what that is known by. */
export type Membership = {
  readonly person: Actor;
  readonly team: Team | null;
  /** Null where no entry tells. */
  readonly role: string | null;
  /** `told` by an entry up to then; `implied` by a later one, which says what the role was before it. */
  readonly roleBy: { readonly event: MembershipEvent; readonly told: boolean } | null;
  /** The entry by which the person came in; null where they were there before any entry tells of it. */
  readonly joined: MembershipEvent | null;
  /** When the person first and last acted in the team up to then; null where they did not. */
  readonly seen: { readonly first: number; readonly last: number } | null;
  /** The entry by which the person had left, though they act in the team after it. */
  readonly leftBefore: MembershipEvent | null;
};

type Draft = {
  person: Actor;
  team: Team | null;
  role: string | null;
  roleBy: Membership['roleBy'];
  joined: MembershipEvent | null;
  left: MembershipEvent | null;
  seen: { first: number; last: number } | null;
};

/**
 * Who belonged to which team at an instant (milliseconds UTC), rebuilt from the log. `events` are all there are, later
 * ones too: what somebody had before a change is told by the change. `presence` is what was seen up to the instant.
 */
export function rosterAt(
  at: number,
  events: readonly MembershipEvent[],
  presence: readonly Presence[],
  people: People,
): Membership[] {
  const drafts = new Map<string, Draft>();
  const draftOf = (person: Actor, team: Team | null): Draft => {
    const key = `${people.keyOf(person)}\n${teamKey(team)}`;
    const known = drafts.get(key);
    if (known !== undefined) return known;
    const fresh: Draft = { person, team, role: null, roleBy: null, joined: null, left: null, seen: null };
    drafts.set(key, fresh);
    return fresh;
  };
  for (const event of events) if (event.ts <= at) apply(draftOf(event.person, event.team), event);
  for (const { person, team, first, last } of presence) {
    const draft = draftOf(person, team);
    draft.seen = { first: Math.min(first, draft.seen?.first ?? first), last: Math.max(last, draft.seen?.last ?? last) };
  }
  const implied = new Set<Draft>();
  for (const event of events) {
    if (event.ts <= at) continue;
    const draft = draftOf(event.person, event.team);
    // Only the first change after the instant says what was there before it.
    if (implied.has(draft)) continue;
    implied.add(draft);
    if (event.kind === 'joined') continue;
    if (draft.roleBy === null && event.from !== null) {
      draft.role = event.from;
      draft.roleBy = { event, told: false };
    }
    if (draft.roleBy === null && draft.seen === null && event.kind !== 'ownership')
      draft.roleBy = { event, told: false };
  }
  return [...drafts.values()].filter(belongs).map((draft) => membershipOf(draft, people));
}

function apply(draft: Draft, event: MembershipEvent): void {
  if (event.kind === 'left') {
    draft.left = event;
    return;
  }
  if (event.kind === 'joined') draft.joined = event;
  draft.left = null;
  if (event.kind !== 'joined' || event.to !== null) {
    draft.role = event.to;
    draft.roleBy = { event, told: true };
  }
}

function belongs({ left, seen, joined, roleBy }: Draft): boolean {
  if (left !== null) return seen !== null && seen.last > left.ts;
  return joined !== null || roleBy !== null || seen !== null;
}

function membershipOf({ person, team, role, roleBy, joined, left, seen }: Draft, people: People): Membership {
  const named = people.named(person);
  return left === null
    ? { person: named, team, role, roleBy, joined, seen, leftBefore: null }
    : { person: named, team, role: null, roleBy: null, joined: null, seen, leftBefore: left };
}

export function teamKey(team: Team | null): string {
  return team?.id ?? team?.name ?? '';
}
