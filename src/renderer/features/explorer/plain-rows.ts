import type { EntryRow } from '../../../shared/entry.ts';
import { call } from '../../lib/client.ts';
import { type Question, questionKey } from '../../lib/queries.ts';
import { type DayGroup, DayLayout, type Slot } from './day-layout.ts';
import { positionOf } from './locate.ts';
import { PageWindow } from './page-window.ts';
import { gathered, type RowSource, rowsWithin, type ShownRow } from './row-source.ts';

/** A list with a row for every entry. */
export class PlainRows implements RowSource {
  readonly folds = false;
  readonly questionKey: string;
  readonly layout: DayLayout;
  readonly #question: Question;
  readonly #pages: PageWindow<EntryRow>;

  /** `newest`: the first page, which came with the days. */
  constructor(question: Question, days: readonly DayGroup[], newest: readonly EntryRow[]) {
    this.#question = question;
    this.questionKey = questionKey(question);
    this.layout = new DayLayout(days);
    this.#pages = new PageWindow(this.layout.rows, (offset, limit) => this.#rows(offset, limit), newest);
  }

  get answer(): object {
    return this.#pages;
  }

  get entries(): number {
    return this.layout.rows;
  }

  get slots(): number {
    return this.layout.slots;
  }

  get failure(): unknown {
    return this.#pages.failure;
  }

  slotAt(slot: number): Slot {
    return this.layout.slotAt(slot);
  }

  shown(position: number): ShownRow | null {
    const row = this.#pages.get(position);
    return row && { row, first: position, run: null, line: null };
  }

  has(firstSlot: number, lastSlot: number): boolean {
    return this.slots === 0 || this.#pages.has(...rowsWithin(this.layout, firstSlot, lastSlot));
  }

  ensure(firstSlot: number, lastSlot: number): void {
    if (this.slots > 0) this.#pages.ensure(...rowsWithin(this.layout, firstSlot, lastSlot));
  }

  subscribe(listener: () => void): () => void {
    return this.#pages.subscribe(listener);
  }

  positionOf(key: number): Promise<number | null> {
    return positionOf(key, this.#question);
  }

  keysBetween(first: number, last: number, most: number): Promise<readonly number[] | null> {
    const known = (position: number) => {
      const row = this.#pages.get(position);
      return row && [row.key];
    };
    return gathered({ first, last, most }, known, async (position, limit) =>
      (await this.#rows(position, limit)).map(({ key }) => [key]),
    );
  }

  async #rows(offset: number, limit: number): Promise<readonly EntryRow[]> {
    return (await call('entries.rows', { ...this.#question, offset, limit })).rows;
  }
}
