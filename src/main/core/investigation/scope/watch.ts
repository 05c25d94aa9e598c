import type { Places } from '../../geo/places.ts';
import { type GroundReader, groundOf } from './ground.ts';
import { isWithinNetwork } from './networks.ts';
import { emptyMasks, sightsOf } from './sight.ts';

export type WatchedThing = {
  readonly kind: 'person' | 'address' | 'network' | 'device' | 'token';
  readonly value: string;
};
export type Seen = { readonly seen: number; readonly last: number | null };

/**
 * How often each watched thing shows up in entries later than a key, and when last (milliseconds UTC). A person and a token
 * show up by acting, and by being acted upon. An entry that came late and is older than the key is not seen.
 */
export function seenSince(
  reader: GroundReader,
  places: Places,
  watched: readonly WatchedThing[],
  sinceKey: number,
): readonly Seen[] {
  const ground = groundOf(reader, places);
  return watched.map(({ kind, value }) => {
    const masks = emptyMasks(ground, new Set());
    if (kind === 'address' || kind === 'network')
      ground.addresses.forEach((one, id) => {
        if (one !== null && (kind === 'address' ? one === value : isWithinNetwork(one, value))) masks.address[id] = 1;
      });
    else if (kind === 'device')
      ground.agents.forEach((one, id) => {
        if (one === value) masks.agent[id] = 1;
      });
    else {
      const account = ground.accountNamed(value);
      if (account !== 0) for (const actor of ground.actorsOf[account] ?? []) masks.actor[actor] = 1;
      if (account !== 0)
        ground.accountOfTarget.forEach((one, target) => {
          if (one === account) masks.target[target] = 1;
        });
      for (const thing of ground.thingsNamed(value))
        for (const target of ground.targetsOf[thing] ?? []) masks.target[target] = 1;
    }
    const later = sightsOf(ground, masks).filter(({ key }) => key > sinceKey);
    return { seen: later.length, last: later.at(-1)?.ts ?? null };
  });
}
