import type { Chronicle } from '../chronicle/chronicle.ts';
import type { Draft } from '../draft.ts';
import type { Person } from '../people.ts';
import type { Random } from '../random.ts';
import type { World } from '../world.ts';

/** From when on a person is gone (milliseconds UTC), as far as a story decides it. */
export type Departures = ReadonlyMap<Person, number>;

/** What a story is told from. Its days are indexes into the history: the first and the last it may use, both included. */
export type StoryGround = {
  readonly world: World;
  readonly chronicle: Chronicle;
  readonly chance: Random;
  readonly firstDay: number;
  readonly lastDay: number;
};

export type Telling = {
  /** What a reviewer should find. */
  readonly drafts: readonly Draft[];
  /** What people did about it afterwards: part of the log and connected, but nothing wrong in itself. */
  readonly aftermath?: readonly Draft[];
  /** Ordinary entries that it needs around it: part of the log, and neither the incident nor the answer to it. */
  readonly background?: readonly Draft[];
  readonly departures?: Departures;
};

/** An incident that can be planted in the log. */
export type Story = {
  readonly name: string;
  readonly title: string;
  /** Days it needs between the first and the last it may use, both counted. */
  readonly daysNeeded: number;
  readonly tell: (ground: StoryGround) => Telling;
};

/**
 * The day about `part` (0 to 1) of the way through the ground that satisfies `wanted`, the nearest there is; that day
 * itself where none does.
 */
export function dayNear(ground: StoryGround, part: number, wanted: (weekday: number) => boolean, before = 0): number {
  const { calendar } = ground.world;
  const lastDay = Math.max(ground.firstDay, ground.lastDay - before);
  const middle = Math.round(ground.firstDay + (lastDay - ground.firstDay) * part);
  for (let distance = 0; distance <= 7; distance++) {
    for (const day of [middle - distance, middle + distance]) {
      if (day >= ground.firstDay && day <= lastDay && wanted(calendar.weekday(day))) return day;
    }
  }
  return middle;
}

export const onWorkday = (weekday: number): boolean => weekday <= 5;
export const onSunday = (weekday: number): boolean => weekday === 7;
