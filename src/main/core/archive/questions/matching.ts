import type { Shift } from '../../../../shared/office.ts';
import type { DayColumns } from '../columns/day-columns.ts';
import { lowerBound } from '../columns/day-columns.ts';
import { type DayText, markHolders } from '../columns/day-text.ts';
import type { Narrow } from '../columns/packing.ts';
import type { IdMask } from '../dictionary.ts';
import { KEYS_PER_MS } from '../time-key.ts';
import type { Conditions, TextCondition } from './conditions.ts';
import type { KeyCondition } from './key-sets.ts';

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

type Span = { readonly from: number; readonly to: number };

const NONE: DayMatch = { from: 0, to: 0, positions: null, count: 0 };

// One buffer for all days: what is found is copied out of it.
let scratch = new Uint32Array(0);

const POOL = 1 << 15;

/** Room for the positions of many days together: a buffer of its own for each would cost more than finding them. */
export class PositionPool {
  #room = new Uint32Array(0);
  #used = 0;

  /** Keeps what lies at the beginning of a buffer. */
  keep(from: Uint32Array, count: number): Uint32Array {
    if (this.#used + count > this.#room.length) {
      this.#room = new Uint32Array(Math.max(POOL, count));
      this.#used = 0;
    }
    const kept = this.#room.subarray(this.#used, this.#used + count);
    for (let i = 0; i < count; i++) kept[i] = from[i]!;
    this.#used += count;
    return kept;
  }
}

/** Instant of an entry, milliseconds UTC. */
export function instantAt({ keys, shift }: DayColumns, position: number): number {
  return Math.floor(keys[position]! / KEYS_PER_MS) - (shift === null ? 0 : shift[position]!);
}

/** Finds the matching entries of a day. `text` is asked for only where the conditions look for text. */
export function matchDay(
  columns: DayColumns,
  conditions: Conditions,
  text: () => DayText,
  pool: PositionPool,
): DayMatch {
  const { length, keys } = columns;
  if (scratch.length < length) scratch = new Uint32Array(Math.max(length, 2 * scratch.length));
  const from = boundary(keys, conditions.fromMs * KEYS_PER_MS);
  // An entry that was moved lies behind its own instant, so the end is open where any was.
  const to = columns.shift === null ? boundary(keys, (conditions.toMs + 1) * KEYS_PER_MS) : length;
  if (to <= from) return NONE;
  // `found` positions lie in the scratch buffer; null: all from `from` to `to`.
  let found: number | null = null;
  for (const { column, mask } of conditions.columns) {
    const ids = columns.ids[column];
    found = found === null ? within(ids, mask, from, to) : among(ids, mask, found);
  }
  if (
    columns.shift !== null &&
    (conditions.fromMs > Number.NEGATIVE_INFINITY || conditions.toMs < Number.POSITIVE_INFINITY)
  ) {
    found = withinTime(columns, conditions, found ?? every(from, to));
  }
  if (conditions.hours !== null) found = withinHours(columns, conditions.hours, found ?? every(from, to));
  for (const condition of conditions.keys) {
    if (found === 0) break;
    found = withKeys(keys, condition, { from, to }, found);
  }
  for (const condition of conditions.texts) {
    if (found === 0) break;
    found = withText(columns, condition, text(), { from, to }, found);
  }
  if (found === null || found === to - from) return { from, to, positions: null, count: to - from };
  return found === 0 ? NONE : { from, to, positions: pool.keep(scratch, found), count: found };
}

// Most days lie wholly on one side of a limit, which two keys tell.
function boundary(keys: Float64Array, key: number): number {
  if (keys.length === 0 || keys[0]! >= key) return 0;
  return keys[keys.length - 1]! < key ? keys.length : lowerBound(keys, key);
}

// Without branches: each position is written, and the next written over it unless it matched. The buffer is a constant of
// each loop, since a variable of the module could change under it.
function within(ids: Narrow, mask: IdMask, from: number, to: number): number {
  const out = scratch;
  let found = 0;
  for (let i = from; i < to; i++) {
    out[found] = i;
    found += mask[ids[i]!]!;
  }
  return found;
}

