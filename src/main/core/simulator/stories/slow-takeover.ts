import { GUESSING_TOOL, INTRUDER_BROWSER } from '../agents.ts';
import { HOUR, MINUTE, SECOND } from '../calendar.ts';
import type { Draft } from '../draft.ts';
import { TARGET_OF } from '../estate.ts';
import { DOMAIN } from '../people.ts';
import { actorOf, contextOf, deed, dutyShift } from '../world.ts';
import type { Story } from './story.ts';

const WEEKS_IN_DAYS = 42;
/** Rented machines with three providers, a few visits from each. */
const PLACES = ['194.26.192.71', '141.98.11.84', '5.188.206.19'] as const;
const GUESSED_ON = [0, 1, 3, 4, 6, 8];
const VISITED_ON = [9, 12, 15, 19, 22, 26, 30];

/** Six weeks from the first guess to the day it is noticed: seldom, at night, never twice from where one was expected. */
export const slowTakeover: Story = {
  name: 'slow-takeover',
  title: 'A takeover that takes six weeks: a guess now and then, quiet visits, then a token and the doors open',
  daysNeeded: WEEKS_IN_DAYS + 1,
  tell: ({ world, chronicle, chance, firstDay, lastDay }) => {
    const { calendar, cast, estate } = world;
    const begun = firstDay + Math.floor((lastDay - WEEKS_IN_DAYS - firstDay) / 2);
    const [from, to] = [calendar.startOf(begun), calendar.startOf(begun + WEEKS_IN_DAYS)];
    const here = cast.people.filter(
      (one) =>
        one.part === null && one.role === 'member' && chronicle.employed(one, from) && chronicle.employed(one, to),
    );
    const victim = chance.pick(here.filter((one) => one.team.name === 'Payments API' || one.team.name === 'Platform'));
    const tunnel = chance.pick(estate.tunnelsOf(victim.team));
    const night = (after: number): number =>
      calendar.at(begun + after, victim.office.zone, 60 + chance.int(0, 200)) + chance.int(0, 59) * SECOND;
    const by = (
      ts: number,
      place: string,
      action: string,
      target: Draft['target'],
      metadata: Draft['metadata'],
    ): Draft => ({
      ts,
      action,
      actor: actorOf(victim),
      target,
      context: contextOf(place, INTRUDER_BROWSER, victim.team),
      metadata,
    });
    const guesses = GUESSED_ON.map((after): Draft => {
      const context = contextOf(chance.pick(PLACES), GUESSING_TOOL, null);
      const metadata = { method: 'password', reason: 'invalid_password' };
      return { ts: night(after), action: 'user.login_failed', actor: actorOf(victim), target: null, context, metadata };
    });
    const visits = VISITED_ON.flatMap((after, i) => {
      const [ts, place] = [night(after), PLACES[i % PLACES.length]!];
      const login = by(ts, place, 'user.login', null, { method: 'password', two_factor: false });
      if (i % 2 === 0) return [login];
      const about = { region: 'eu', port: 8080, protocol: 'http' };
      return [login, by(ts + 6 * MINUTE, place, 'tunnel.started', TARGET_OF.tunnel(tunnel), about)];
    });
    const token = { type: 'api_token', id: `token_${chance.hex(10)}`, name: 'nightly-export' };
    const guest = {
      type: 'invitation',
      id: `inv_${chance.hex(8)}`,
      name: `${victim.email.split('@')[0]}@${DOMAIN.replace('alder', 'aIder')}`,
    };
    const [codes, made, opened] = [night(33), night(36), night(40)];
    const [a, b, c] = PLACES;
    const allowed = ['213.22.41.0/24', '207.35.12.0/24'];
    const deeds = [
      by(codes, b, 'user.login', null, { method: 'password', two_factor: false }),
      by(codes + 4 * MINUTE, b, 'security.recovery_codes_regenerated', TARGET_OF.user(victim), { count: 10 }),
      by(made, c, 'user.login', null, { method: 'password', two_factor: true }),
      by(made + 3 * MINUTE, c, 'security.api_token_created', token, {
        token_id: token.id,
        token_name: token.name,
        scopes: ['tunnels:write', 'logs:read'],
        expires_at: null,
      }),
      by(made + 9 * MINUTE, c, 'team.member_invited', guest, { role: 'admin', email: guest.name }),
      by(opened, a, 'user.login', null, { method: 'password', two_factor: true }),
      by(opened + 2 * MINUTE, a, 'tunnel.redaction_rules_changed', TARGET_OF.tunnel(tunnel), {
        before: ['authorization', 'cookie'],
        after: [],
      }),
      by(opened + 5 * MINUTE, a, 'tunnel.ip_allowlist_changed', TARGET_OF.tunnel(tunnel), {
        before: allowed,
        after: ['0.0.0.0/0'],
      }),
      by(opened + 7 * MINUTE, a, 'tunnel.started', TARGET_OF.tunnel(tunnel), {
        region: 'eu',
        port: 5432,
        protocol: 'tcp',
      }),
    ];
    const admin = cast.people.find((one) => one.team.name === 'Security' && one.role === 'admin')!;
    const shift = dutyShift(world, admin, begun + 41);
    const at = Math.max(shift.from + HOUR, opened + HOUR);
    const reason = 'Account taken over, see incident notes';
    const user = TARGET_OF.user(victim);
    const aftermath = [
      deed(shift, at, 'user.password_reset', user, { reason }),
      deed(shift, at + MINUTE, 'security.sessions_revoked', user, { count: 3, reason }),
      deed(shift, at + 3 * MINUTE, 'security.api_token_revoked', token, {
        token_id: token.id,
        token_name: token.name,
        reason,
      }),
      deed(shift, at + 5 * MINUTE, 'tunnel.ip_allowlist_changed', TARGET_OF.tunnel(tunnel), {
        before: ['0.0.0.0/0'],
        after: allowed,
        reason,
      }),
      deed(shift, at + 8 * MINUTE, 'tunnel.stopped', TARGET_OF.tunnel(tunnel), {
        duration_seconds: 25_000,
        requests: 902,
        bytes: 731_044_112,
      }),
      deed(shift, at + 9 * MINUTE, 'team.invitation_revoked', guest, { reason }),
    ];
    return { drafts: [...guesses, ...visits, ...deeds], aftermath };
  },
};
