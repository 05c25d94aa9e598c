import type { Chronicle } from './chronicle/chronicle.ts';
import type { Draft } from './draft.ts';
import type { Person } from './people.ts';
import { randomFor } from './random.ts';
import { signIns } from './sign-ins.ts';
import type { Departures } from './stories/story.ts';
import { buildRun, personalWork } from './tunnel-work.ts';
import { dutyShift, type Shift, shiftOf, type World } from './world.ts';

// Of a day's ordinary entries, about this part is signing in and out; beyond what people do, builds fill the rest.
const SIGN_IN_SHARE = 0.5;
const BUILD_SHARE = 0.3;
const PIECES_A_PERSON = 25;
const ON_CALL_AT_WEEKENDS = 2;

/** Exactly `count` ordinary entries of one UTC day, made from nothing but the world and the day's own stream of chance. */
export function ordinaryDay(
  world: World,
  story: Chronicle,
  departures: Departures,
  day: number,
  count: number,
): readonly Draft[] {
  const { calendar } = world;
  const chance = randomFor(world.seed, 'day', day);
  const from = calendar.startOf(day);
  const to = calendar.endOf(day);
  const midnight = calendar.startOf(day + 1);
  const drafts: Draft[] = [];
  const take = (group: readonly Draft[]): boolean => {
    // Midnight would tear a group apart (a stop without its start): it is drawn again instead. Now does not: what is
    // still to come has simply not happened yet.
    if (group.some((draft) => draft.ts < from || draft.ts >= midnight)) return false;
    const happened = group.filter((draft) => draft.ts <= to).slice(0, count - drafts.length);
    drafts.push(...happened);
    return happened.length > 0;
  };

  const shifts = chance.shuffled(onShift(world, story, departures, day));
  const busy = new Set(story.ofDay(day).map((draft) => draft.actor?.id));
  const eager = [...shifts.filter((s) => busy.has(s.person.id)), ...shifts.filter((s) => !busy.has(s.person.id))];
  const active: Shift[] = [];
  for (const shift of eager) {
    if (drafts.length >= count * SIGN_IN_SHARE) break;
    if (take(signIns(world, shift, chance))) active.push(shift);
  }

  const developers = active.filter((shift) => shift.person.team.name !== 'Operations');
  let pieces = developers.length * PIECES_A_PERSON;
  let misses = 0;
  while (drafts.length < count) {
    const personal = pieces > 0 && misses < 20 && !chance.chance(BUILD_SHARE);
    if (personal) {
      if (take(personalWork(world, chance.pick(developers), chance))) pieces--;
      else misses++;
    } else {
      take(buildRun(chance.pick(world.cast.services), chance, from, to));
    }
  }
  return drafts;
}

function onShift(world: World, story: Chronicle, departures: Departures, day: number): readonly Shift[] {
  const { calendar, cast } = world;
  const here = (person: Person) =>
    story.employed(person, calendar.startOf(day)) && calendar.startOf(day) < (departures.get(person) ?? Infinity);
  const shifts = cast.people
    .filter(here)
    .map((person) => shiftOf(world, person, day))
    .filter((shift) => shift !== null);
  if (calendar.weekday(day) <= 5) return shifts;
  const onCall = Array.from(
    { length: ON_CALL_AT_WEEKENDS },
    (_, i) => cast.people[(day * 7 + i * 23) % cast.people.length]!,
  );
  const extra = onCall.filter(
    (person) => here(person) && person.part === null && shifts.every((s) => s.person !== person),
  );
  return [...shifts, ...extra.map((person) => dutyShift(world, person, day))];
}