function among(ids: Narrow, mask: IdMask, count: number): number {
  const out = scratch;
  let found = 0;
  for (let i = 0; i < count; i++) {
    const position = out[i]!;
    out[found] = position;
    found += mask[ids[position]!]!;
  }
  return found;
}

function every(from: number, to: number): number {
  const out = scratch;
  for (let i = from; i < to; i++) out[i - from] = i;
  return to - from;
}

function withinTime(columns: DayColumns, { fromMs, toMs }: Conditions, count: number): number {
  const out = scratch;
  let found = 0;
  for (let i = 0; i < count; i++) {
    const position = out[i]!;
    const at = instantAt(columns, position);
    out[found] = position;
    if (at >= fromMs && at <= toMs) found++;
  }
  return found;
}

// The shifts of a day are few, and those of the day before may reach into it.
function withinHours(columns: DayColumns, hours: NonNullable<Conditions['hours']>, count: number): number {
  if (count === 0) return 0;
  const out = scratch;
  // Entries that were moved lie behind their own instant, so that neither end can be taken for the first or the last.
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < count; i++) {
    const at = instantAt(columns, out[i]!);
    if (at < first) first = at;
    if (at > last) last = at;
  }
  const shifts = hours.of.between(first, last + 1);
  let found = 0;
  for (let i = 0; i < count; i++) {
    const position = out[i]!;
    const at = instantAt(columns, position);
    out[found] = position;
    if (isWithin(shifts, at) === hours.open) found++;
  }
  return found;
}

function isWithin(shifts: readonly Shift[], at: number): boolean {
  for (const { start, end } of shifts) if (at >= start && at < end) return true;
  return false;
}

function withText(
  columns: DayColumns,
  condition: TextCondition,
  text: DayText,
  span: Span,
  listed: number | null,
): number {
  const hit = new Uint8Array(columns.length);
  for (const needle of condition.needles) markHolders(text, needle, hit);
  for (const { column, mask } of condition.columns) {
    const ids = columns.ids[column];
    if (listed === null) for (let i = span.from; i < span.to; i++) hit[i]! |= mask[ids[i]!]!;
    else markListed(hit, ids, mask, listed);
  }
  const wanted = condition.negated ? 0 : 1;
  return listed === null ? hitWithin(hit, wanted, span) : hitAmong(hit, wanted, listed);
}

function withKeys(keys: Float64Array, condition: KeyCondition, span: Span, listed: number | null): number {
  const hit = new Uint8Array(keys.length);
  const wanted = condition.keys;
  const last = span.to > span.from ? keys[span.to - 1]! : Number.NEGATIVE_INFINITY;
  for (let i = lowerBound(wanted, keys[span.from]!); i < wanted.length && wanted[i]! <= last; i++) {
    const position = lowerBound(keys, wanted[i]!);
    if (keys[position] === wanted[i]) hit[position] = 1;
  }
  const value = condition.negated ? 0 : 1;
  return listed === null ? hitWithin(hit, value, span) : hitAmong(hit, value, listed);
}

function markListed(hit: Uint8Array, ids: Narrow, mask: IdMask, count: number): void {
  const out = scratch;
  for (let i = 0; i < count; i++) hit[out[i]!]! |= mask[ids[out[i]!]!]!;
}

function hitWithin(hit: Uint8Array, wanted: number, { from, to }: Span): number {
  const out = scratch;
  let found = 0;
  for (let i = from; i < to; i++) {
    out[found] = i;
    if (hit[i] === wanted) found++;
  }
  return found;
}

function hitAmong(hit: Uint8Array, wanted: number, count: number): number {
  const out = scratch;
  let found = 0;
  for (let i = 0; i < count; i++) {
    const position = out[i]!;
    out[found] = position;
    if (hit[position] === wanted) found++;
  }
  return found;
}
