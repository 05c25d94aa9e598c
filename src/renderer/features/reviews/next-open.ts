import { call } from '../../lib/client.ts';

/**
 * Number of the next item to decide after (`by` 1) or before (−1) an item, in a population of any length: those to decide
 * are in the order of the population, so halving finds it in some twenty questions. Null where there is none on that side.
 */
export async function nextOpen(id: string, n: number, by: 1 | -1): Promise<number | null> {
  const ask = async (offset: number) => call('reviews.items', { id, view: 'open', offset, limit: 1 });
  let low = 0;
  let { total: high } = await ask(0);
  const total = high;
  // The first place whose item comes after `n`, or is it.
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const found = (await ask(middle)).items[0];
    if (found === undefined || found.n > n || (by === -1 && found.n === n)) high = middle;
    else low = middle + 1;
  }
  const place = by === 1 ? low : low - 1;
  if (place < 0 || place >= total) return null;
  return (await ask(place)).items[0]?.n ?? null;
}
