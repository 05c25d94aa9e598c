import { unwrap } from '../../../shared/errors.ts';
import { allocate } from './allocation.ts';
import { calendar as calendarOf } from './calendar.ts';
import { chronicle as tell } from './chronicle/chronicle.ts';
import { byAge, type DayEntry, type Draft, finish, type Precision } from './draft.ts';
import { entryIds } from './entry-id.ts';
import { estate as estateOf } from './estate.ts';
import { type Habits, habitsOf } from './habits.ts';
import { checkOrganisation, type OrganisationOptions } from './options.ts';
import { ordinaryDay } from './ordinary-day.ts';
import { type Person, roster } from './people.ts';
import { type Random, randomFor } from './random.ts';
import { USUAL_STORY_NAMES } from './stories/catalogue.ts';
import { type LeftOut, type PlantedStory, plant } from './stories/planted.ts';
import type { World } from './world.ts';

/** A made-up organisation's whole log. Days are numbered from 0, the oldest; each is made when it is asked for. */
export type Organisation = {
  readonly total: number;
  readonly days: number;
  /** Milliseconds UTC of the end of the log. */
  readonly now: number;
  /** `YYYY-MM-DD` (UTC). */
  dateOf(day: number): string;
  /** Index of the UTC day that holds an instant; may lie outside the history. */
  dayOf(ts: number): number;
  /** First millisecond UTC of a day. */
  startOf(day: number): number;
  /** Last millisecond UTC of a day in which the log can hold anything: its end, or `now`. */
  endOf(day: number): number;
  countOfDay(day: number): number;
  /** Oldest first, by instant and then id. The last few days asked for are kept; do not change what you get. */
  entriesOfDay(day: number): readonly DayEntry[];
  /** The whole log, oldest first, with little of it in memory at a time. */
  entries(): IterableIterator<DayEntry>;
  stories(): readonly PlantedStory[];
  /** Stories that were wanted and did not fit. */
  leftOut(): readonly LeftOut[];
  /** How many days have been made so far, counting again those that were forgotten and made anew. */
  daysMade(): number;
};

const STORY_SHARE = 0.5;
const CHRONICLE_SHARE = 0.4;
const ENTRIES_KEPT = 40_000;
const DAYS_KEPT = 40;

/** Makes an organisation. Throws a `FailureError` on options that `checkOrganisation` refuses. */
export function organisation(options: OrganisationOptions): Organisation {
  unwrap(checkOrganisation(options));
  const { entries, days, seed, now, incidents = USUAL_STORY_NAMES } = options;
  const world = worldOf(seed, now, days);
  const { calendar } = world;
  const rare = tell(world, Math.floor(entries * CHRONICLE_SHARE));
  const planted = plant(world, rare, incidents, Math.floor(entries * STORY_SHARE));
  const ordinary = allocate(seed, calendar, entries - planted.total - rare.total);
  const idOf = entryIds(seed);
  let made = 0;

  const make = (day: number): readonly DayEntry[] => {
    made++;
    const chance = randomFor(seed, 'finish', day);
    const drafts = [...rare.ofDay(day), ...ordinaryDay(world, rare, planted.departures, day, ordinary[day]!)];
    const last = calendar.endOf(day);
    const finished = drafts.map((draft, sequence) => finishQuirkily(draft, idOf(day, sequence), last, chance));
    return [...finished, ...planted.ofDay(day)].sort(byAge);
  };

  const countOfDay = (day: number) =>
    day < 0 || day >= days ? 0 : ordinary[day]! + rare.ofDay(day).length + planted.ofDay(day).length;
  const entriesOfDay = remembering((day) => (day < 0 || day >= days ? [] : make(day)));

  return {
    total: entries,
    days,
    now,
    dateOf: calendar.dateOf,
    dayOf: calendar.dayOf,
    startOf: calendar.startOf,
    endOf: calendar.endOf,
    countOfDay,
    entriesOfDay,
    *entries() {
      for (let day = 0; day < days; day++) yield* entriesOfDay(day);
    },
    stories: () => planted.stories,
    leftOut: () => planted.leftOut,
    daysMade: () => made,
  };
}

function worldOf(seed: number, now: number, days: number): World {
  const cast = roster(seed);
  const habits = new Map<Person, Habits>();
  return {
    seed,
    calendar: calendarOf(now, days),
    cast,
    estate: estateOf(seed, cast),
    habitsOf: (person) => {
      const known = habits.get(person) ?? habitsOf(seed, person);
      habits.set(person, known);
      return known;
    },
  };
}

// Real logs are not quite even: now and then an instant has a fraction of a second.
function finishQuirkily(draft: Draft, id: string, last: number, chance: Random): DayEntry {
  const fraction = chance.int(1, 999);
  const precision = chance.pick<Precision>([3, 3, 6]);
  const ts = draft.ts + fraction;
  if (!chance.chance(0.03) || ts > last) return finish(draft, id, 0);
  return finish({ ...draft, ts }, id, precision);
}

// Keeps the days used last, as far as their entries are not too many; at least one.
function remembering(make: (day: number) => readonly DayEntry[]): (day: number) => readonly DayEntry[] {
  const kept = new Map<number, readonly DayEntry[]>();
  let held = 0;
  return (day) => {
    const known = kept.get(day);
    if (known) {
      kept.delete(day);
      kept.set(day, known);
      return known;
    }
    const entries = make(day);
    kept.set(day, entries);
    held += entries.length;
    for (const [oldest, old] of kept) {
      if (kept.size <= 1 || (held <= ENTRIES_KEPT && kept.size <= DAYS_KEPT)) break;
      kept.delete(oldest);
      held -= old.length;
    }
    return entries;
  };
}
