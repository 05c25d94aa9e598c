import { performance } from 'node:perf_hooks';

/** Median, quickest and slowest of some runs, in milliseconds. */
export type Timing = { readonly median: number; readonly min: number; readonly max: number };

/** How long something takes, with what it gave. */
export async function timed<T>(run: () => T | Promise<T>): Promise<{ readonly ms: number; readonly value: T }> {
  const started = performance.now();
  // Awaited only where there is something to wait for: a turn of the event loop would be counted otherwise.
  const given = run();
  const value = given instanceof Promise ? await given : given;
  return { ms: performance.now() - started, value };
}

export function summary(times: readonly number[]): Timing {
  const sorted = times.toSorted((a, b) => a - b);
  return { median: sorted[Math.floor(sorted.length / 2)] ?? 0, min: sorted[0] ?? 0, max: sorted.at(-1) ?? 0 };
}
