import type { Actor, Team } from '../../../../shared/entry.ts';
import { exactly } from '../../../../shared/filter/exactly.ts';
import { EVERYTHING } from '../../../../shared/filter/filter.ts';
import type { ArchiveReader } from '../../archive/reader.ts';
import { type MembershipEvent, membershipEvents } from './membership-events.ts';
import { type People, peopleOf } from './people.ts';
import { type Membership, type Presence, rosterAt, teamKey } from './roster.ts';

/** Access over a period: who had what at its two ends, and what changed in between, oldest first. */
export type Access = {
  readonly start: readonly Membership[];
  readonly end: readonly Membership[];
  readonly changes: readonly MembershipEvent[];
};

type Source = Pick<ArchiveReader, 'tuples' | 'rawRows' | 'survey'>;

/** Rebuilds it from the log. Instants are milliseconds UTC, the period's first and last; its start is the moment before. */
export function accessOver(reader: Source, fromMs: number, toMs: number): Access {
  const people = peopleOf(reader.tuples('actor').filter((actor): actor is Actor => actor !== null));
  const events = withoutEchoes(membershipEvents(reader, null, null), people);
  const at = (instant: number) => byName(rosterAt(instant, events, presenceUpTo(reader, instant), people));
  return {
    start: at(fromMs - 1),
    end: at(toMs),
    changes: events
      .filter(({ ts }) => ts >= fromMs && ts <= toMs)
      .map((event) => ({ ...event, person: people.named(event.person) })),
  };
}

// Accepting an invitation and being added are two entries of one coming in; the second may be the one that names the role.
function withoutEchoes(events: readonly MembershipEvent[], people: People): MembershipEvent[] {
  const kept: MembershipEvent[] = [];
  const inside = new Map<string, number>();
  for (const event of events) {
    const key = `${people.keyOf(event.person)}\n${teamKey(event.team)}`;
    const before = event.kind === 'joined' ? inside.get(key) : undefined;
    if (before !== undefined) {
      kept[before] = { ...kept[before]!, to: kept[before]!.to ?? event.to };
      continue;
    }
    if (event.kind === 'joined') inside.set(key, kept.length);
    if (event.kind === 'left') inside.delete(key);
    kept.push(event);
  }
  return kept;
}

/** Who acted in which team up to an instant. Programs that name nobody are nobody. */
function presenceUpTo(reader: Source, toMs: number): Presence[] {
  const everything = { filter: EVERYTHING, fromMs: null, toMs };
  const teams = new Map<string, Team>();
  for (const { value } of reader.survey(everything, 'UTC').tallies.team)
    if (value !== null) teams.set(teamKey(value), value);
  const presence: Presence[] = [];
  const seen = (team: Team | null, named: string | null): void => {
    const plan = { filter: { terms: [exactly('team', named)] }, fromMs: null, toMs };
    for (const { value, first, last } of reader.survey(plan, 'UTC').tallies.actor)
      if (value !== null) presence.push({ person: value, team, first, last });
  };
  for (const [key, team] of teams) seen(team, key);
  return presence;
}

function byName(roster: Membership[]): Membership[] {
  const text = ({ person, team }: Membership) =>
    [team?.name ?? team?.id ?? '', person.name ?? person.email ?? person.id ?? '', person.id ?? ''].join('\n');
  return roster.sort((a, b) => (text(a) < text(b) ? -1 : 1));
}
