import { GUESSING_TOOL, INTRUDER_BROWSER } from '../agents.ts';
import { HOUR, MINUTE, SECOND } from '../calendar.ts';
import type { Draft } from '../draft.ts';
import { TARGET_OF } from '../estate.ts';
import { inPart } from '../people.ts';
import { actorOf, contextOf, deed, dutyShift } from '../world.ts';
import { dayNear, onWorkday, type Story } from './story.ts';

const INTRUDER = '185.220.101.47';
const GUESSES = 38;

/** Guessing until a password fits, at night; then what an intruder does to stay and to let others in. */
export const bruteForceTakeover: Story = {
  name: 'brute-force-takeover',
  title: 'A brute force that succeeds: a token at night, an allow-list opened to the world, a tunnel started',
  daysNeeded: 2,
  tell: (ground) => {
    const { world, chance } = ground;
    const victim = inPart(world.cast, 'victim');
    const { calendar, estate } = world;
    const day = dayNear(ground, 0.45, onWorkday, 1);
    const tunnel = estate.tunnelsOf(victim.team)[0]!;
    let ts = calendar.at(day, victim.office.zone, 2 * 60 + chance.int(5, 50));
    const at = (seconds: number) => {
      ts += seconds * SECOND;
      return ts;
    };
    const does = (seconds: number, action: string, target: Draft['target'], metadata: Draft['metadata']): Draft => {
      const context = contextOf(INTRUDER, INTRUDER_BROWSER, victim.team);
      return { ts: at(seconds), action, actor: actorOf(victim), target, context, metadata };
    };

    const guesses = Array.from({ length: GUESSES }, (): Draft => {
      const context = contextOf(INTRUDER, GUESSING_TOOL, null);
      const metadata = { method: 'password', reason: 'invalid_password' };
      return {
        ts: at(chance.int(8, 27)),
        action: 'user.login_failed',
        actor: actorOf(victim),
        target: null,
        context,
        metadata,
      };
    });
    const token = { id: `token_${chance.hex(10)}`, name: 'backup-sync' };
    const tokenTarget = { type: 'api_token', id: token.id, name: token.name };
    const scopes = ['tunnels:read', 'tunnels:write', 'domains:write', 'logs:read'];
    const others = world.cast.people.filter((person) => person.role !== 'member' && person !== victim).slice(0, 3);
    const before = ['213.22.41.0/24', '207.35.12.0/24', '203.126.14.0/24'];
    const drafts = [
      ...guesses,
      does(14, 'user.login', null, { method: 'password', two_factor: false }),
      {
        ts: at(2),
        action: 'security.unusual_login_location',
        actor: null,
        target: TARGET_OF.user(victim),
        context: null,
        metadata: { user_id: victim.id, email: victim.email, address: INTRUDER, location: 'Unknown' },
      },
      does(190, 'security.api_token_created', tokenTarget, {
        token_id: token.id,
        token_name: token.name,
        scopes,
        expires_at: null,
      }),
      does(140, 'tunnel.ip_allowlist_changed', TARGET_OF.tunnel(tunnel), { before, after: ['0.0.0.0/0'] }),
      does(75, 'tunnel.started', TARGET_OF.tunnel(tunnel), { region: 'eu', port: 5432, protocol: 'tcp' }),
      ...others.map((person) => does(20, 'security.sessions_revoked', TARGET_OF.user(person), { count: 2 })),
      does(1500, 'tunnel.stopped', TARGET_OF.tunnel(tunnel), {
        duration_seconds: 1560,
        requests: 214,
        bytes: 1_874_330_112,
      }),
    ];

    // Hours later a colleague notices, and closes what was opened.
    const colleague = world.cast.people.find((person) => person.team.name === 'Security' && person.role === 'admin')!;
    const shift = dutyShift(world, colleague, day);
    const noticed = Math.max(shift.from + HOUR, ts + HOUR);
    const reason = 'Account taken over, see incident notes';
    const aftermath = [
      deed(shift, noticed, 'security.sessions_revoked', TARGET_OF.user(victim), { count: 4, reason }),
      deed(shift, noticed + 3 * MINUTE, 'security.api_token_revoked', tokenTarget, {
        token_id: token.id,
        token_name: token.name,
        reason,
      }),
      deed(shift, noticed + 6 * MINUTE, 'tunnel.ip_allowlist_changed', TARGET_OF.tunnel(tunnel), {
        before: ['0.0.0.0/0'],
        after: before,
        reason,
      }),
    ];
    return { drafts, aftermath };
  },
};
