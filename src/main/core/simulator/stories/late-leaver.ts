import { MINUTE, SECOND } from '../calendar.ts';
import { TARGET_OF } from '../estate.ts';
import { inPart } from '../people.ts';
import { deed, dutyShift } from '../world.ts';
import { dayNear, type Story } from './story.ts';

export const DAYS_LATE = 19;
const SIGN_INS_ON = [2, 3, 6, 9, 13, 17] as const;

// From Wednesday to Friday: then the removal, 19 days on, is on a working day as well.
const bothOnWorkdays = (weekday: number) => weekday >= 3 && weekday <= 5;

/** Somebody left; the access did not, for nineteen days, and was used. */
export const lateLeaver: Story = {
  name: 'late-leaver',
  title: `A leaver whose access was removed ${DAYS_LATE} days late, with sign-ins in between`,
  daysNeeded: DAYS_LATE + 1,
  tell: (ground) => {
    const { world, chance } = ground;
    const { calendar, estate } = world;
    const leaver = inPart(world.cast, 'leaver');
    const left = dayNear(ground, 0.6, bothOnWorkdays, DAYS_LATE);
    const { zone } = leaver.office;
    const visits = SIGN_INS_ON.flatMap((after) => {
      const shift = dutyShift(world, leaver, left + after);
      const place = { ...shift.place, address: shift.habits.home(left + after) };
      const atHome = { ...shift, place };
      const ts = calendar.at(left + after, zone, 18 * 60 + chance.int(10, 200)) + chance.int(0, 59) * SECOND;
      const login = deed(atHome, ts, 'user.login', null, { method: 'password', two_factor: false });
      if (after % 3 !== 0) return [login];
      const tunnel = chance.pick(estate.tunnelsOf(leaver.team));
      const about = { region: 'eu', port: 8080, protocol: 'http' };
      return [login, deed(atHome, ts + 4 * MINUTE, 'tunnel.started', TARGET_OF.tunnel(tunnel), about)];
    });
    const admin = world.cast.people.find((person) => person.role === 'admin' && person.part === null)!;
    const removedOn = left + DAYS_LATE;
    const shift = dutyShift(world, admin, removedOn);
    const ts = calendar.at(removedOn, shift.place.zone, 10 * 60 + chance.int(0, 300)) + chance.int(0, 59) * SECOND;
    const about = {
      role: 'member',
      reason: 'Offboarding',
      leave_date: calendar.dateOf(left),
      team_name: leaver.team.name,
    };
    const user = TARGET_OF.user(leaver);
    return {
      drafts: [...visits, deed(shift, ts, 'team.member_removed', user, about, leaver.team)],
      aftermath: [deed(shift, ts + MINUTE, 'security.sessions_revoked', user, { count: 1, reason: 'Offboarding' })],
      // Ordinary work ends with the leave date; what comes after it is this story.
      departures: new Map([[leaver, calendar.startOf(left + 1)]]),
    };
  },
};
