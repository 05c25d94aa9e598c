import { CLIENTS, DESKTOPS, PHONES } from './agents.ts';
import type { Calendar } from './calendar.ts';
import { AWAY, OFFICES, type Office } from './offices.ts';
import type { Person } from './people.ts';
import { type Random, randomFor } from './random.ts';

export type SignInMethod = 'password' | 'sso' | 'passkey';

/** What is the same about a person from day to day. Times are minutes after local midnight. */
export type Habits = {
  readonly starts: number;
  readonly ends: number;
  /** 1 is Monday. */
  readonly weekdays: readonly number[];
  readonly atHome: number;
  readonly method: SignInMethod;
  readonly twoFactor: boolean;
  /** Chance that a password is mistyped. */
  readonly mistypes: number;
  /** Chance of signing in once more late in the evening. */
  readonly worksLate: number;
  readonly desktop: string;
  readonly phone: string;
  readonly client: string;
  readonly home: (day: number) => string;
};

/** Where a person is on a day, and in whose time they live there. */
export type Place = { readonly zone: string; readonly address: string; readonly city: string; readonly away: boolean };

const TRIP_BLOCK = 90;
const LEAVE_BLOCK = 60;

export function habitsOf(seed: number, person: Person): Habits {
  const chance = randomFor(seed, 'habits', person.number);
  const starts = 8 * 60 + 15 * chance.int(0, 8);
  const method = chance.pick<SignInMethod>(['password', 'password', 'sso', 'sso', 'passkey']);
  return {
    starts,
    ends: starts + 480 + 15 * chance.int(0, 4),
    weekdays: weekdaysOf(chance),
    atHome: chance.pick([0, 0.2, 0.4, 0.4, 0.6, 1]),
    // People in stories sign in with passwords, or there would be nothing to guess.
    method: person.part === null ? method : 'password',
    twoFactor: person.part === null && chance.chance(0.7),
    mistypes: chance.pick([0.01, 0.03, 0.03, 0.08]),
    worksLate: chance.pick([0, 0, 0, 0.02, 0.05]),
    desktop: chance.pick(DESKTOPS),
    phone: chance.pick(PHONES),
    client: chance.pick(CLIENTS),
    home: homeLine(seed, person, chance),
  };
}

function weekdaysOf(chance: Random): readonly number[] {
  const usual = chance.int(1, 12);
  if (usual === 1) return [2, 3, 4, 5, 6];
  if (usual <= 3) return [1, 2, 3, 4];
  return [1, 2, 3, 4, 5];
}

// Home lines keep their provider and change their last numbers now and then, as they do.
function homeLine(seed: number, person: Person, chance: Random): (day: number) => string {
  if (chance.chance(0.1)) {
    const network = `2001:db8:${chance.hex(3)}:${chance.hex(2)}`;
    return (day) =>
      `${network}::${randomFor(seed, 'line', person.number, Math.floor(day / 60))
        .int(1, 0xffff)
        .toString(16)}`;
  }
  const network = `${chance.pick(person.office.homes)}.${chance.int(1, 250)}`;
  const lasts = chance.pick([25, 70, 180, 400]);
  const phase = chance.int(0, lasts);
  return (day) => `${network}.${randomFor(seed, 'line', person.number, Math.floor((day + phase) / lasts)).int(2, 250)}`;
}

/** Whether the person works on the day, and from where; null when not. Depends on nothing but seed, person and day. */
export function whereabouts(
  seed: number,
  calendar: Calendar,
  person: Person,
  habits: Habits,
  day: number,
): Place | null {
  if (!habits.weekdays.includes(calendar.weekday(day))) return null;
  if (onLeave(seed, person, day)) return null;
  const chance = randomFor(seed, 'day of', person.number, day);
  const ill = chance.chance(0.03);
  const home = chance.chance(habits.atHome);
  const trip = tripOf(seed, person, day);
  if (trip === 'travelling') return null;
  if (trip !== null) return trip;
  if (ill) return null;
  const { office } = person;
  const address = home ? habits.home(day) : office.address;
  return { zone: office.zone, address, city: office.city, away: false };
}

function onLeave(seed: number, person: Person, day: number): boolean {
  const block = Math.floor(day / LEAVE_BLOCK);
  const chance = randomFor(seed, 'leave', person.number, block);
  if (!chance.chance(0.35)) return false;
  const first = block * LEAVE_BLOCK + chance.int(0, LEAVE_BLOCK - 14);
  return day >= first && day < first + chance.int(3, 14);
}

// Nobody signs in on the days of travel itself, so that no honest person is in two countries within hours.
export function tripOf(seed: number, person: Person, day: number): Place | 'travelling' | null {
  if (person.part !== null) return null;
  const block = Math.floor(day / TRIP_BLOCK);
  const chance = randomFor(seed, 'trip', person.number, block);
  if (!chance.chance(0.2)) return null;
  const first = block * TRIP_BLOCK + chance.int(0, TRIP_BLOCK - 12);
  const last = first + chance.int(3, 9);
  if (day < first || day > last) return null;
  if (day === first || day === last) return 'travelling';
  const elsewhere = OFFICES.filter((office: Office) => office !== person.office);
  if (chance.chance(0.6)) {
    const { zone, address, city } = chance.pick(elsewhere);
    return { zone, address, city, away: true };
  }
  const { zone, network, city } = chance.pick(AWAY);
  return { zone, address: `${network}.${chance.int(1, 250)}.${chance.int(2, 250)}`, city, away: true };
}
