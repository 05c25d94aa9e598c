import { HOUR, MINUTE, SECOND } from '../calendar.ts';
import type { Draft } from '../draft.ts';
import { TARGET_OF } from '../estate.ts';
import type { Person } from '../people.ts';
import { deed, dutyShift, moment, systemEvent } from '../world.ts';
import { adminOf, type Happening, onDuty, type State } from './state.ts';

/** Joiners, movers and leavers, and the teams themselves. */
export const TEAMS: readonly Happening[] = [
  { name: 'joiner', perYear: 6, on: 'workday', tell: joiner },
  { name: 'leaver', perYear: 4, on: 'workday', tell: leaver },
  {
    name: 'invitation withdrawn',
    perYear: 4,
    on: 'workday',
    tell: (state, day) => {
      const shift = onDuty(state, day, adminOf(state));
      const email = `candidate-${++state.serial}@example.org`;
      const target = { type: 'invitation', id: `invitation_${state.chance.hex(8)}`, name: email };
      const ts = moment(shift, state.chance, 0.1, 0.6);
      return [
        deed(shift, ts, 'team.member_invited', target, { email, role: 'member' }),
        deed(shift, ts + 2 * HOUR, 'team.invitation_revoked', target, { email, reason: 'Sent to the wrong address' }),
      ];
    },
  },
  { name: 'role changed', perYear: 12, on: 'workday', tell: roleChanged },
  {
    name: 'team for a project',
    perYear: 3,
    on: 'workday',
    tell: (state, day) => {
      const shift = onDuty(state, day, adminOf(state));
      const ts = moment(shift, state.chance);
      const name = `Project ${state.chance.pick(['Heron', 'Tamarind', 'Basalt', 'Juniper'])} ${++state.serial}`;
      const team = { id: `team_${state.chance.hex(9)}`, name, since: ts };
      state.extraTeams.push(team);
      return [deed(shift, ts, 'team.created', TARGET_OF.team(team), { visibility: 'private' })];
    },
  },
  {
    name: 'project over',
    perYear: 2,
    on: 'workday',
    tell: (state, day) => {
      const shift = onDuty(state, day, adminOf(state));
      const ts = moment(shift, state.chance);
      const team = state.extraTeams.shift() ?? { id: `team_${state.chance.hex(9)}`, name: 'Project Marlin' };
      return [deed(shift, ts, 'team.deleted', TARGET_OF.team(team), { reason: 'Project finished' })];
    },
  },
  {
    name: 'team renamed',
    perYear: 2,
    on: 'workday',
    tell: (state, day) => {
      const shift = onDuty(state, day, adminOf(state));
      const { team } = shift.person;
      const ts = moment(shift, state.chance, 0.1, 0.7);
      const other = `${team.name} Group`;
      return [
        deed(shift, ts, 'team.renamed', TARGET_OF.team(team), { from: team.name, to: other }),
        deed(shift, ts + 6 * MINUTE, 'team.renamed', TARGET_OF.team(team), {
          from: other,
          to: team.name,
          reason: 'Not agreed yet',
        }),
      ];
    },
  },
  {
    name: 'team settings',
    perYear: 26,
    on: 'workday',
    tell: (state, day) => {
      const shift = onDuty(state, day, adminOf(state));
      const changed = [state.chance.pick(['default_region', 'description', 'session_lifetime', 'tunnel_naming'])];
      const target = TARGET_OF.team(shift.person.team);
      return [deed(shift, moment(shift, state.chance), 'team.settings_updated', target, { changed })];
    },
  },
  { name: 'lent to another team', perYear: 16, on: 'workday', tell: lent },
  {
    name: 'back from another team',
    perYear: 12,
    on: 'workday',
    tell: (state, day) => {
      const loan = state.guests.shift();
      if (!loan) return lent(state, day);
      const shift = onDuty(state, day, adminOf(state));
      const about = { team_id: loan.team.id, team_name: loan.team.name, role: 'member', reason: 'Back to own team' };
      const { person } = loan;
      return [
        deed(shift, moment(shift, state.chance), 'team.member_removed', TARGET_OF.user(person), about, loan.team),
      ];
    },
  },
  { name: 'ownership handed over', perYear: 1, on: 'workday', tell: handedOver },
];

