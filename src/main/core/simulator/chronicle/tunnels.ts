import { HOUR, MINUTE, SECOND } from '../calendar.ts';
import type { Draft } from '../draft.ts';
import { TARGET_OF, tunnelHost } from '../estate.ts';
import { deed, moment, type Shift, systemEvent } from '../world.ts';
import { type Domain, type Happening, newDomain, newSubdomain, onDuty, type State } from './state.ts';

const OFFICE_RANGES = ['213.22.41.0/24', '207.35.12.0/24', '203.126.14.0/24'] as const;

/** Names, certificates and the guards of tunnels; the daily starting and stopping is elsewhere. */
export const TUNNELS: readonly Happening[] = [
  {
    name: 'subdomain reserved',
    perYear: 30,
    on: 'workday',
    tell: (state, day) => {
      const shift = onDuty(state, day);
      const subdomain = newSubdomain(state, shift.person.team);
      state.subdomains.push(subdomain);
      return [deed(shift, moment(shift, state.chance), 'tunnel.subdomain_reserved', subdomainTarget(subdomain), {})];
    },
  },
  {
    name: 'subdomain released',
    perYear: 20,
    on: 'workday',
    tell: (state, day) => {
      const subdomain = state.subdomains.shift();
      if (!subdomain) return [];
      const shift = onDuty(state, day, (person) => person.team === subdomain.team);
      const about = { reason: state.chance.pick(['No longer needed', 'Renamed', 'Project finished']) };
      return [deed(shift, moment(shift, state.chance), 'tunnel.subdomain_released', subdomainTarget(subdomain), about)];
    },
  },
  {
    name: 'subdomain assigned',
    perYear: 36,
    on: 'workday',
    tell: (state, day) => {
      if (state.subdomains.length === 0) return [];
      const subdomain = state.chance.pick(state.subdomains);
      const shift = onDuty(state, day, (person) => person.team === subdomain.team);
      const tunnel = state.chance.pick(state.world.estate.tunnelsOf(subdomain.team));
      const about = { tunnel_id: tunnel.id, tunnel_name: tunnel.name };
      return [deed(shift, moment(shift, state.chance), 'tunnel.subdomain_assigned', subdomainTarget(subdomain), about)];
    },
  },
  {
    name: 'subdomain removed',
    perYear: 24,
    on: 'workday',
    tell: (state, day) => {
      if (state.subdomains.length === 0) return [];
      const subdomain = state.chance.pick(state.subdomains);
      const shift = onDuty(state, day, (person) => person.team === subdomain.team);
      const tunnel = state.chance.pick(state.world.estate.tunnelsOf(subdomain.team));
      const about = { tunnel_id: tunnel.id, tunnel_name: tunnel.name };
      return [deed(shift, moment(shift, state.chance), 'tunnel.subdomain_removed', subdomainTarget(subdomain), about)];
    },
  },
  { name: 'custom domain added', perYear: 10, on: 'workday', tell: domainAdded },
  {
    name: 'custom domain removed',
    perYear: 6,
    on: 'workday',
    tell: (state, day) => {
      const domain = state.domains.shift();
      if (!domain) return [];
      const shift = onDuty(state, day, (person) => person.team === domain.team);
      const about = { reason: state.chance.pick(['Customer moved', 'Registration ended', 'Replaced']) };
      return [deed(shift, moment(shift, state.chance), 'tunnel.custom_domain_removed', domainTarget(domain), about)];
    },
  },
  {
    name: 'custom domain settings',
    perYear: 14,
    on: 'workday',
    tell: (state, day) => {
      if (state.domains.length === 0) return [];
      const domain = state.chance.pick(state.domains);
      const shift = onDuty(state, day, (person) => person.team === domain.team);
      const changed = [state.chance.pick(['force_https', 'redirect', 'hsts'])];
      return [
        deed(shift, moment(shift, state.chance), 'tunnel.custom_domain_updated', domainTarget(domain), { changed }),
      ];
    },
  },
  {
    name: 'certificate renewed',
    perYear: 70,
    on: 'any day',
    tell: (state, day) => {
      if (state.domains.length === 0) return [];
      const domain = state.chance.pick(state.domains);
      const ts = state.world.calendar.startOf(day) + 3 * HOUR + state.chance.int(0, 5400) * SECOND;
      const about = { authority: 'ACME test authority', valid_until: state.world.calendar.dateOf(day + 90) };
      return [systemEvent(ts, 'tunnel.certificate_renewed', domainTarget(domain), about, domain.team)];
    },
  },
  guard('basic auth', 20, 'tunnel.basic_auth_changed', (state) => {
    const user = state.chance.pick(['preview', 'client', 'qa']);
    return { enabled: true, users_before: [user], users_after: [user, `${user}-2`] };
  }),
  guard('allow-list', 24, 'tunnel.ip_allowlist_changed', (state) => {
    const customer = `198.51.100.${state.chance.int(1, 254)}/32`;
    const lists = [[...OFFICE_RANGES], [...OFFICE_RANGES, customer]] as const;
    const [before, after] = state.chance.chance(0.5) ? lists : [lists[1], lists[0]];
    return { before, after, reason: state.chance.pick(['Customer test', 'Customer test over', 'New partner']) };
  }),
  guard('request inspection', 26, 'tunnel.request_inspection_changed', (state) => {
    const enabled = state.chance.chance(0.6);
    return { from: !enabled, to: enabled, reason: 'Debugging a webhook' };
  }),
  guard('redaction rules', 18, 'tunnel.redaction_rules_changed', (state) => {
    const before = ['authorization', 'cookie'];
    return { before, after: [...before, state.chance.pick(['x-api-key', 'set-cookie', 'x-signature'])] };
  }),
];

// A change to what protects a tunnel, made by somebody of the team that owns it.
function guard(name: string, perYear: number, action: string, about: (state: State) => Draft['metadata']): Happening {
  return {
    name,
    perYear,
    on: 'workday',
    tell: (state, day) => {
      const shift = onDuty(state, day);
      const tunnel = state.chance.pick(state.world.estate.tunnelsOf(shift.person.team));
      return [deed(shift, moment(shift, state.chance), action, TARGET_OF.tunnel(tunnel), about(state))];
    },
  };
}

function domainAdded(state: State, day: number): readonly Draft[] {
  const shift: Shift = onDuty(state, day);
  const domain = newDomain(state, shift.person.team);
  state.domains.push(domain);
  const ts = moment(shift, state.chance, 0.1, 0.7);
  const target = domainTarget(domain);
  const valid = { authority: 'ACME test authority', valid_until: state.world.calendar.dateOf(day + 90) };
  return [
    deed(shift, ts, 'tunnel.custom_domain_added', target, { cname: tunnelHost('edge') }),
    deed(shift, ts + 25 * MINUTE, 'tunnel.custom_domain_verified', target, { record: 'TXT' }),
    systemEvent(ts + 26 * MINUTE, 'tunnel.certificate_issued', target, valid, domain.team),
  ];
}

function domainTarget(domain: Domain): { type: string; id: string; name: string } {
  return { type: 'domain', id: domain.id, name: domain.name };
}

function subdomainTarget(subdomain: { id: string; label: string }): { type: string; id: string; name: string } {
  return { type: 'subdomain', id: subdomain.id, name: tunnelHost(subdomain.label) };
}
