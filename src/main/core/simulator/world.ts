import type { Calendar } from './calendar.ts';
import type { Draft, DraftActor, DraftContext } from './draft.ts';
import type { Estate } from './estate.ts';
import { type Habits, type Place, tripOf, whereabouts } from './habits.ts';
import type { Person, Roster, Team } from './people.ts';
import type { Random } from './random.ts';

/** Everything that is settled before any entry is made: who, where, when. */
export type World = {
  readonly seed: number;
  readonly calendar: Calendar;
  readonly cast: Roster;
  readonly estate: Estate;
  habitsOf(person: Person): Habits;
};

/** A person at work on a day, from one place. */
export type Shift = {
  readonly person: Person;
  readonly habits: Habits;
  readonly place: Place;
  readonly day: number;
  /** Milliseconds UTC. */
  readonly from: number;
  readonly to: number;
};

/** The person's shift on a day; null on days off, on leave, ill or travelling. */
export function shiftOf(world: World, person: Person, day: number): Shift | null {
  const habits = world.habitsOf(person);
  const place = whereabouts(world.seed, world.calendar, person, habits, day);
  return place === null ? null : shiftAt(world, person, habits, place, day);
}

/** A shift even on a day off, from home or wherever the person is, for the rare thing that somebody has to do. */
export function dutyShift(world: World, person: Person, day: number): Shift {
  const habits = world.habitsOf(person);
  const { zone, city } = person.office;
  const trip = tripOf(world.seed, person, day);
  const home = { zone, city, address: habits.home(day), away: false };
  const place = trip === null || trip === 'travelling' ? home : trip;
  return shiftOf(world, person, day) ?? shiftAt(world, person, habits, place, day);
}

function shiftAt(world: World, person: Person, habits: Habits, place: Place, day: number): Shift {
  const { calendar } = world;
  const from = calendar.at(day, place.zone, habits.starts);
  const to = calendar.at(day, place.zone, habits.ends);
  return { person, habits, place, day, from, to };
}

/** A moment within a shift, on a whole second; `early` and `late` are parts of it from 0 to 1. */
export function moment(shift: Shift, chance: Random, early = 0.05, late = 0.95): number {
  const span = shift.to - shift.from;
  return Math.floor((shift.from + span * (early + (late - early) * chance.fraction())) / 1000) * 1000;
}

export function actorOf(person: Person): DraftActor {
  return { id: person.id, name: person.name, email: person.email };
}

export function contextOf(address: string | null, agent: string | null, team: Team | null): DraftContext {
  return { ip_address: address, user_agent: agent, team_id: team?.id ?? null, team_name: team?.name ?? null };
}

/** Something a person does at their own desk during a shift. */
export function deed(
  shift: Shift,
  ts: number,
  action: string,
  target: Draft['target'],
  metadata: Draft['metadata'],
  team: Team | null = shift.person.team,
): Draft {
  const context = contextOf(shift.place.address, shift.habits.desktop, team);
  return { ts, action, actor: actorOf(shift.person), target, context, metadata };
}

/** Something nobody did: no actor, and no place either. */
export function systemEvent(
  ts: number,
  action: string,
  target: Draft['target'],
  metadata: Draft['metadata'],
  team: Team | null = null,
): Draft {
  return { ts, action, actor: null, target, context: team === null ? null : contextOf(null, null, team), metadata };
}
