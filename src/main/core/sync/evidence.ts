import { hash } from 'node:crypto';
import type { RawItem } from '../archive/writer.ts';
import type { PageReply } from '../jetty/client.ts';

// What one walk through a window has seen, and whether that proves that nothing was missed.
//
// Pages are cut by position, so entries that arrive, expire or change places between two requests can slip through a
// cut. Two things prove that none did: (A) the server's total stayed the same and as many different entries were seen;
// (B) the pages are in order of time and no second of time lies across a cut: each second was seen whole within a
// single answer, or ends exactly where the next page begins. Without either, the window is walked again.

/** A cut between two pages that runs through one second of time: there, entries may have changed places unseen. */
export type Cut = { readonly position: number; readonly second: number };

const DAY_MS = 86_400_000;
/** Letters of an entry's identity. */
export const ID_LENGTH = 8;

export type Order = 'unknown' | 'newest_first' | 'oldest_first' | 'mixed';

export type Totals = { readonly min: number; readonly max: number; readonly everyPage: boolean };

export type Evidence = {
  /** Counted from 1. */
  pass: number;
  /** When this pass began, milliseconds UTC by the more cautious of the two clocks. */
  startedAt: number;
  /** The page to ask next; 0 when this pass has come to its end. */
  nextPage: number;
  /** Entries on the first page. */
  pageSize: number;
  filledPages: number;
  slots: number;
  totals: Totals | null;
  /** The total all pages of all passes agree on; null once they did not. */
  steadyTotal: number | null;
  ids: Set<string>;
  earlierIds: Set<string>;
  /** Entries that came twice within one answer, and entries that came again on a later page. */
  twiceInOne: number;
  again: number;
  /** Entries no earlier pass had seen; and how many passes in a row had none. */
  fresh: number;
  quietPasses: number;
  order: Order;
  lastSecond: number | null;
  cuts: Cut[];
  uneven: boolean;
  stoppedEarly: boolean;
  /** Pages of this pass were asked for at the same time and may have been answered in any order. */
  overlapped: boolean;
  /** Different entries seen, by UTC day. */
  perDay: Map<string, number>;
};

export function beginEvidence(startedAt: number): Evidence {
  return {
    pass: 1,
    startedAt,
    nextPage: 1,
    pageSize: 0,
    filledPages: 0,
    slots: 0,
    totals: null,
    steadyTotal: null,
    ids: new Set(),
    earlierIds: new Set(),
    twiceInOne: 0,
    again: 0,
    fresh: 0,
    quietPasses: 0,
    order: 'unknown',
    lastSecond: null,
    cuts: [],
    uneven: false,
    stoppedEarly: false,
    overlapped: false,
    perDay: new Map(),
  };
}

/** The evidence of a further pass over the same window. */
export function beginPass(before: Evidence, startedAt: number): Evidence {
  return {
    ...beginEvidence(startedAt),
    pass: before.pass + 1,
    steadyTotal: before.steadyTotal,
    earlierIds: before.earlierIds.union(before.ids),
    quietPasses: before.pass > 1 && before.fresh === 0 ? before.quietPasses + 1 : 0,
    perDay: before.perDay,
  };
}

/** Adds the next page of a pass. */
export function addPage(evidence: Evidence, reply: PageReply): void {
  const seconds = secondsOf(reply.items);
  if (evidence.nextPage === 1) evidence.pageSize = reply.items.length;
  else if (evidence.slots % Math.max(1, evidence.pageSize) !== 0 || reply.items.length > evidence.pageSize) {
    // A page before this one was not full, or this one holds more than the first: the cuts are not where we think.
    if (reply.items.length > 0) evidence.uneven = true;
  }
  noteTotal(evidence, reply);
  evidence.order = orderOf(seconds, evidence.order);
  const first = seconds[0];
  if (first !== undefined && first === evidence.lastSecond) {
    evidence.cuts.push({ position: evidence.slots, second: first });
  }
  evidence.lastSecond = seconds.at(-1) ?? evidence.lastSecond;
  noteItems(evidence, reply.items, true);
  evidence.slots += reply.items.length;
  if (reply.items.length > 0) evidence.filledPages++;
  evidence.nextPage++;
}

/**
 * Adds a page that was read to look at one cut again, with another page size. Returns whether it showed the whole second
 * within one answer.
 */
export function addCloserLook(evidence: Evidence, cut: Cut, reply: PageReply): boolean {
  const seconds = secondsOf(reply.items);
  noteTotal(evidence, reply);
  noteItems(evidence, reply.items, false);
  if (!seconds.includes(cut.second) || orderOf(seconds, 'unknown') === 'mixed') return false;
  const opensLog = reply.page === 1;
  const closesLog = reply.hasNext === false;
  const whole = (opensLog || seconds[0] !== cut.second) && (closesLog || seconds.at(-1) !== cut.second);
  if (whole) evidence.cuts = evidence.cuts.filter((other) => other !== cut);
  return whole;
}

/** Adds a page read again out of turn; returns how many of its entries were not seen before in this pass. */
export function addAside(evidence: Evidence, reply: PageReply): number {
  const before = evidence.ids.size;
  noteItems(evidence, reply.items, false);
  return evidence.ids.size - before;
}

