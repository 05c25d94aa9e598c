import { dayOfKey, lowerBound } from '../columns/day-columns.ts';
import { KEYS_PER_MS } from '../time-key.ts';

/**
 * Gives entries the next free key of their millisecond. Where 2,048 share one (bursts with whole-second timestamps do), the
 * rest move into the following milliseconds and remember by how much. Keys of a millisecond are taken in order, so the
 * last one in use says how many are free.
 */
export class Placing {
  readonly #stored: (day: number) => Float64Array | null;
  /** Keys in use by day, as sorted lists: what was stored before, and what was given since. */
  readonly #days = new Map<number, Float64Array[]>();
  /** First free place in each millisecond that the present batch has given any of. */
  #next = new Map<number, number>();

  /** `stored`: the sorted keys of a day before any were given here; null where there are none. */
  constructor(stored: (day: number) => Float64Array | null) {
    this.#stored = stored;
  }

  place(ts: number): { readonly key: number; readonly shift: number } {
    for (let shift = 0; ; shift++) {
      const first = (ts + shift) * KEYS_PER_MS;
      const next = this.#next.get(ts + shift) ?? this.#taken(first);
      if (next >= KEYS_PER_MS) continue;
      this.#next.set(ts + shift, next + 1);
      return { key: first + next, shift };
    }
  }

  /** The keys of a batch, sorted, are stored. */
  commit(keys: Float64Array): void {
    this.#next = new Map();
    for (let from = 0; from < keys.length; ) {
      const day = dayOfKey(keys[from]!);
      let to = from + 1;
      while (to < keys.length && dayOfKey(keys[to]!) === day) to++;
      const lists = this.#listsOf(day);
      lists.push(keys.slice(from, to));
      if (lists.length > 16) this.#days.set(day, [joined(lists)]);
      from = to;
    }
  }

  #taken(first: number): number {
    let taken = 0;
    for (const keys of this.#listsOf(dayOfKey(first))) {
      const last = lowerBound(keys, first + KEYS_PER_MS) - 1;
      if (last >= 0 && keys[last]! >= first) taken = Math.max(taken, keys[last]! - first + 1);
    }
    return taken;
  }

  #listsOf(day: number): Float64Array[] {
    let lists = this.#days.get(day);
    if (lists === undefined) {
      const stored = this.#stored(day);
      lists = stored === null ? [] : [stored];
      this.#days.set(day, lists);
    }
    return lists;
  }
}

function joined(lists: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(lists.reduce((sum, list) => sum + list.length, 0));
  let at = 0;
  for (const list of lists) {
    all.set(list, at);
    at += list.length;
  }
  return all.sort();
}
