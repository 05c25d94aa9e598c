import { createHash } from 'node:crypto';
import { idLine } from './frozen-list.ts';
import type { Runs } from './review-lines.ts';
import { runsOf } from './runs.ts';

/** A sample as it is written down: which items, and the hash over their ids in the order of the population. */
export type DrawnSample = { readonly chosen: Runs; readonly size: number; readonly sha256: string };

/**
 * Draws a sample (method `sha256-rank/1`): each id is given the rank SHA-256(seed ‖ LF ‖ population hash ‖ LF ‖ JSON of the
 * id), and the `size` smallest ranks are the sample, in the order of the population. The same everywhere, and nobody can
 * say which seed gives which items without drawing.
 */
export function drawSample(ids: Iterable<string>, populationHash: string, seed: string, size: number): DrawnSample {
  const start = createHash('sha256').update(`${seed}\n${populationHash}\n`);
  const ranked: { readonly rank: Buffer; readonly n: number; readonly id: string }[] = [];
  let bar: Buffer | null = null;
  let n = 0;
  for (const id of ids) {
    const rank = start.copy().update(JSON.stringify(id)).digest();
    if (bar === null || Buffer.compare(rank, bar) < 0) ranked.push({ rank, n, id });
    // What is kept stays within twice the size: the rest cannot be drawn any more.
    if (size > 0 && ranked.length >= 2 * size + 1_000) bar = cut(ranked, size);
    n++;
  }
  cut(ranked, size);
  ranked.sort((a, b) => a.n - b.n);
  const hash = createHash('sha256');
  for (const one of ranked) hash.update(idLine(one.id));
  return { chosen: runsOf(ranked.map((one) => one.n)), size: ranked.length, sha256: hash.digest('hex') };
}

function cut(ranked: { readonly rank: Buffer; readonly n: number }[], size: number): Buffer | null {
  ranked.sort((a, b) => Buffer.compare(a.rank, b.rank) || a.n - b.n);
  ranked.length = Math.min(ranked.length, size);
  return ranked.at(-1)?.rank ?? null;
}
