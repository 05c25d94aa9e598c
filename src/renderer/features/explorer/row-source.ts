import type { EntryRow } from '../../../shared/entry.ts';
import { type DayGroup, DayLayout, type Slot } from './day-layout.ts';
import { type FetchRows, PageWindow } from './page-window.ts';

/** One answer to one question, as a list of slots: day headings and rows, rows fetched as they are looked at. */
export class RowSource {
  /** Equal where the question is the same, whatever has been added to the archive since. */
  readonly questionKey: string;
  readonly layout: DayLayout;
  readonly pages: PageWindow;

  /** `newest`: the first page, which came with the days. */
  constructor(questionKey: string, days: readonly DayGroup[], newest: readonly EntryRow[], fetch: FetchRows) {
    this.questionKey = questionKey;
    this.layout = new DayLayout(days);
    this.pages = new PageWindow(this.layout.rows, fetch, newest);
  }

  get slots(): number {
    return this.layout.slots;
  }

  slotAt(slot: number): Slot {
    return this.layout.slotAt(slot);
  }

  row(position: number): EntryRow | null {
    return this.pages.get(position);
  }

  has(firstSlot: number, lastSlot: number): boolean {
    return this.slots === 0 || this.pages.has(...this.#positions(firstSlot, lastSlot));
  }

  ensure(firstSlot: number, lastSlot: number): void {
    if (this.slots > 0) this.pages.ensure(...this.#positions(firstSlot, lastSlot));
  }

  #positions(firstSlot: number, lastSlot: number): [number, number] {
    const positionAt = (slot: number, ahead: number): number => {
      const found = this.slotAt(slot);
      if (found.kind === 'row') return found.position;
      const after = this.slotAt(Math.min(this.slots - 1, slot + 1));
      return after.kind === 'row' ? after.position + ahead : 0;
    };
    // A heading at the end is followed by a row that is not shown, so the row before it is the last one needed.
    return [positionAt(firstSlot, 0), positionAt(lastSlot, -1)];
  }
}
