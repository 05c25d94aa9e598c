import type { Page } from 'playwright-core';
import { randomFor } from '../../../src/main/core/simulator/random.ts';
import { SEARCH_WORDS } from '../data/metadata.ts';
import { makePools } from '../data/pools.ts';
import { asked, type Shown, settled } from './page.ts';
import { type Watched, watch, watched } from './watch.ts';

const SEED = 7;
/** How often a list that has come to rest on something else is looked at again. */
const PATIENCE = 30;
const people = makePools(SEED).people;

/** Queries as people type them; no two alike, so that no answer is remembered from the one before. */
export function queries(count: number): readonly string[] {
  const lot = randomFor(SEED, 'typing');
  const word = (i: number): string => SEARCH_WORDS[i % SEARCH_WORDS.length] ?? '';
  const shapes: readonly ((i: number) => string)[] = [
    (i) => `actor:${people[3 + 7 * i]?.email ?? ''}`,
    (i) => `${word(i)} category:${lot.pick(['tunnel', 'team', 'security'])}`,
    (i) => `category:tunnel actor:${people[5 + 11 * i]?.email ?? ''}`,
    () =>
      lot.pick(['action:tunnel.deleted', 'action:user.login_failed', 'action:team.*', 'category:security']) +
      ` ip:${lot.int(1, 250)}.0.0.0/8`,
    (i) => `${word(i + 3)} ${lot.pick(['ci', 'api', 'staging', 'edge'])}`,
    () => `${lot.hex(4)}`,
  ];
  return Array.from({ length: count }, (_none, i) => shapes[i % shapes.length]?.(Math.floor(i / shapes.length)) ?? '');
}

/** From the last key of a query to the frame in which its answer is painted, milliseconds; the answer is checked. */
export async function typed(page: Page, query: string): Promise<number> {
  const field = page.getByLabel('Search entries');
  await field.fill('');
  await settled(page);
  await watch(page);
  await field.pressSequentially(query, { delay: 60 });
  let shown = await settled(page);
  const right = await asked(page, query);
  for (let more = 0; more < PATIENCE && !isSame(shown, right); more++) shown = await settled(page);
  const seen = await watched(page);
  if (!isSame(shown, right))
    throw new Error(`“${query}” shows ${JSON.stringify(shown)}, and it is ${JSON.stringify(right)}`);
  return painted(seen);
}

function isSame(a: Shown, b: Shown): boolean {
  return a.first === b.first && a.total === b.total;
}

function painted({ frames, lastKey }: Watched): number {
  const final = frames.at(-1);
  const last = frames.findLastIndex(
    (frame) =>
      frame.at + frame.work < lastKey ||
      frame.stale ||
      frame.blank ||
      frame.rows !== final?.rows ||
      frame.first !== final.first,
  );
  const frame = frames[last + 1];
  if (frame === undefined) throw new Error('the answer was never painted');
  return frame.at + frame.work - lastKey;
}
