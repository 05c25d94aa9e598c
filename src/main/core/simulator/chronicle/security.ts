import { HOUR, MINUTE, SECOND } from '../calendar.ts';
import type { Draft } from '../draft.ts';
import { TARGET_OF } from '../estate.ts';
import { DOMAIN } from '../people.ts';
import { actorOf, contextOf, deed, moment, systemEvent } from '../world.ts';
import { type Happening, newToken, onDuty, SCOPES, type State } from './state.ts';

const REVOCATION_REASONS = ['Laptop replaced', 'Rotation', 'No longer used', 'Job moved to another runner'];

/** Passwords, second factors, sessions, tokens and profiles, at the pace of sixty careful people. */
export const SECURITY: readonly Happening[] = [
  {
    name: 'password changed',
    perYear: 60,
    on: 'workday',
    tell: (state, day) => {
      const shift = onDuty(state, day);
      const how = { method: 'settings', other_sessions_revoked: state.chance.chance(0.5) };
      return [deed(shift, moment(shift, state.chance), 'user.password_changed', null, how)];
    },
  },
  { name: 'password forgotten', perYear: 24, on: 'workday', tell: forgotten },
  {
    name: 'second factor set up',
    perYear: 24,
    on: 'workday',
    tell: (state, day) => {
      const shift = onDuty(state, day);
      const method = state.chance.pick(['totp', 'webauthn']);
      return [deed(shift, moment(shift, state.chance), 'security.two_factor_enabled', null, { method })];
    },
  },
  {
    name: 'new phone',
    perYear: 8,
    on: 'workday',
    tell: (state, day) => {
      const shift = onDuty(state, day);
      const ts = moment(shift, state.chance, 0.1, 0.8);
      return [
        deed(shift, ts, 'security.two_factor_disabled', null, { method: 'totp', reason: 'New phone' }),
        deed(shift, ts + 4 * MINUTE, 'security.two_factor_enabled', null, { method: 'totp' }),
        deed(shift, ts + 5 * MINUTE, 'security.recovery_codes_regenerated', null, { codes: 8 }),
      ];
    },
  },
  {
    name: 'recovery codes',
    perYear: 10,
    on: 'workday',
    tell: (state, day) => {
      const shift = onDuty(state, day);
      return [deed(shift, moment(shift, state.chance), 'security.recovery_codes_regenerated', null, { codes: 8 })];
    },
  },
  {
    name: 'own sessions revoked',
    perYear: 12,
    on: 'workday',
    tell: (state, day) => {
      const shift = onDuty(state, day);
      const about = { count: state.chance.int(1, 3), reason: 'Signed out of other devices' };
      return [
        deed(shift, moment(shift, state.chance), 'security.sessions_revoked', TARGET_OF.user(shift.person), about),
      ];
    },
  },
  {
    name: 'token created',
    perYear: 45,
    on: 'workday',
    tell: (state, day) => {
      const shift = onDuty(state, day);
      const token = newToken(state, shift.person);
      state.tokens.push(token);
      const target = { type: 'api_token', id: token.id, name: token.name };
      const expires = state.world.calendar.dateOf(day + 90);
      const about = { token_id: token.id, token_name: token.name, scopes: token.scopes, expires_at: expires };
      return [deed(shift, moment(shift, state.chance), 'security.api_token_created', target, about)];
    },
  },
  {
    name: 'token revoked',
    perYear: 36,
    on: 'workday',
    tell: (state, day) => {
      const at = state.chance.int(0, state.tokens.length - 1);
      const [token] = state.tokens.splice(at, 1);
      if (!token) return [];
      const shift = onDuty(state, day, (person) => person === token.owner);
      const about = { token_id: token.id, token_name: token.name, reason: state.chance.pick(REVOCATION_REASONS) };
      const target = { type: 'api_token', id: token.id, name: token.name };
      return [deed(shift, moment(shift, state.chance), 'security.api_token_revoked', target, about)];
    },
  },
  {
    name: 'token scopes changed',
    perYear: 10,
    on: 'workday',
    tell: (state, day) => {
      if (state.tokens.length === 0) return [];
      const token = state.chance.pick(state.tokens);
      const from = token.scopes;
      token.scopes = state.chance.shuffled(SCOPES).slice(0, state.chance.int(1, 3)).sort();
      const shift = onDuty(state, day, (person) => person === token.owner);
      const target = { type: 'api_token', id: token.id, name: token.name };
      const about = { token_id: token.id, from, to: token.scopes };
      return [deed(shift, moment(shift, state.chance), 'security.api_token_scopes_changed', target, about)];
    },
  },
  { name: 'traveller noticed', perYear: 10, on: 'workday', tell: traveller },
  { name: 'locked out', perYear: 3, on: 'workday', tell: lockedOut },
  {
    name: 'expired token used',
    perYear: 18,
    on: 'any day',
    tell: (state, day) => {
      const service = state.chance.pick(state.world.cast.services);
      const ts = state.world.calendar.startOf(day) + state.chance.int(0, 86_300) * SECOND;
      const context = contextOf('198.18.0.21', 'jetty-cli/1.9.4 (linux; php 8.3; ci)', service.team);
      const metadata = { reason: 'token_expired', guard: 'api' };
      return [{ ts, action: 'auth.failed', actor: actorOf(service), target: null, context, metadata }];
    },
  },
  { name: 'stray attempt', perYear: 70, on: 'any day', tell: stray },
  {
    name: 'profile updated',
    perYear: 100,
    on: 'workday',
    tell: (state, day) => {
      const shift = onDuty(state, day);
      const changed = [state.chance.pick(['name', 'avatar', 'notification_preferences', 'notification_preferences'])];
      return [deed(shift, moment(shift, state.chance), 'user.updated', TARGET_OF.user(shift.person), { changed })];
    },
  },
  {
    name: 'e-mail changed',
    perYear: 5,
    on: 'workday',
    tell: (state, day) => {
      const shift = onDuty(state, day);
      const from = shift.person.email.replace('@', '.old@');
      const about = { from, to: shift.person.email, verified: true };
      return [deed(shift, moment(shift, state.chance), 'user.email_changed', TARGET_OF.user(shift.person), about)];
    },
  },
];

