import type { JettyClient } from '../jetty/client.ts';
import type { Clock } from '../ports.ts';
import { COMPARABLE_CLOCKS_MS } from './window.ts';

/** The present by our clock and by the server's, milliseconds UTC: which of the two is wrong nobody knows. */
export type Clocks = { readonly earliest: number; readonly latest: number };

/** A server's clock is sent in whole seconds and takes a while to travel: less than this is no difference. */
const NOISE_MS = 2_000;

/** Both clocks, as far as the server has said anything yet. */
export function bothClocks(clock: Clock, client: Pick<JettyClient, 'stats'>): Clocks {
  const now = clock.now();
  const ahead = client.stats().serverAhead ?? 0;
  if (Math.abs(ahead) < NOISE_MS || Math.abs(ahead) > COMPARABLE_CLOCKS_MS) return { earliest: now, latest: now };
  return { earliest: now + Math.min(0, ahead), latest: now + Math.max(0, ahead) };
}
