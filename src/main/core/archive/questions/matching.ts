import type { DayColumns } from '../columns/day-columns.ts';
import { lowerBound } from '../columns/day-columns.ts';
import { type DayText, markHolders } from '../columns/day-text.ts';
import type { Narrow } from '../columns/packing.ts';
import type { IdMask } from '../dictionary.ts';
import { KEYS_PER_MS } from '../time-key.ts';
import type { Conditions, TextCondition } from './conditions.ts';

/**
 * The entries of a day that match, as positions in its columns: all from `from` up to `to` (exclusive) where `positions`
 * is null, else those listed, in rising order.
 */
export type DayMatch = {
  readonly from: number;
  readonly to: number;
  readonly positions: Uint32Array | null;
  readonly count: number;
};

const NONE: DayMatch = { from: 0, to: 0, positions: null, count: 0 };

// One buffer for all days: what is found is copied out of it.
let scratch = new Uint32Array(0);

/** Instant of an entry, milliseconds UTC. */
export function instantAt({ keys, shift }: DayColumns, position: number): number {
  return Math.floor(keys[position]! / KEYS_PER_MS) - (shift === null ? 0 : shift[position]!);
}

/** Finds the matching entries of a day. `text` is asked for only where the conditions look for text. */
export function matchDay(columns: DayColumns, conditions: Conditions, text: () => DayText): DayMatch {
  const { length, keys } = columns;
  if (scratch.length < length) scratch = new Uint32Array(Math.max(length, 2 * scratch.length));
  const from = conditions.fromMs === Number.NEGATIVE_INFINITY ? 0 : lowerBound(keys, conditions.fromMs * KEYS_PER_MS);
  const to = upperEnd(columns, conditions.toMs);
  if (to <= from) return NONE;
  const [first, second, ...rest] = conditions.columns;
  // `found` positions lie in the scratch buffer; null: all from `from` to `to`.
  let found: number | null = null;
  if (first !== undefined && second !== undefined) {
    found = both(columns.ids[first.column], first.mask, columns.ids[second.column], second.mask, from, to);
  } else if (first !== undefined) {
    found = one(columns.ids[first.column], first.mask, from, to);
  }
  for (const { column, mask } of rest) found = among(columns.ids[column], mask, found!);
  if (
    columns.shift !== null &&
    (conditions.fromMs > Number.NEGATIVE_INFINITY || conditions.toMs < Number.POSITIVE_INFINITY)
  ) {
    found = withinTime(columns, conditions, found ?? every(from, to));
  }
  for (const condition of conditions.texts) {
    if (found === 0) break;
    found = withText(columns, condition, text(), found ?? every(from, to));
  }
  if (found === null || found === to - from) return { from, to, positions: null, count: to - from };
  return found === 0 ? NONE : { from, to, positions: scratch.slice(0, found), count: found };
}

// An entry that was moved lies behind its own instant, so the end is open where any was.
function upperEnd({ keys, shift, length }: DayColumns, toMs: number): number {
  return toMs === Number.POSITIVE_INFINITY || shift !== null ? length : lowerBound(keys, (toMs + 1) * KEYS_PER_MS);
}

// Without branches: each position is written, and the next written over it unless it matched.
function one(ids: Narrow, mask: IdMask, from: number, to: number): number {
  let found = 0;
  for (let i = from; i < to; i++) {
    scratch[found] = i;
    found += mask[ids[i]!]!;
  }
  return found;
}

function both(a: Narrow, maskA: IdMask, b: Narrow, maskB: IdMask, from: number, to: number): number {
  let found = 0;
  for (let i = from; i < to; i++) {
    scratch[found] = i;
    found += maskA[a[i]!]! & maskB[b[i]!]!;
  }
  return found;
}

function among(ids: Narrow, mask: IdMask, count: number): number {
  let found = 0;
  for (let i = 0; i < count; i++) {
    const position = scratch[i]!;
    scratch[found] = position;
    found += mask[ids[position]!]!;
  }
  return found;
}

function every(from: number, to: number): number {
  for (let i = from; i < to; i++) scratch[i - from] = i;
  return to - from;
}

function withinTime(columns: DayColumns, { fromMs, toMs }: Conditions, count: number): number {
  let found = 0;
  for (let i = 0; i < count; i++) {
    const position = scratch[i]!;
    const at = instantAt(columns, position);
    scratch[found] = position;
    if (at >= fromMs && at <= toMs) found++;
  }
  return found;
}

function withText(columns: DayColumns, condition: TextCondition, text: DayText, count: number): number {
  const hit = new Uint8Array(columns.length);
  for (const needle of condition.needles) markHolders(text, needle, hit);
  for (const { column, mask } of condition.columns) {
    const ids = columns.ids[column];
    for (let i = 0; i < count; i++) {
      const position = scratch[i]!;
      hit[position]! |= mask[ids[position]!]!;
    }
  }
  const wanted = condition.negated ? 0 : 1;
  let found = 0;
  for (let i = 0; i < count; i++) {
    const position = scratch[i]!;
    scratch[found] = position;
    if (hit[position] === wanted) found++;
  }
  return found;
}
