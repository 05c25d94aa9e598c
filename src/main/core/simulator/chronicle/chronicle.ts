import type { Draft } from '../draft.ts';
import type { Person } from '../people.ts';
import { type Random, randomFor } from '../random.ts';
import type { World } from '../world.ts';
import { BILLING } from './billing.ts';
import { SECURITY } from './security.ts';
import { firstState, type Happening } from './state.ts';
import { TEAMS } from './teams.ts';
import { TUNNELS } from './tunnels.ts';

/** The rare, connected events of the whole history, told once: about 1,200 a year however many entries are asked for. */
export type Chronicle = {
  ofDay(day: number): readonly Draft[];
  readonly total: number;
  /** Whether the person belonged to the organisation at an instant (milliseconds UTC). */
  employed(person: Person, ts: number): boolean;
  /** Last four digits of the card that was paid with at an instant. */
  cardAt(ts: number): string;
};

const HAPPENINGS: readonly Happening[] = [...SECURITY, ...TEAMS, ...TUNNELS, ...BILLING];
const EVENTS_A_YEAR = 1300;
// From this many days on, each kind of happening occurs at least once, so that a month shows every kind of action.
const COMPLETE_FROM_DAYS = 20;

/** Tells the chronicle in at most `most` entries. */
export function chronicle(world: World, most: number): Chronicle {
  const { calendar } = world;
  const expected = Math.max(1, (EVENTS_A_YEAR * calendar.days) / 365);
  const scale = Math.min(1, most / expected);
  const full = scale === 1 && calendar.days >= COMPLETE_FROM_DAYS;
  const plan = schedule(world, scale, full);
  const joiners = plan.filter((item) => item.happening.name === 'joiner').length;
  const state = firstState(world, joiners);
  const drafts = plan
    .flatMap(({ happening, day }) => happening.tell(state, day))
    .filter((draft) => draft.ts >= calendar.startOf(0) && draft.ts <= calendar.now)
    .sort((a, b) => a.ts - b.ts)
    .slice(0, most);
  const byDay = Map.groupBy(drafts, (draft) => calendar.dayOf(draft.ts));
  return {
    total: drafts.length,
    ofDay: (day) => byDay.get(day) ?? [],
    cardAt: (ts) => state.cards.findLast((card) => card.since <= ts)!.last4,
    employed: (person, ts) => {
      const period = state.employment.get(person);
      return period === undefined || (ts >= period.from && ts < period.to);
    },
  };
}

type Scheduled = { readonly happening: Happening; readonly day: number; readonly turn: number };

// Each kind is spread evenly with a little chance, and kept off the last day, which may have hardly begun.
function schedule(world: World, scale: number, full: boolean): readonly Scheduled[] {
  const { calendar, seed } = world;
  const days = calendar.days - 1;
  if (days < 1) return [];
  return HAPPENINGS.flatMap((happening) => {
    const chance = randomFor(seed, 'schedule', happening.name);
    const mean = (happening.perYear * days * scale) / 365;
    const times = Math.max(full ? 1 : 0, Math.floor(mean + chance.fraction()));
    return Array.from({ length: times }, (_, i) => {
      const day = Math.floor(((i + chance.fraction()) / times) * days);
      return {
        happening,
        day: happening.on === 'workday' ? workday(world, chance, day) : day,
        turn: chance.fraction(),
      };
    });
  }).sort((a, b) => a.day - b.day || a.turn - b.turn);
}

function workday(world: World, chance: Random, day: number): number {
  const { calendar } = world;
  const shift = calendar.weekday(day) - 5;
  if (shift <= 0) return day;
  const other = chance.chance(0.5) ? day - shift : day + 3 - shift;
  return other < 0 || other > calendar.days - 2 ? Math.max(0, Math.min(day, calendar.days - 2)) : other;
}
