import { setImmediate } from 'node:timers/promises';
import { dateOfDay } from '../columns/day-columns.ts';
import { blocksByDay, type ParseRaw } from '../columns/from-blocks.ts';
import type { ReadConnection } from '../sqlite.ts';
import { Problems } from './problems.ts';
import { DayChecks, type DayFound } from './verify-days.ts';

/**
 * The days of an archive in shares, to be checked by whoever takes them: each number of `counts` (`SharedCount`) is seen by
 * all who do.
 */
export type DayShares = {
  readonly shares: readonly (readonly number[])[];
  /** The newest deletion that the seals account for; null where there is no chain of them. */
  readonly accounted: number | null;
  readonly counts: SharedArrayBuffer;
};

/** What one of them found, and what it came across. */
export type SharesFound = {
  readonly days: readonly DayFound[];
  /** Of each block that was looked into, the days of which it holds something. */
  readonly seen: readonly (readonly [number, readonly number[]])[];
  readonly broken: readonly number[];
};

/** Places of what is counted together: shares that were taken, entries that were checked, and whether to give up. */
const SharedCount = { taken: 0, entries: 1, givenUp: 2 } as const;
const SHARE_ENTRIES = 16_384;

/** Cuts days into shares of neighbours, which mostly lie in the same blocks. */
export function sharesOf(
  days: readonly number[],
  entriesOf: (day: number) => number,
  accounted: number | null,
): DayShares {
  const shares: number[][] = [];
  let entries = Number.POSITIVE_INFINITY;
  for (const day of days) {
    if (entries >= SHARE_ENTRIES) {
      shares.push([]);
      entries = 0;
    }
    shares.at(-1)!.push(day);
    entries += entriesOf(day);
  }
  return { shares, accounted, counts: new SharedArrayBuffer(4 * Object.keys(SharedCount).length) };
}

/** Checks one share after the other until none is left, or everybody gives up; `before` each day. */
export async function checkShares(
  checks: DayChecks,
  { shares, counts }: DayShares,
  before: (date: string, entries: number) => void = () => undefined,
): Promise<SharesFound> {
  const shared = new Int32Array(counts);
  const days: DayFound[] = [];
  for (;;) {
    const share = shares[Atomics.add(shared, SharedCount.taken, 1)];
    if (share === undefined) break;
    // Whoever presses Ctrl-C is heard in between.
    await setImmediate();
    for (const day of share) {
      if (Atomics.load(shared, SharedCount.givenUp) !== 0) return foundBy(checks, days);
      before(dateOfDay(day), Atomics.load(shared, SharedCount.entries));
      const found = checks.check(day, checks.listedBlocks(day));
      days.push(found);
      Atomics.add(shared, SharedCount.entries, found.entries);
    }
  }
  return foundBy(checks, days);
}

/** Has everybody give up who checks these. */
export function giveUp({ counts }: DayShares): void {
  Atomics.store(new Int32Array(counts), SharedCount.givenUp, 1);
}

/** Checks shares over a connection of its own. */
export function helpWithShares(db: ReadConnection, parse: ParseRaw, shares: DayShares): Promise<SharesFound> {
  // What cannot be read of the lists of names is told by whoever gave out the shares.
  return checkShares(new DayChecks(db, parse, shares.accounted, new Problems()), shares);
}

/**
 * Puts together what was found of all days, oldest first. Which blocks hold something of a day was taken from its columns; by
 * now every block has been looked into, and a day that lies in others as well is checked again by all of them.
 */
export function settleShares(checks: DayChecks, parts: readonly SharesFound[], days: readonly number[]): SharesFound {
  const seen = new Map(parts.flatMap((part) => part.seen));
  const broken = new Set(parts.flatMap((part) => part.broken));
  for (const id of checks.allBlocks()) if (!seen.has(id) && !broken.has(id)) seen.set(id, checks.blocks.daysIn(id));
  for (const id of checks.blocks.broken) broken.add(id);
  for (const id of broken) seen.delete(id);
  const blocksOf = blocksByDay(seen);
  const found = new Map(parts.flatMap((part) => part.days.map((one) => [one.day, one] as const)));
  for (const day of new Set([...days, ...blocksOf.keys()])) {
    const lies = blocksOf.get(day) ?? [];
    const known = found.get(day);
    const looked = new Set(known?.blocks);
    if (known === undefined || lies.some((id) => !looked.has(id))) found.set(day, checks.check(day, lies));
  }
  return {
    days: [...found.values()].sort((a, b) => a.day - b.day),
    seen: [...seen],
    broken: [...broken].sort((a, b) => a - b),
  };
}

function foundBy({ blocks }: DayChecks, days: readonly DayFound[]): SharesFound {
  return { days, seen: [...blocks.seen], broken: [...blocks.broken] };
}
