import type { Clock } from '../ports.ts';

/** A link that all answers share: resolves when so many bytes have gone over it. */
export function slowLink(clock: Clock, bytesPerSecond: number): (bytes: number) => Promise<void> {
  let freeAt = Number.NEGATIVE_INFINITY;
  return async (bytes) => {
    if (bytesPerSecond === Number.POSITIVE_INFINITY) return;
    const now = clock.now();
    freeAt = Math.max(now, freeAt) + (bytes / bytesPerSecond) * 1000;
    await clock.sleep(freeAt - now);
  };
}
