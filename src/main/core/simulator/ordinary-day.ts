import type { Chronicle } from './chronicle/chronicle.ts';
import type { Draft } from './draft.ts';
import type { Person } from './people.ts';
import { type Random, randomFor } from './random.ts';
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
  if (count === 0) return [];
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

  const active: Shift[] = [];
  for (const person of inTurn(world, story, departures, day, chance)) {
    if (drafts.length >= count * SIGN_IN_SHARE) break;
    const shift =
      shiftOf(world, person, day) ?? (onCall(world, day).includes(person) ? dutyShift(world, person, day) : null);
    if (shift !== null && take(signIns(world, shift, chance))) active.push(shift);
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

// Those who do something rare that day come first: they should be seen to sign in.
function inTurn(
  world: World,
  story: Chronicle,
  departures: Departures,
  day: number,
  chance: Random,
): readonly Person[] {
  const start = world.calendar.startOf(day);
  const busy = new Set(story.ofDay(day).map((draft) => draft.actor?.id));
  const here = world.cast.people.filter(
    (person) => story.employed(person, start) && start < (departures.get(person) ?? Number.POSITIVE_INFINITY),
  );
  const shuffled = chance.shuffled(here);
  return [...shuffled.filter((person) => busy.has(person.id)), ...shuffled.filter((person) => !busy.has(person.id))];
}

function onCall(world: World, day: number): readonly Person[] {
  if (world.calendar.weekday(day) <= 5) return [];
  const { people } = world.cast;
  const turns = Array.from({ length: ON_CALL_AT_WEEKENDS }, (_, i) => people[(day * 7 + i * 23) % people.length]!);
  return turns.filter((person) => person.part === null);
}
