import type { Runs } from './review-lines.ts';

/** Item numbers (any order, repeats allowed) as runs. */
export function runsOf(items: Iterable<number>): Runs {
  const sorted = [...new Set(items)].sort((a, b) => a - b);
  const runs: [number, number][] = [];
  for (const n of sorted) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === n - 1) last[1] = n;
    else runs.push([n, n]);
  }
  return runs;
}

/** Every item of runs, in order. */
export function* itemsIn(runs: Runs): IterableIterator<number> {
  for (const [from, to] of runs) for (let n = from; n <= to; n++) yield n;
}

export function countIn(runs: Runs): number {
  return runs.reduce((sum, [from, to]) => sum + to - from + 1, 0);
}

/** Whether an item lies in runs. */
export function isIn(runs: Runs, n: number): boolean {
  let low = 0;
  let high = runs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (runs[middle]![1] < n) low = middle + 1;
    else high = middle;
  }
  return low < runs.length && runs[low]![0] <= n;
}
