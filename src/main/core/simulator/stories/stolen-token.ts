import { BUILD_CLIENT } from '../agents.ts';
import { HOUR, MINUTE, SECOND } from '../calendar.ts';
import type { Draft } from '../draft.ts';
import { TARGET_OF, tunnelHost, tunnelId } from '../estate.ts';
import { BUILD_NETWORK } from '../offices.ts';
import { contextOf, deed, dutyShift } from '../world.ts';
import { dayNear, onWorkday, type Story } from './story.ts';

const USED_BEFORE = 18;
const STOLEN_FOR = 3;
const ELSEWHERE = ['103.253.145.22', '146.70.84.130'] as const;
const TOOL = 'curl/8.5.0';

/** A build's token is taken, and used from elsewhere beside the builds: nobody signs in. */
export const stolenToken: Story = {
  name: 'stolen-token',
  title: 'A stolen token: no sign-in, a build’s credential used from elsewhere while the builds go on',
  daysNeeded: USED_BEFORE + STOLEN_FOR + 2,
  tell: (ground) => {
    const { world, chance, chronicle } = ground;
    const { calendar, cast, estate } = world;
    const day = Math.max(dayNear(ground, 0.3, onWorkday, STOLEN_FOR + 1), ground.firstDay + USED_BEFORE + 1);
    const owner = chance.pick(
      cast.people.filter(
        (one) =>
          one.part === null &&
          one.team.name === 'Platform' &&
          chronicle.employed(one, calendar.startOf(day - USED_BEFORE - 1)),
      ),
    );
    const made = dutyShift(world, owner, day - USED_BEFORE - 1);
    const token = { type: 'api_token', id: `token_${chance.hex(10)}`, name: `ci-deploy-${chance.int(2, 9)}` };
    const actor = { id: token.id, name: token.name, email: null };
    const tunnel = estate.tunnelsOf(owner.team)[1]!;
    const use = (
      ts: number,
      place: string,
      agent: string,
      action: string,
      target: Draft['target'],
      metadata: Draft['metadata'],
    ): Draft => ({
      ts: Math.floor(ts / SECOND) * SECOND,
      action,
      actor,
      target,
      context: contextOf(place, agent, owner.team),
      metadata,
    });
    const started = { region: 'eu', port: 8080, protocol: 'http' };
    const stopped = { duration_seconds: 240, requests: 31, bytes: 88_120 };
    const builds = Array.from({ length: USED_BEFORE + STOLEN_FOR }, (_, i) => {
      const ts = calendar.startOf(day - USED_BEFORE + i) + chance.int(5 * 60, 20 * 60) * MINUTE;
      const place = `${BUILD_NETWORK}.${chance.int(10, 40)}`;
      return [
        use(ts, place, BUILD_CLIENT, 'tunnel.started', TARGET_OF.tunnel(tunnel), started),
        use(ts + 4 * MINUTE, place, BUILD_CLIENT, 'tunnel.stopped', TARGET_OF.tunnel(tunnel), stopped),
      ];
    }).flat();
    const about = { token_id: token.id, token_name: token.name };
    const background = [
      deed(made, made.from + HOUR, 'security.api_token_created', token, {
        ...about,
        scopes: ['tunnels:write'],
        expires_at: calendar.dateOf(day + 60),
      }),
      ...builds,
    ];
    const [here, there] = ELSEWHERE;
    const evil = { type: 'tunnel', id: tunnelId(chance), name: tunnelHost(`relay-${chance.hex(4)}`) };
    const second = { type: 'api_token', id: `token_${chance.hex(10)}`, name: 'ci-deploy-backup' };
    const t = (after: number, minute: number) => calendar.startOf(day + after) + (minute + chance.int(0, 40)) * MINUTE;
    const [first, next, last] = [t(0, 60), t(1, 700), t(2, 120)];
    const allowed = ['213.22.41.0/24'];
    const drafts = [
      use(first, here, TOOL, 'tunnel.started', TARGET_OF.tunnel(tunnel), started),
      use(first + 2 * MINUTE, here, TOOL, 'tunnel.stopped', TARGET_OF.tunnel(tunnel), stopped),
      use(first + 20 * MINUTE, here, TOOL, 'tunnel.created', evil, { region: 'eu', protocol: 'tcp' }),
      use(first + 21 * MINUTE, here, TOOL, 'tunnel.started', evil, { region: 'eu', port: 22, protocol: 'tcp' }),
      use(next, here, TOOL, 'security.api_token_created', second, {
        token_id: second.id,
        token_name: second.name,
        scopes: ['tunnels:write', 'domains:write'],
        expires_at: null,
      }),
      use(next + 6 * MINUTE, here, TOOL, 'tunnel.ip_allowlist_changed', TARGET_OF.tunnel(tunnel), {
        before: allowed,
        after: ['0.0.0.0/0'],
      }),
      use(next + 12 * MINUTE, here, TOOL, 'tunnel.request_inspection_changed', TARGET_OF.tunnel(tunnel), {
        from: false,
        to: true,
      }),
      {
        ...use(last, there, TOOL, 'tunnel.started', evil, { region: 'eu', port: 5432, protocol: 'tcp' }),
        actor: { id: second.id, name: second.name, email: null },
      },
      {
        ...use(last + 50 * MINUTE, there, TOOL, 'tunnel.stopped', evil, stopped),
        actor: { id: second.id, name: second.name, email: null },
      },
      use(last + 55 * MINUTE, there, TOOL, 'tunnel.started', TARGET_OF.tunnel(tunnel), started),
    ];
    const admin = cast.people.find((one) => one.team.name === 'Security' && one.role === 'admin')!;
    const shift = dutyShift(world, admin, day + STOLEN_FOR);
    const at = Math.max(shift.from + 2 * HOUR, last + 2 * HOUR);
    const reason = 'Credential leaked in a build log';
    const aftermath = [
      deed(shift, at, 'security.api_token_revoked', token, { ...about, reason }),
      deed(shift, at + 2 * MINUTE, 'security.api_token_revoked', second, {
        token_id: second.id,
        token_name: second.name,
        reason,
      }),
      deed(shift, at + 4 * MINUTE, 'tunnel.deleted', evil, { reason }),
      deed(shift, at + 6 * MINUTE, 'tunnel.ip_allowlist_changed', TARGET_OF.tunnel(tunnel), {
        before: ['0.0.0.0/0'],
        after: allowed,
        reason,
      }),
    ];
    return { background, drafts, aftermath };
  },
};
