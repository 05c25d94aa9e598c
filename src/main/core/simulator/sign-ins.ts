import { HOUR, MINUTE, SECOND } from './calendar.ts';
import type { Draft } from './draft.ts';
import type { Random } from './random.ts';
import { actorOf, contextOf, deed, moment, type Shift, type World } from './world.ts';

/** A person's signing in and out on one ordinary day, mistyped passwords included. */
export function signIns(world: World, shift: Shift, chance: Random): readonly Draft[] {
  const { habits, person } = shift;
  const first = wholeSecond(shift.from + chance.int(0, 25) * MINUTE + chance.int(0, 59) * SECOND);
  const drafts: Draft[] = [];
  const mistakes = habits.method === 'password' ? mistyped(habits.mistypes, chance) : 0;
  for (let i = 0; i < mistakes; i++) {
    const ts = first - (mistakes - i) * 17 * SECOND;
    drafts.push(deed(shift, ts, 'user.login_failed', null, { method: 'password', reason: 'invalid_password' }));
  }
  drafts.push(login(shift, first));
  if (chance.chance(0.2)) drafts.push(login(shift, moment(shift, chance, 0.4, 0.7)));
  if (chance.chance(0.15)) drafts.push(onPhone(shift, moment(shift, chance, 0.2, 0.95), chance));
  if (chance.chance(0.45))
    drafts.push(deed(shift, wholeSecond(shift.to - chance.int(0, 20 * 60) * SECOND), 'user.logout', null, {}));
  if (person.part === null && chance.chance(habits.worksLate)) drafts.push(...lateEvening(world, shift, chance));
  return drafts;
}

function login(shift: Shift, ts: number): Draft {
  const { method, twoFactor } = shift.habits;
  return deed(shift, ts, 'user.login', null, { method, two_factor: method === 'passkey' || twoFactor });
}

function onPhone(shift: Shift, ts: number, chance: Random): Draft {
  const { person, habits } = shift;
  const address = shift.place.away
    ? shift.place.address
    : `${person.office.mobile}.${person.number}.${chance.int(2, 250)}`;
  const metadata = { method: habits.method, two_factor: habits.twoFactor };
  const context = contextOf(address, habits.phone, person.team);
  return { ts, action: 'user.login', actor: actorOf(person), target: null, context, metadata };
}

// Where the evening of this date lies in the next UTC day, the evening before is told: one UTC day stands alone.
function lateEvening(world: World, shift: Shift, chance: Random): readonly Draft[] {
  const { calendar } = world;
  const evening = calendar.at(shift.day, shift.place.zone, 20 * 60 + chance.int(0, 150));
  const ts = calendar.dayOf(evening) > shift.day ? evening - 24 * HOUR : evening;
  const address = shift.place.away ? shift.place.address : shift.habits.home(shift.day);
  const from = { ...shift, place: { ...shift.place, address } };
  return [login(from, ts), deed(from, ts + chance.int(20, 70) * MINUTE, 'user.logout', null, {})];
}

function mistyped(probability: number, chance: Random): number {
  if (!chance.chance(probability)) return 0;
  const luck = chance.fraction();
  return luck < 0.78 ? 1 : luck < 0.96 ? 2 : 3;
}

function wholeSecond(ts: number): number {
  return Math.floor(ts / SECOND) * SECOND;
}