function forgotten(state: State, day: number): readonly Draft[] {
  const { chance } = state;
  const shift = onDuty(
    state,
    day,
    (person) => state.world.habitsOf(person).method === 'password' && person.part === null,
  );
  const ts = moment(shift, chance, 0.02, 0.3);
  const tries = chance.int(2, 3);
  const failures = Array.from({ length: tries }, (_, i) =>
    deed(shift, ts + i * 20 * SECOND, 'user.login_failed', null, { method: 'password', reason: 'invalid_password' }),
  );
  const reset = ts + tries * 20 * SECOND + 2 * MINUTE;
  return [
    ...failures,
    deed(shift, reset, 'user.password_reset', TARGET_OF.user(shift.person), { method: 'email_link' }),
    deed(shift, reset + 30 * SECOND, 'user.login', null, { method: 'password', two_factor: shift.habits.twoFactor }),
  ];
}

// The product's own guess. Mostly somebody on a journey, or a provider that has handed out a new address.
function traveller(state: State, day: number): readonly Draft[] {
  const { chance } = state;
  const usual = onDuty(state, day, (person) => person.part === null);
  const { person, habits } = usual;
  const place = usual.place.away ? usual.place : { ...usual.place, address: habits.home(day) };
  const shift = { ...usual, place };
  const ts = moment(shift, chance, 0.1, 0.6);
  const about = {
    user_id: person.id,
    email: person.email,
    address: place.address,
    location: place.city,
    reason: place.away ? 'new_country' : 'new_network',
  };
  return [
    deed(shift, ts, 'user.login', null, { method: habits.method, two_factor: habits.twoFactor }),
    systemEvent(ts + 2 * SECOND, 'security.unusual_login_location', TARGET_OF.user(person), about),
  ];
}

function lockedOut(state: State, day: number): readonly Draft[] {
  const { chance } = state;
  const shift = onDuty(
    state,
    day,
    (person) => state.world.habitsOf(person).method === 'password' && person.part === null,
  );
  const ts = moment(shift, chance, 0.02, 0.2);
  const failures = Array.from({ length: 5 }, (_, i) =>
    deed(shift, ts + i * 15 * SECOND, 'user.login_failed', null, { method: 'password', reason: 'invalid_password' }),
  );
  const about = { attempts: 5, minutes: 15 };
  return [
    ...failures,
    systemEvent(ts + 76 * SECOND, 'security.account_locked', TARGET_OF.user(shift.person), about),
    deed(shift, ts + 40 * MINUTE, 'user.password_reset', TARGET_OF.user(shift.person), { method: 'email_link' }),
    deed(shift, ts + 41 * MINUTE, 'user.login', null, { method: 'password', two_factor: shift.habits.twoFactor }),
  ];
}

// Somebody, somewhere, mistypes an address that is not even an account here. One at a time, from nowhere in particular.
function stray(state: State, day: number): readonly Draft[] {
  const { chance } = state;
  const ts = state.world.calendar.startOf(day) + chance.int(0, 24 * (HOUR / SECOND) - 1) * SECOND;
  const email = `${chance.pick(['info', 'office', 'test', 'hello', 'it', 'support'])}@${DOMAIN}`;
  const address = `198.19.${chance.int(0, 255)}.${chance.int(1, 254)}`;
  const target = { type: 'user', id: null, name: email };
  const context = contextOf(address, chance.pick(['curl/8.14.1', 'Go-http-client/2.0']), null);
  return [
    { ts, action: 'user.login_failed', actor: null, target, context, metadata: { email, reason: 'unknown_user' } },
  ];
}
