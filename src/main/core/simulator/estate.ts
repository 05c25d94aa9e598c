import { DOMAIN, type Roster, type Team } from './people.ts';
import { type Random, randomFor } from './random.ts';

export type Tunnel = { readonly id: string; readonly name: string; readonly team: Team };

/** The things people act upon that are there from the beginning. */
export type Estate = {
  readonly organisation: { readonly id: string; readonly name: string };
  readonly tunnels: readonly Tunnel[];
  /** The standing tunnels of a team; every team has some. */
  tunnelsOf(team: Team): readonly Tunnel[];
};

const SERVICES = [
  'api',
  'admin',
  'webhooks',
  'billing',
  'search',
  'mobile',
  'reports',
  'auth',
  'events',
  'docs',
] as const;
const STAGES = ['staging', 'preview', 'demo', 'qa', 'sandbox'] as const;
const TUNNELS_A_TEAM = 8;

export function estate(seed: number, cast: Roster): Estate {
  const chance = randomFor(seed, 'estate');
  const byTeam = new Map<string, Tunnel[]>();
  for (const team of cast.teams) {
    const names = chance
      .shuffled(SERVICES.flatMap((service) => STAGES.map((stage) => `${service}-${stage}`)))
      .slice(0, TUNNELS_A_TEAM);
    const word = team.name.toLowerCase().split(' ')[0];
    byTeam.set(
      team.id,
      names.map((name) => ({ id: tunnelId(chance), name: tunnelHost(`${word}-${name}`), team })),
    );
  }
  return {
    organisation: { id: `org_${chance.hex(9)}`, name: 'Alder Quay' },
    tunnels: [...byTeam.values()].flat(),
    tunnelsOf: (team) => byTeam.get(team.id)!,
  };
}

export function tunnelId(chance: Random): string {
  return `tunnel_${chance.hex(9)}`;
}

export function tunnelHost(label: string): string {
  return `${label}.tunnels.${DOMAIN}`;
}

export const TARGET_OF = {
  tunnel: (tunnel: Tunnel) => ({ type: 'tunnel', id: tunnel.id, name: tunnel.name }),
  team: (team: Team) => ({ type: 'team', id: team.id, name: team.name }),
  user: (user: { id: string; name: string }) => ({ type: 'user', id: user.id, name: user.name }),
} as const;

/** A payment card, known by its last four digits. */
export function cardTarget(where: Estate, last4: string): { type: string; id: string; name: string } {
  return { type: 'payment_method', id: `card_${last4}_${where.organisation.id.slice(-4)}`, name: `•••• ${last4}` };
}
