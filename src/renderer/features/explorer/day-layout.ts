/** One calendar day of the shown zone: how many entries of it match, and how many rows they take. */
export type DayGroup = { readonly start: number; readonly count: number; readonly rows: number };

export type Slot =
  | { readonly kind: 'day'; readonly day: DayGroup }
  | { readonly kind: 'row'; readonly position: number; readonly day: DayGroup };

/**
 * Where day headings stand between the rows of a list: slot 0 heads the newest day. Positions count rows only, slots
 * count rows and headings. Both ways are a binary search over the days.
 */
export class DayLayout {
  readonly days: readonly DayGroup[];
  readonly rows: number;
  /** Position of the first row of each day. */
  readonly #firstRow: readonly number[];

  constructor(days: readonly DayGroup[]) {
    this.days = days;
    const first: number[] = [];
    let rows = 0;
    for (const day of days) {
      first.push(rows);
      rows += day.rows;
    }
    this.#firstRow = first;
    this.rows = rows;
  }

  get slots(): number {
    return this.rows + this.days.length;
  }

  slotAt(slot: number): Slot {
    const index = this.#lastDay((i) => (this.#firstRow[i] ?? 0) + i <= slot);
    const day = this.days[index] ?? { start: 0, count: 0, rows: 0 };
    const heading = (this.#firstRow[index] ?? 0) + index;
    return slot === heading ? { kind: 'day', day } : { kind: 'row', position: slot - index - 1, day };
  }

  slotOf(position: number): number {
    return position + this.#lastDay((i) => (this.#firstRow[i] ?? 0) <= position) + 1;
  }

  // Days hold at least one entry, so that the predicate is true up to one index and false after it.
  #lastDay(holds: (index: number) => boolean): number {
    let low = 0;
    let high = this.days.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (holds(middle)) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
