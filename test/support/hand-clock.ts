import type { Clock } from '../../src/main/core/ports.ts';

/** A clock that shows `start` (milliseconds UTC) and whose sleepers wake when the test moves it. */
export function handClock(start: number): Clock & { advance(ms: number): Promise<void> } {
  let now = start;
  let sleepers: { readonly at: number; wake(): void }[] = [];
  const settle = () => new Promise<void>((resolve) => setTimeout(resolve, 5));
  return {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        sleepers.push({ at: now + ms, wake: resolve });
        signal?.addEventListener('abort', () => resolve(), { once: true });
      }),
    async advance(ms) {
      const end = now + ms;
      await settle();
      for (;;) {
        const next = sleepers.filter((one) => one.at <= end).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        now = Math.max(now, next.at);
        sleepers = sleepers.filter((one) => one !== next);
        next.wake();
        await settle();
      }
      now = end;
    },
  };
}
