import { MINUTE, SECOND } from '../calendar.ts';
import { TARGET_OF } from '../estate.ts';
import { inPart } from '../people.ts';
import { deed, dutyShift } from '../world.ts';
import { dayNear, onWorkday, type Story } from './story.ts';

/** An admin makes himself owner in the evening, uses it, and puts things back. */
export const selfGrant: Story = {
  name: 'self-grant',
  title: 'An admin grants himself the owner role, uses it, and takes it back',
  daysNeeded: 1,
  tell: (ground) => {
    const { world, chance } = ground;
    const admin = inPart(world.cast, 'self-granter');
    const day = dayNear(ground, 0.65, onWorkday);
    const shift = dutyShift(world, admin, day);
    const evening = world.calendar.at(day, admin.office.zone, 18 * 60 + chance.int(5, 25));
    const ts = evening + chance.int(0, 59) * SECOND;
    const user = TARGET_OF.user(admin);
    const other = world.cast.teams.find((team) => team.name === 'Security')!;
    const tunnel = world.estate.tunnelsOf(other)[0]!;
    return {
      drafts: [
        deed(shift, ts, 'team.member_role_changed', user, { from: 'admin', to: 'owner' }, null),
        deed(shift, ts + 3 * MINUTE, 'tunnel.redaction_rules_changed', TARGET_OF.tunnel(tunnel), {
          before: ['authorization', 'cookie'],
          after: [],
        }),
        deed(shift, ts + 4 * MINUTE, 'tunnel.request_inspection_changed', TARGET_OF.tunnel(tunnel), {
          from: false,
          to: true,
        }),
        deed(shift, ts + 21 * MINUTE, 'team.member_role_changed', user, { from: 'owner', to: 'admin' }, null),
      ],
    };
  },
};
