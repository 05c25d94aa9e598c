import { type Random, randomFor } from '../../../src/main/core/simulator/random.ts';
import { knownActions } from '../../../src/shared/action.ts';

// The people, places and things of a large organisation, each already as JSON text: 2,000 actors, 78 actions, 11,400
// targets, 20,000 addresses, 60 user agents, 8 teams.

/** One who acts, with what goes along: the team, a few addresses, two devices. */
export type Person = {
  readonly json: string;
  readonly email: string;
  readonly team: string;
  readonly addresses: readonly string[];
  readonly agents: readonly string[];
};

/** An action with the kind of thing it is done to. */
export type Deed = { readonly action: string; readonly targetType: string | null };

export type Pools = {
  readonly people: readonly Person[];
  readonly deeds: readonly Deed[];
  readonly strangers: readonly string[];
  readonly targets: Readonly<Record<string, readonly string[]>>;
  readonly teams: readonly string[];
};

export const TEAM_IDS = ['eng', 'platform', 'data', 'sales', 'support', 'finance', 'security', 'design'].map(
  (name) => `team_${name}0`,
);
const PEOPLE = 2_000;
const ADDRESSES = 20_000;
const AGENTS = 60;
const ACTIONS = 78;
const FIRST =
  'Alice Bruno Chloé Dimitri Eva Farid Grace Hugo Inês Jonas Kavya Łukasz Mei Nora Omar Priya Quinn Rosa Søren Tariq Uma Viktor Wanda Xiu Yara Zoë'.split(
    ' ',
  );
const LAST =
  'Almeida Berg Chen Duarte Eriksen Fischer García Haddad Ivanov Jensen Kowalski Lindqvist Müller Novak Okafor Petrov Quist Rossi Santos Tanaka Ueda Varga Wagner Xu Yilmaz Zhang'.split(
    ' ',
  );
const HOSTS = 'api web admin docs auth billing checkout search mobile reports gateway metrics'.split(' ');
const STAGES = 'staging preview demo qa canary sandbox'.split(' ');
// What is done all day comes first; the rest follows, ever rarer.
const DAILY = [
  ...['tunnel.started', 'user.login', 'tunnel.stopped', 'tunnel.created', 'tunnel.deleted', 'user.logout'],
  ...['tunnel.settings_updated', 'user.login_failed', 'security.api_token_created', 'team.member_added'],
];
const UNHEARD_OF =
  'webhook.created webhook.deleted edge.region_added edge.region_removed report.viewed policy.acknowledged device.enrolled device.retired service_account.created plan.limit_reached audit_log.exported integration.connected integration.removed agent.upgraded agent.crashed quota.raised quota.lowered feature.enabled feature.disabled label.added'.split(
    ' ',
  );
const BROWSERS = ['Chrome/141.0.7390.55', 'Firefox/143.0.1', 'Edg/141.0.3537.57', 'Safari/605.1.15', 'jetty-cli/2.8.1'];
const SYSTEMS = [
  'Macintosh; Intel Mac OS X 10_15_7',
  'Windows NT 10.0; Win64; x64',
  'X11; Linux x86_64',
  'iPhone; CPU iPhone OS 18_6 like Mac OS X',
];

