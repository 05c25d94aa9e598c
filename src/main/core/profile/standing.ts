import { describeAction, type Meaning } from '../../../shared/action.ts';
import type { EntityKind } from '../../../shared/entity.ts';
import type { EntryRow, Team } from '../../../shared/entry.ts';
import { exactly } from '../../../shared/filter/exactly.ts';
import { acceptsInvitation } from '../../../shared/invitation.ts';
import type { Profile } from '../../../shared/profile-contract.ts';
import type { ArchiveReader, Survey } from '../archive/reader.ts';
import { eventOf, planOf } from './life-events.ts';
import type { Side } from './sides.ts';

type Standing = Profile['standing'];
type Surveyed = { readonly side: Side; readonly survey: Survey };

const MADE: Readonly<Partial<Record<EntityKind, Meaning>>> = {
  tunnel: 'tunnel_created',
  token: 'token_created',
  person: 'account_created',
};
const ENDED: Readonly<Partial<Record<EntityKind, Meaning>>> = {
  tunnel: 'tunnel_deleted',
  token: 'token_revoked',
  team: 'team_deleted',
  person: 'account_suspended',
};
const TEAM_MADE = /^(team|organi[sz]ation|workspace|group)[._-]created$/i;
/** Comings and goings that are looked at; somebody who had more is an exception to every rule. */
const MOST = 2_000;

const NOTHING: Standing = { begun: null, ended: null, after: null, teams: [] };

/** Whether something is still there, as far as the log tells, and since when it is not. */
export function standingOf(kind: EntityKind, sides: readonly Surveyed[], reader: ArchiveReader): Standing {
  const to = sides.find(({ side }) => side.side === 'to');
  const by = sides.find(({ side }) => side.side === 'by');
  if (to === undefined) return NOTHING;
  const begins = (action: string): boolean => {
    const { meaning } = describeAction(action);
    return meaning === null ? kind === 'team' && TEAM_MADE.test(action) : meaning === MADE[kind];
  };
  const ends = (action: string): boolean => {
    const { meaning } = describeAction(action);
    return meaning !== null && meaning === ENDED[kind];
  };
  if (kind === 'person') return personStanding(to, by, begins, ends, reader);
  const told = rowsWith(to, reader, (action) => begins(action) || ends(action));
  const last = told.at(-1);
  const begun = told.findLast((row) => begins(row.action));
  const ended = last !== undefined && ends(last.action) ? last : null;
  // A token that acts after it was revoked, a tunnel that is used after it was deleted.
  const acting = kind === 'token' ? by : to;
  return {
    begun: begun === undefined ? null : eventOf(reader, begun, 'to', null),
    ended: ended === null ? null : eventOf(reader, ended, 'to', null),
    after: ended === null || acting === undefined ? null : afterwards(acting.side, ended, reader),
    teams: [],
  };
}

function personStanding(
  to: Surveyed,
  by: Surveyed | undefined,
  begins: (action: string) => boolean,
  ends: (action: string) => boolean,
  reader: ArchiveReader,
): Standing {
  const told = rowsWith(to, reader, (action) => begins(action) || ends(action) || isComing(action) || isGoing(action));
  const membership = new Map<string, { team: Team; left: EntryRow | null }>();
  for (const { value } of by?.survey.tallies.team ?? [])
    if (value !== null) membership.set(teamKey(value), { team: value, left: null });
  for (const row of told) {
    if (row.team === null || !(isComing(row.action) || isGoing(row.action))) continue;
    membership.set(teamKey(row.team), { team: row.team, left: isGoing(row.action) ? row : null });
  }
  const teams = [...membership.values()];
  const suspended = told.findLast((row) => begins(row.action) || ends(row.action));
  const gone = teams.length > 0 && teams.every(({ left }) => left !== null);
  const lastOut = gone ? teams.map(({ left }) => left!).reduce((a, b) => (b.ts > a.ts ? b : a)) : null;
  const ended = suspended !== undefined && ends(suspended.action) ? suspended : lastOut;
  const begun = told.find((row) => begins(row.action) || isComing(row.action));
  return {
    begun: begun === undefined ? null : eventOf(reader, begun, 'to', null),
    ended: ended === null ? null : eventOf(reader, ended, 'to', null),
    after: ended === null || by === undefined ? null : afterwards(by.side, ended, reader),
    teams: teams.map(({ team, left }) => ({
      id: team.id,
      name: team.name,
      removed: left === null ? null : eventOf(reader, left, 'to', null),
    })),
  };
}

function isComing(action: string): boolean {
  return describeAction(action).meaning === 'member_added' || acceptsInvitation(action);
}

function isGoing(action: string): boolean {
  return describeAction(action).meaning === 'member_removed';
}

function teamKey(team: Team): string {
  return JSON.stringify(team.id === null ? [null, team.name] : [team.id]);
}

/** The entries of a side whose actions pass, oldest first; the newest of them where they are very many. */
function rowsWith(
  { side, survey }: Surveyed,
  reader: ArchiveReader,
  wanted: (action: string) => boolean,
): readonly EntryRow[] {
  const actions = survey.tallies.action.map((one) => one.value).filter(wanted);
  if (actions.length === 0) return [];
  const plan = planOf([...side.terms, ...actions.map((action) => exactly('action', action))]);
  return reader.page(plan, { after: null, limit: MOST, direction: 'older' }).rows.toReversed();
}

function afterwards(side: Side, ended: EntryRow, reader: ArchiveReader): Standing['after'] {
  const since = ended.ts + 1;
  const count = reader.count(planOf(side.terms, since));
  return count === 0 ? null : { terms: side.terms, count, since };
}
