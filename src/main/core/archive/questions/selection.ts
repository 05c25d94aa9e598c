import { KEYS_PER_DAY, lowerBound, MS_PER_DAY } from '../columns/day-columns.ts';
import type { DayInfo, DayStore } from '../columns/day-store.ts';
import type { Conditions } from './conditions.ts';
import { type DayMatch, matchDay, PositionPool } from './matching.ts';

export type SelectedDay = { readonly info: DayInfo; readonly match: DayMatch };

/**
 * The entries that answer a plan: what page, count, facet, histogram and stream are all taken from. Days are looked at
 * as they are needed, so that a first page costs what its days cost.
 */
export class Selection {
  readonly days: readonly DayInfo[];
  readonly #conditions: Conditions;
  readonly #store: DayStore;
  readonly #heed: () => void;
  readonly #matches: (DayMatch | undefined)[] = [];
  readonly #pool = new PositionPool();

  /** `heed` is called before each day that is looked at, and throws to break off; what was found until then is kept. */
  constructor(conditions: Conditions, store: DayStore, heed: () => void) {
    this.#conditions = conditions;
    this.#store = store;
    this.#heed = heed;
    this.days = conditions.impossible
      ? []
      : store.days().filter((info) => mayHold(info, conditions) && holdsAny(info, conditions));
  }

  /** What matches in the day at an index of `days`. */
  at(index: number): DayMatch {
    this.#matches[index] ??= this.#match(this.days[index]!);
    return this.#matches[index];
  }

  /** How many entries match in all. */
  total(): number {
    let total = 0;
    for (let i = 0; i < this.days.length; i++) total += this.at(i).count;
    return total;
  }

  /** The days with matches, oldest first. */
  *matches(): IterableIterator<SelectedDay> {
    for (const [index, info] of this.days.entries()) {
      const match = this.at(index);
      if (match.count > 0) yield { info, match };
    }
  }

  /** Index in `days` of the first whose keys do not all lie below `key`. */
  indexOf(key: number): number {
    const day = Math.floor(key / KEYS_PER_DAY);
    const index = this.days.findIndex((info) => info.day >= day);
    return index < 0 ? this.days.length : index;
  }

  #match(info: DayInfo): DayMatch {
    const { columns, texts, hours, keys } = this.#conditions;
    // A whole day needs no look at its entries.
    if (columns.length + texts.length + keys.length === 0 && hours === null && isWithin(info, this.#conditions)) {
      return { from: 0, to: info.entries, positions: null, count: info.entries };
    }
    this.#heed();
    return matchDay(this.#store.columns(info), this.#conditions, () => this.#store.text(info), this.#pool);
  }
}

// Entries that were moved lie behind their own instant, never before it, and never by as much as a day: that would take
// 177 thousand million entries of one millisecond.
function mayHold({ day, shifted }: DayInfo, { fromMs, toMs }: Conditions): boolean {
  return (day + 1) * MS_PER_DAY > fromMs && day * MS_PER_DAY <= toMs + (shifted ? MS_PER_DAY : 0);
}

// Picked entries lie in few days, and the others need no look.
function holdsAny({ day }: DayInfo, { keys }: Conditions): boolean {
  return keys.every(
    (one) => one.negated || (one.keys[lowerBound(one.keys, day * KEYS_PER_DAY)] ?? Infinity) < (day + 1) * KEYS_PER_DAY,
  );
}

function isWithin({ day, shifted }: DayInfo, { fromMs, toMs }: Conditions): boolean {
  return day * MS_PER_DAY - (shifted ? MS_PER_DAY : 0) >= fromMs && (day + 1) * MS_PER_DAY - 1 <= toMs;
}
