import type { Calendar } from '../calendar.ts';
import type { Chronicle } from '../chronicle/chronicle.ts';
import { byAge, type DayEntry, finish } from '../draft.ts';
import { entryIds, FIRST_STORY_PLACE } from '../entry-id.ts';
import type { Person } from '../people.ts';
import { randomFor } from '../random.ts';
import type { World } from '../world.ts';
import { STORIES } from './catalogue.ts';
import type { Departures } from './story.ts';

/** A story as it stands in the log. Ids in order of time; `first` and `last` are milliseconds UTC of `entryIds`. */
export type PlantedStory = {
  readonly name: string;
  readonly title: string;
  readonly entryIds: readonly string[];
  /** Connected entries that are the answer to the incident, not the incident. */
  readonly aftermathIds: readonly string[];
  readonly first: number;
  readonly last: number;
};

export type LeftOut = { readonly name: string; readonly reason: string };

export type Planted = {
  readonly stories: readonly PlantedStory[];
  readonly leftOut: readonly LeftOut[];
  readonly departures: Departures;
  readonly total: number;
  ofDay(day: number): readonly DayEntry[];
};

// Stories keep to the later part of the history, so that a baseline can be learnt before them, and off the last day.
const QUIET_PART = 0.2;

/** Tells the wanted stories, as many as fit into the history and into `most` entries. */
export function plant(world: World, chronicle: Chronicle, wanted: readonly string[], most: number): Planted {
  const { calendar, seed } = world;
  const firstDay = Math.ceil(calendar.days * QUIET_PART);
  const lastDay = calendar.days - 2;
  const idOf = entryIds(seed);
  const stories: PlantedStory[] = [];
  const leftOut: LeftOut[] = [];
  const departures = new Map<Person, number>();
  const entries: DayEntry[] = [];

  STORIES.forEach((story, place) => {
    if (!wanted.includes(story.name)) return;
    const available = Math.max(0, lastDay - firstDay + 1);
    if (available < story.daysNeeded) {
      leftOut.push({ name: story.name, reason: needsDays(story.daysNeeded, available, calendar) });
      return;
    }
    const chance = randomFor(seed, 'story', story.name);
    const telling = story.tell({ world, chronicle, chance, firstDay, lastDay });
    const { drafts, aftermath = [], background = [] } = telling;
    const size = drafts.length + aftermath.length + background.length;
    if (entries.length + size > most) {
      leftOut.push({ name: story.name, reason: `needs ${size} entries, ${most - entries.length} are free` });
      return;
    }
    let sequence = 0;
    const finished = [drafts, aftermath, background].map((part) =>
      part.map((draft) => finish(draft, idOf(FIRST_STORY_PLACE + place, sequence++), 0)).sort(byAge),
    );
    const [told = [], after = [], around = []] = finished;
    entries.push(...told, ...after, ...around);
    for (const [person, from] of telling.departures ?? []) departures.set(person, from);
    stories.push({
      name: story.name,
      title: story.title,
      entryIds: told.map((entry) => entry.id),
      aftermathIds: after.map((entry) => entry.id),
      first: told[0]!.ts,
      last: told.at(-1)!.ts,
    });
  });

  const byDay = Map.groupBy(entries, (entry) => calendar.dayOf(entry.ts));
  return { stories, leftOut, departures, total: entries.length, ofDay: (day) => byDay.get(day) ?? [] };
}

function needsDays(needed: number, available: number, calendar: Calendar): string {
  return `needs ${needed} days, a history of ${calendar.days} leaves ${available} for stories`;
}
