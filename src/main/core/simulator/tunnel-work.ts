import { BUILD_CLIENT } from './agents.ts';
import { SECOND } from './calendar.ts';
import type { Draft } from './draft.ts';
import { TARGET_OF, type Tunnel, tunnelHost, tunnelId } from './estate.ts';
import { BUILD_NETWORK } from './offices.ts';
import type { Person } from './people.ts';
import type { Random } from './random.ts';
import { actorOf, contextOf, deed, moment, type Shift, type World } from './world.ts';

const REASONS = [
  'No longer needed for testing',
  'Feature shipped',
  'Demo over',
  'Moved to staging',
  'Customer call finished',
  'Cleaning up',
] as const;
const SETTINGS = ['region', 'idle_timeout', 'description', 'upstream_port', 'compression', 'host_header'] as const;
const REGIONS = ['eu', 'us-east-1', 'ap-southeast-1'] as const;
const FEATURES = [
  'checkout',
  'invoice',
  'signup',
  'export',
  'search',
  'webhook',
  'ledger',
  'report',
  'mobile',
] as const;

/** One piece of a person's work with tunnels: two to four entries that belong together, at most. */
export function personalWork(world: World, shift: Shift, chance: Random): readonly Draft[] {
  const kind = chance.fraction();
  if (kind < 0.55) return standingTunnel(world, shift, chance);
  if (kind < 0.75) return [settings(world, shift, chance)];
  return shortLivedTunnel(shift, chance);
}

function standingTunnel(world: World, shift: Shift, chance: Random): readonly Draft[] {
  const tunnel = chance.pick(world.estate.tunnelsOf(shift.person.team));
  const started = moment(shift, chance, 0.05, 0.8);
  const seconds = chance.int(240, 9000);
  const about = { region: chance.pick(REGIONS), port: chance.pick([3000, 5173, 8000, 8080]), protocol: 'http' };
  return [
    byClient(shift, started, 'tunnel.started', tunnel, about),
    byClient(shift, started + seconds * SECOND, 'tunnel.stopped', tunnel, traffic(seconds, chance)),
  ];
}

function settings(world: World, shift: Shift, chance: Random): Draft {
  const tunnel = chance.pick(world.estate.tunnelsOf(shift.person.team));
  const changed = [chance.pick(SETTINGS)];
  return deed(shift, moment(shift, chance), 'tunnel.settings_updated', TARGET_OF.tunnel(tunnel), { changed });
}

function shortLivedTunnel(shift: Shift, chance: Random): readonly Draft[] {
  const label = `${chance.pick(FEATURES)}-${chance.hex(5)}`;
  const tunnel = { id: tunnelId(chance), name: tunnelHost(label), team: shift.person.team };
  const created = moment(shift, chance, 0.05, 0.75);
  const seconds = chance.int(300, 7000);
  const stopped = created + (20 + seconds) * SECOND;
  const reason = chance.pick(REASONS);
  return [
    byClient(shift, created, 'tunnel.created', tunnel, { region: chance.pick(REGIONS), protocol: 'http' }),
    byClient(shift, created + 20 * SECOND, 'tunnel.started', tunnel, { port: 3000, protocol: 'http' }),
    byClient(shift, stopped, 'tunnel.stopped', tunnel, traffic(seconds, chance)),
    deed(shift, stopped + chance.int(30, 900) * SECOND, 'tunnel.deleted', TARGET_OF.tunnel(tunnel), { reason }),
  ];
}

/** A build's preview between two instants (milliseconds UTC), which may lie close together. */
export function buildRun(service: Person, chance: Random, from: number, to: number): readonly Draft[] {
  const span = Math.max(0, to - from);
  const start = from + Math.floor(span * chance.fraction());
  const seconds = Math.min(chance.int(40, 900), Math.floor((to - start) / SECOND) - 4);
  const pull = chance.int(100, 4999);
  const label = `pr-${pull}-${chance.hex(4)}`;
  const tunnel = { id: tunnelId(chance), name: tunnelHost(label), team: service.team };
  const branch = `${chance.pick(['feature', 'fix', 'chore'])}/${chance.pick(FEATURES)}-${chance.hex(3)}`;
  const about = { pull_request: pull, branch, commit: chance.hex(10), region: chance.pick(REGIONS) };
  const address = `${BUILD_NETWORK}.${chance.int(10, 40)}`;
  const context = contextOf(address, BUILD_CLIENT, service.team);
  const step = (ts: number, action: string, metadata: Draft['metadata']): Draft => ({
    ts: Math.max(from, Math.floor(ts / SECOND) * SECOND),
    action,
    actor: actorOf(service),
    target: TARGET_OF.tunnel(tunnel),
    context,
    metadata,
  });
  const drafts = [step(start, 'tunnel.created', about), step(start + 2 * SECOND, 'tunnel.started', { port: 8080 })];
  const done = start + (2 + seconds) * SECOND;
  drafts.push(step(done, 'tunnel.stopped', traffic(Math.max(1, seconds), chance)));
  drafts.push(step(done + SECOND, 'tunnel.deleted', { reason: 'Build finished' }));
  return drafts.filter((draft) => draft.ts <= to);
}

function traffic(seconds: number, chance: Random): Draft['metadata'] {
  const requests = chance.int(0, seconds);
  return { duration_seconds: seconds, requests, bytes: requests * chance.int(300, 9000) };
}

// Tunnels are run from a terminal: the product's own client, at the address the person works from.
function byClient(shift: Shift, ts: number, action: string, tunnel: Tunnel, metadata: Draft['metadata']): Draft {
  const context = contextOf(shift.place.address, shift.habits.client, shift.person.team);
  return { ts, action, actor: actorOf(shift.person), target: TARGET_OF.tunnel(tunnel), context, metadata };
}