export function makePools(seed: number): Pools {
  const lot = randomFor(seed, 'pools');
  const addresses = Array.from({ length: ADDRESSES }, (_, i) => addressOf(i));
  const agents = Array.from({ length: AGENTS }, (_, i) => JSON.stringify(agentOf(i)));
  const people = Array.from({ length: PEOPLE }, (_, i) => personOf(i, lot, addresses, agents));
  return {
    people,
    deeds: deedsOf(),
    strangers: addresses,
    teams: TEAM_IDS.map(teamJson),
    targets: {
      tunnel: numbered(8_000, (i) => ({ type: 'tunnel', id: `tunnel_${code(i)}`, name: hostOf(i) })),
      user: numbered(PEOPLE, (i) => ({ type: 'user', id: `user_${code(i)}`, name: nameOf(i) })),
      token: numbered(900, (i) => ({ type: 'api_token', id: `tok_${code(i)}`, name: `ci-${HOSTS[i % 12]}-${i}` })),
      domain: numbered(300, (i) => ({
        type: 'domain',
        id: `dom_${code(i)}`,
        name: `${HOSTS[i % 12]}${i}.example.org`,
      })),
      invoice: numbered(192, (i) => ({
        type: 'invoice',
        id: `in_${code(i)}`,
        name: `Invoice ${2024 + (i >> 7)}-${i}`,
      })),
      team: numbered(8, (i) => ({ type: 'team', id: TEAM_IDS[i], name: teamName(TEAM_IDS[i] ?? '') })),
    },
  };
}

function personOf(i: number, lot: Random, addresses: readonly string[], agents: readonly string[]): Person {
  const name = nameOf(i);
  const email = `${plain(name)}.${i}@example.com`;
  const home = lot.int(0, ADDRESSES - 12);
  return {
    json: JSON.stringify({ id: `user_${code(i)}`, name, email }),
    email,
    team: teamJson(lot.pick(TEAM_IDS)),
    addresses: addresses.slice(home, home + lot.int(2, 10)),
    agents: [lot.pick(agents), lot.pick(agents)],
  };
}

function deedsOf(): Deed[] {
  const rest = knownActions().filter((action) => !DAILY.includes(action));
  return [...DAILY, ...rest, ...UNHEARD_OF]
    .slice(0, ACTIONS)
    .map((action) => ({ action, targetType: targetTypeOf(action) }));
}

function targetTypeOf(action: string): string | null {
  if (/domain|certificate/.test(action)) return 'domain';
  if (action.startsWith('tunnel.')) return 'tunnel';
  if (action.startsWith('billing.')) return 'invoice';
  if (/token/.test(action)) return 'token';
  if (/^team\.(created|renamed|deleted|settings)/.test(action)) return 'team';
  return /member|role|owner|locked|password/.test(action) ? 'user' : null;
}

function teamJson(id: string): string {
  return `"team_id":"${id}","team_name":"${teamName(id)}"`;
}

function teamName(id: string): string {
  return `${id.charAt(5).toUpperCase()}${id.slice(6, -1)}`;
}

function addressOf(i: number): string {
  if (i % 25 === 0) return `2001:db8:${(i >> 4).toString(16)}::${(i & 0xffff).toString(16)}`;
  return `${['203.0', '198.51', '192.0', '100.64'][i & 3]}.${(i >> 8) & 255}.${i & 255}`;
}

function agentOf(i: number): string {
  const browser = BROWSERS[i % BROWSERS.length] ?? '';
  return `Mozilla/5.0 (${SYSTEMS[i % SYSTEMS.length]}) AppleWebKit/537.36 (KHTML, like Gecko) ${browser} build/${1_000 + i * 7}`;
}

function nameOf(i: number): string {
  return `${FIRST[i % FIRST.length]} ${LAST[Math.floor(i / FIRST.length) % LAST.length]}`;
}

function hostOf(i: number): string {
  return `${HOSTS[i % HOSTS.length]}-${STAGES[Math.floor(i / 12) % STAGES.length]}-${i}.tunnels.usejetty.online`;
}

function plain(name: string): string {
  const ascii = name
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();
  return ascii.replaceAll('ł', 'l').replaceAll('ø', 'o').replaceAll(' ', '.');
}

// Ids that look like ids: the same for the same number, and no two alike.
function code(i: number): string {
  return (((i + 1) * 0x9e3779b1) % 2 ** 32).toString(36).padStart(7, '0');
}

function numbered(length: number, make: (i: number) => object): string[] {
  return Array.from({ length }, (_, i) => JSON.stringify(make(i)));
}