/** What a window is like: `moving` windows hold the present, where entries arrive; `expiring` ones the retention edge. */
export type Nature = { readonly moving: boolean; readonly expiring: boolean };

/** Whether a finished pass proves that every entry of the window was seen. */
export function isProven(evidence: Evidence, nature: Nature): boolean {
  const { totals } = evidence;
  if (totals?.everyPage && !evidence.stoppedEarly) {
    return totals.min === totals.max
      ? countAgrees(evidence, totals.max)
      : (nature.moving || nature.expiring) && isSeamless(evidence, nature);
  }
  if (isSeamless(evidence, nature)) {
    return evidence.again === 0 || nature.moving || (evidence.pass > 1 && evidence.fresh === 0);
  }
  const quiet = evidence.pass > 1 && evidence.fresh === 0 ? evidence.quietPasses + 1 : 0;
  return !evidence.uneven && quiet >= 4;
}

/** In words, why a pass did not prove the window. */
export function whyUnproven(evidence: Evidence): string {
  const { totals } = evidence;
  if (totals?.everyPage && totals.min === totals.max) {
    const seen = evidence.ids.size;
    return `the server counts ${totals.max} entries and served ${seen} different ones`;
  }
  if (totals?.everyPage) return `the server's count moved between ${totals.min} and ${totals.max} while it was read`;
  return 'the pages changed while they were read';
}

function countAgrees(evidence: Evidence, total: number): boolean {
  if (evidence.ids.size + evidence.twiceInOne === total) return true;
  const all = evidence.ids.union(evidence.earlierIds).size;
  return evidence.steadyTotal === total && all + evidence.twiceInOne === total;
}

function isSeamless(evidence: Evidence, nature: Nature): boolean {
  if (evidence.uneven || evidence.overlapped || evidence.cuts.length > 0) return false;
  if (evidence.filledPages <= 1) return true;
  // Oldest first, every entry that expires moves all the others across the cuts.
  return evidence.order === 'newest_first' || (evidence.order === 'oldest_first' && !nature.expiring);
}

function noteTotal(evidence: Evidence, reply: PageReply): void {
  const begun = evidence.totals !== null || evidence.slots > 0;
  if (reply.total === null) {
    if (evidence.totals !== null) evidence.totals = { ...evidence.totals, everyPage: false };
    return;
  }
  const { total } = reply;
  const had = evidence.totals;
  evidence.totals =
    had === null
      ? { min: total, max: total, everyPage: !begun }
      : { min: Math.min(had.min, total), max: Math.max(had.max, total), everyPage: had.everyPage };
  if (evidence.pass === 1 && had === null) evidence.steadyTotal = total;
  else if (evidence.steadyTotal !== total) evidence.steadyTotal = null;
}

function noteItems(evidence: Evidence, items: readonly RawItem[], inSequence: boolean): void {
  const here = new Set<string>();
  const dayOf = rememberingDays();
  for (const item of items) {
    const id = identity(item);
    if (here.has(id)) {
      if (inSequence) evidence.twiceInOne++;
      continue;
    }
    here.add(id);
    if (evidence.ids.has(id)) {
      if (inSequence) evidence.again++;
      continue;
    }
    evidence.ids.add(id);
    if (evidence.earlierIds.has(id)) continue;
    evidence.fresh++;
    if (item.entry !== null) {
      const day = dayOf(item.entry.ts);
      evidence.perDay.set(day, (evidence.perDay.get(day) ?? 0) + 1);
    }
  }
}

/** The UTC day of an instant; most entries of a page are of the day of the one before. */
function rememberingDays(): (ms: number) => string {
  let number = Number.NaN;
  let name = '';
  return (ms) => {
    const day = Math.floor(ms / DAY_MS);
    if (day !== number) [number, name] = [day, new Date(ms).toISOString().slice(0, 10)];
    return name;
  };
}

function identity(item: RawItem): string {
  if (item.entry !== null) return identityOfId(item.entry.id);
  return hash('sha256', Buffer.concat([Buffer.from('?'), item.raw]), 'base64url').slice(0, ID_LENGTH);
}

/**
 * What stands for an entry in the evidence. 48 bits of a digest: short enough to keep with every checkpoint; a collision
 * costs another walk, never an entry.
 */
export function identityOfId(id: string): string {
  return hash('sha256', `=${id}`, 'base64url').slice(0, ID_LENGTH);
}

function secondsOf(items: readonly RawItem[]): number[] {
  const seconds: number[] = [];
  for (const item of items) if (item.entry !== null) seconds.push(Math.floor(item.entry.ts / 1000));
  return seconds;
}

function orderOf(seconds: readonly number[], before: Order): Order {
  let order = before;
  for (let i = 1; i < seconds.length && order !== 'mixed'; i++) {
    const step = seconds[i]! - seconds[i - 1]!;
    if (step === 0) continue;
    const here: Order = step < 0 ? 'newest_first' : 'oldest_first';
    order = order === 'unknown' || order === here ? here : 'mixed';
  }
  return order;
}