function joiner(state: State, day: number): readonly Draft[] {
  const person = state.toJoin.shift();
  if (!person) return [];
  const { calendar } = state.world;
  const admin = onDuty(state, day, adminOf(state));
  const invited = moment(admin, state.chance, 0.1, 0.9);
  const target = { type: 'invitation', id: `invitation_${state.chance.hex(8)}`, name: person.email };
  // The next working day leaves room for any two zones.
  const next = calendar.weekday(day) === 5 ? day + 3 : day + 1;
  const own = dutyShift(state.world, person, next);
  const accepted = moment(own, state.chance, 0.1, 0.6);
  state.present.add(person);
  state.employment.set(person, { from: accepted + HOUR, to: Number.POSITIVE_INFINITY });
  const about = { email: person.email, role: 'member' };
  const added = { role: 'member', team_id: person.team.id, team_name: person.team.name, invited_by: admin.person.id };
  return [
    deed(admin, invited, 'team.member_invited', target, about, person.team),
    deed(own, accepted, 'team.invitation_accepted', target, about),
    systemEvent(accepted + 2 * SECOND, 'team.member_added', TARGET_OF.user(person), added, person.team),
  ];
}

// An ordinary departure: access ends on the last day, within the hour.
function leaver(state: State, day: number): readonly Draft[] {
  const may = (person: Person) =>
    person.part === null && state.roles.get(person) === 'member' && !state.employment.has(person);
  const candidates = [...state.present].filter(may);
  if (candidates.length === 0) return [];
  const person = state.chance.pick(candidates);
  const admin = onDuty(state, day, adminOf(state));
  const ts = moment(admin, state.chance, 0.6, 0.9);
  state.present.delete(person);
  state.employment.set(person, { from: Number.NEGATIVE_INFINITY, to: Math.min(ts, state.world.calendar.startOf(day)) });
  const leaveDate = state.world.calendar.dateOf(day);
  const about = { role: 'member', reason: 'Offboarding', leave_date: leaveDate, team_name: person.team.name };
  const tokens = state.tokens.filter((token) => token.owner === person);
  const revoked = tokens.map((token, i) => {
    state.tokens.splice(state.tokens.indexOf(token), 1);
    const target = { type: 'api_token', id: token.id, name: token.name };
    const what = { token_id: token.id, token_name: token.name, reason: 'Owner left' };
    return deed(admin, ts + (2 + i) * MINUTE, 'security.api_token_revoked', target, what);
  });
  return [
    deed(admin, ts, 'team.member_removed', TARGET_OF.user(person), about, person.team),
    deed(admin, ts + MINUTE, 'security.sessions_revoked', TARGET_OF.user(person), { count: 2, reason: 'Offboarding' }),
    ...revoked,
  ];
}

function roleChanged(state: State, day: number): readonly Draft[] {
  const admin = onDuty(state, day, adminOf(state));
  const ordinary = [...state.present].filter(
    (person) => person.part === null && person !== admin.person && person.role === 'member',
  );
  if (ordinary.length === 0) return [];
  const person = state.chance.pick(ordinary);
  const from = state.roles.get(person) ?? 'member';
  const to = from === 'member' ? 'admin' : 'member';
  state.roles.set(person, to);
  const reason = to === 'admin' ? 'Covers for the team lead' : 'Cover is over';
  const about = { from, to, reason };
  const ts = moment(admin, state.chance, 0.2, 0.8);
  return [deed(admin, ts, 'team.member_role_changed', TARGET_OF.user(person), about, person.team)];
}

function lent(state: State, day: number): readonly Draft[] {
  const shift = onDuty(state, day, adminOf(state));
  const person = state.chance.pick([...state.present].filter((other) => other.part === null && other !== shift.person));
  const team = state.chance.pick(state.world.cast.teams.filter((other) => other !== person.team));
  if (state.guests.some((loan) => loan.person === person && loan.team === team)) return [];
  state.guests.push({ person, team });
  const about = { team_id: team.id, team_name: team.name, role: 'member', reason: 'Helps out this month' };
  return [deed(shift, moment(shift, state.chance), 'team.member_added', TARGET_OF.user(person), about, team)];
}

function handedOver(state: State, day: number): readonly Draft[] {
  const owner = [...state.present].find((person) => state.roles.get(person) === 'owner');
  const heir = [...state.present].find((person) => state.roles.get(person) === 'admin' && person.part === null);
  if (!owner || !heir) return [];
  state.roles.set(owner, 'admin');
  state.roles.set(heir, 'owner');
  const shift = dutyShift(state.world, owner, day);
  const { organisation } = state.world.estate;
  const target = { type: 'organization', id: organisation.id, name: organisation.name };
  const name = { from_name: owner.name, to_name: heir.name };
  const about = { from: owner.id, to: heir.id, ...name, reason: 'Agreed by the board', announced_days: 14 };
  return [deed(shift, moment(shift, state.chance), 'organization.owner_transferred', target, about, null)];
}
