import { HOUR, MINUTE, SECOND } from '../calendar.ts';
import type { Draft } from '../draft.ts';
import { TARGET_OF } from '../estate.ts';
import { actorOf, contextOf, deed, shiftOf } from '../world.ts';
import { dayNear, onWorkday, type Story } from './story.ts';

const ELSEWHERE = '91.193.75.44';

/** A session is taken over: the intruder acts with the victim's own browser while the victim is at work. */
export const twoPlaces: Story = {
  name: 'two-places',
  title:
    'A session taken over: intruder and victim at work at the same time, with the same browser, from different places',
  daysNeeded: 3,
  tell: (ground) => {
    const { world, chance, chronicle } = ground;
    const { cast, estate } = world;
    const middle = dayNear(ground, 0.75, onWorkday, 2);
    const candidates = [middle, middle + 1].flatMap((day) =>
      chance
        .shuffled(cast.people)
        .filter(
          (one) => one.part === null && one.role !== 'owner' && chronicle.employed(one, world.calendar.startOf(day)),
        )
        .flatMap((one) => {
          const shift = shiftOf(world, one, day);
          return shift === null || shift.place.away ? [] : [shift];
        }),
    );
    const shift = candidates[0]!;
    const { person: victim, habits } = shift;
    const [mine, other] = estate.tunnelsOf(victim.team);
    const whole = (ts: number): number => Math.floor(ts / SECOND) * SECOND;
    const work = [0, 25, 55, 80, 120, 150, 185, 230].map((minutes, i) =>
      deed(
        shift,
        whole(shift.from + HOUR + minutes * MINUTE),
        i === 0 ? 'user.login' : i % 2 === 1 ? 'tunnel.started' : 'tunnel.stopped',
        i === 0 ? null : TARGET_OF.tunnel(other!),
        i === 0 ? { method: 'password', two_factor: true } : { region: 'eu', port: 8080, protocol: 'http' },
      ),
    );
    let ts = whole(shift.from + HOUR + 40 * MINUTE);
    const does = (minutes: number, action: string, target: Draft['target'], metadata: Draft['metadata']): Draft => {
      ts += minutes * MINUTE + chance.int(0, 50) * SECOND;
      return {
        ts,
        action,
        actor: actorOf(victim),
        target,
        context: contextOf(ELSEWHERE, habits.desktop, victim.team),
        metadata,
      };
    };
    const token = { type: 'api_token', id: `token_${chance.hex(10)}`, name: 'laptop-sync' };
    const tunnel = TARGET_OF.tunnel(mine!);
    const allowed = ['203.126.14.0/24', '213.22.41.0/24'];
    const drafts = [
      does(1, 'tunnel.started', tunnel, { region: 'eu', port: 8080, protocol: 'http' }),
      does(6, 'tunnel.request_inspection_changed', tunnel, { from: false, to: true }),
      does(4, 'tunnel.redaction_rules_changed', tunnel, { before: ['authorization', 'cookie'], after: [] }),
      does(22, 'security.api_token_created', token, {
        token_id: token.id,
        token_name: token.name,
        scopes: ['tunnels:read', 'tunnels:write', 'logs:read'],
        expires_at: null,
      }),
      does(9, 'tunnel.ip_allowlist_changed', tunnel, { before: allowed, after: ['0.0.0.0/0'] }),
      does(30, 'tunnel.started', TARGET_OF.tunnel(other!), { region: 'eu', port: 22, protocol: 'tcp' }),
      does(14, 'tunnel.basic_auth_changed', tunnel, { from: true, to: false }),
      does(25, 'security.two_factor_disabled', TARGET_OF.user(victim), { method: 'totp' }),
      does(12, 'security.recovery_codes_regenerated', TARGET_OF.user(victim), { count: 10 }),
      does(8, 'tunnel.stopped', TARGET_OF.tunnel(other!), {
        duration_seconds: 2_900,
        requests: 71,
        bytes: 644_900_112,
      }),
      does(3, 'user.logout', null, {}),
    ];
    const reason = 'Session taken over';
    const at = ts + 2 * HOUR;
    const user = TARGET_OF.user(victim);
    const admin = cast.people.find((one) => one.team.name === 'Security' && one.role === 'admin' && one !== victim)!;
    const duty = {
      ...shift,
      person: admin,
      habits: world.habitsOf(admin),
      place: { ...shift.place, address: admin.office.address },
    };
    const aftermath = [
      deed(duty, at, 'security.sessions_revoked', user, { count: 2, reason }),
      deed(duty, at + MINUTE, 'user.password_reset', user, { reason }),
      deed(duty, at + 4 * MINUTE, 'security.api_token_revoked', token, {
        token_id: token.id,
        token_name: token.name,
        reason,
      }),
      deed(duty, at + 6 * MINUTE, 'tunnel.ip_allowlist_changed', tunnel, {
        before: ['0.0.0.0/0'],
        after: allowed,
        reason,
      }),
      deed(shift, at + 20 * MINUTE, 'security.two_factor_enabled', user, { method: 'totp' }),
    ];
    return { background: work, drafts, aftermath };
  },
};
