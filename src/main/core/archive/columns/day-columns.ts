import { KEYS_PER_MS } from '../time-key.ts';
import { type Narrow, Packer, Unpacker } from './packing.ts';

/** The columns that hold ids of dictionaries, and the source of each entry. */
export const ID_COLUMNS = ['actor', 'action', 'target', 'address', 'agent', 'team', 'source'] as const;
export type IdColumn = (typeof ID_COLUMNS)[number];

/**
 * What counting and filtering need of the entries of one UTC day, sorted by key. `keys` are whole time keys; `shift` is by
 * how many milliseconds each entry was moved from its own instant, null where none was.
 */
export type DayColumns = {
  readonly length: number;
  readonly keys: Float64Array;
  readonly shift: Narrow | null;
  readonly ids: { readonly [C in IdColumn]: Narrow };
};

export const MS_PER_DAY = 86_400_000;
export const KEYS_PER_DAY = MS_PER_DAY * KEYS_PER_MS;

/** The UTC day a key lies in, as days since 1970. */
export function dayOfKey(key: number): number {
  return Math.floor(key / KEYS_PER_DAY);
}

/** A day, counted since 1970, as `YYYY-MM-DD`. */
export function dateOfDay(day: number): string {
  return new Date(day * MS_PER_DAY).toISOString().slice(0, 10);
}

export function encodeColumns(columns: DayColumns): Buffer {
  const { length, keys, shift, ids } = columns;
  const ms = new Uint32Array(length);
  const within = new Uint32Array(length);
  for (let i = 0; i < length; i++) {
    const offset = keys[i]! % KEYS_PER_DAY;
    ms[i] = Math.floor(offset / KEYS_PER_MS);
    within[i] = offset % KEYS_PER_MS;
  }
  const packer = new Packer()
    .numbers(ms)
    .numbers(within)
    .numbers(shift ?? new Uint32Array(length));
  for (const column of ID_COLUMNS) packer.numbers(ids[column]);
  return packer.finish();
}

export function decodeColumns(day: number, bytes: Uint8Array): DayColumns {
  const unpacker = new Unpacker(bytes);
  const ms = unpacker.numbers();
  const within = unpacker.numbers();
  const shift = unpacker.numbers();
  const length = ms.length;
  const keys = new Float64Array(length);
  const first = day * KEYS_PER_DAY;
  for (let i = 0; i < length; i++) keys[i] = first + ms[i]! * KEYS_PER_MS + within[i]!;
  const ids = Object.fromEntries(ID_COLUMNS.map((column) => [column, unpacker.narrow()])) as DayColumns['ids'];
  return { length, keys, shift: shift.some((by) => by > 0) ? shift : null, ids };
}

/**
 * The order that sorts entries of several parts, laid one after the other, by their keys: position in the result → place
 * in the sequence of parts. Null where they are in order as they stand.
 */
export function orderOf(keys: Float64Array): Uint32Array | null {
  let sorted = true;
  for (let i = 1; i < keys.length && sorted; i++) sorted = keys[i - 1]! < keys[i]!;
  if (sorted) return null;
  return Uint32Array.from(keys, (_key, i) => i).sort((a, b) => keys[a]! - keys[b]!);
}

/** All entries of several parts of one day; `order` as `orderOf` gave it for their keys. */
export function joinColumns(parts: readonly DayColumns[], order: Uint32Array | null): DayColumns {
  const [only] = parts;
  if (only !== undefined && parts.length === 1 && order === null) return only;
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const join = (narrow: boolean, pick: (part: DayColumns) => Narrow | null): Narrow => {
    const list = (size: number): Narrow => (narrow ? new Uint16Array(size) : new Uint32Array(size));
    const all = list(length);
    let at = 0;
    for (const part of parts) {
      const values = pick(part);
      if (values !== null) all.set(values, at);
      at += part.length;
    }
    if (order === null) return all;
    const ordered = list(order.length);
    for (let i = 0; i < order.length; i++) ordered[i] = all[order[i]!]!;
    return ordered;
  };
  const ids = (column: IdColumn): Narrow =>
    join(
      parts.every((part) => part.ids[column] instanceof Uint16Array),
      (part) => part.ids[column],
    );
  const all = joinKeys(parts);
  const keys = order === null ? all : Float64Array.from(order, (from) => all[from]!);
  return {
    length: keys.length,
    keys,
    shift: parts.some((part) => part.shift !== null) ? join(false, (part) => part.shift) : null,
    ids: Object.fromEntries(ID_COLUMNS.map((column) => [column, ids(column)])) as DayColumns['ids'],
  };
}

/** The keys of several parts, one part after the other. */
export function joinKeys(parts: readonly { readonly keys: Float64Array }[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, part) => sum + part.keys.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part.keys, at);
    at += part.keys.length;
  }
  return all;
}

/** Position of the first key that is not below `key`. */
export function lowerBound(keys: Float64Array, key: number): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (keys[middle]! < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
