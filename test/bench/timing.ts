import { performance } from 'node:perf_hooks';

/** Median and worst of some runs, in milliseconds. */
export type Timing = { readonly median: number; readonly worst: number };

/** Runs two rivals in turn (A B A B …), so that a machine that changes its speed changes it for both. */
export function sideBySide(runs: number, a: () => unknown, b: () => unknown): readonly [Timing, Timing] {
  const times: [number[], number[]] = [[], []];
  for (let i = 0; i <= runs; i++) {
    for (const [which, run] of [a, b].entries()) {
      const started = performance.now();
      run();
      // The first round warms caches and is not counted.
      if (i > 0) times[which]?.push(performance.now() - started);
    }
  }
  return [summary(times[0]), summary(times[1])];
}

function summary(times: number[]): Timing {
  const sorted = times.sort((x, y) => x - y);
  return { median: sorted[Math.floor(sorted.length / 2)] ?? 0, worst: sorted.at(-1) ?? 0 };
}
