import type { EntryLine, EntryRow } from '../../../shared/entry.ts';
import { EVERYTHING } from '../../../shared/filter/filter.ts';
import { call } from '../../lib/client.ts';
import { type Question, questionKey } from '../../lib/queries.ts';
import { type DayGroup, DayLayout, type Slot } from './day-layout.ts';
import { PageWindow } from './page-window.ts';
import { gathered, keysOf, type RowSource, rowsWithin, type ShownRow } from './row-source.ts';

/** A line of repeats that is open: each of its entries has a row. */
export type OpenLine = { readonly line: EntryLine; readonly rows: readonly EntryRow[] };

/** Days with how many entries and how many lines each has, newest first. */
type Days = readonly { readonly start: number; readonly count: number; readonly lines: number }[];

const PAGE = 500;

/** The lines that answer a question, whatever of them is open. */
export class FoldedAnswer {
  readonly question: Question;
  readonly questionKey: string;
  readonly days: Days;
  readonly layout: DayLayout;
  readonly pages: PageWindow<EntryLine>;

  /** `newest`: the first page, which came with the days. */
  constructor(question: Question, days: Days, newest: readonly EntryLine[]) {
    this.question = question;
    this.questionKey = `${questionKey(question)} folded`;
    this.days = days;
    this.layout = new DayLayout(days.map(({ start, count, lines }) => ({ start, count, rows: lines })));
    this.pages = new PageWindow(this.layout.rows, (offset, limit) => this.#lines(offset, limit), newest);
  }

  async #lines(offset: number, limit: number): Promise<readonly EntryLine[]> {
    return (await call('entries.lines', { ...this.question, offset, limit })).lines;
  }
}

/** A list with a row for every line, and within lines that are open for every entry. */
export class FoldedRows implements RowSource {
  readonly folds = true;
  readonly answer: FoldedAnswer;
  readonly layout: DayLayout;
  readonly entries: number;
  /** In the order of the list. */
  readonly #opened: readonly OpenLine[];

  constructor(answer: FoldedAnswer, opened: readonly OpenLine[]) {
    this.answer = answer;
    this.#opened = [...opened].sort((a, b) => a.line.index - b.line.index);
    this.entries = answer.days.reduce((sum, { count }) => sum + count, 0);
    const more = new Map<DayGroup, number>();
    for (const { line, rows } of this.#opened) {
      const { day } = answer.layout.slotAt(answer.layout.slotOf(line.index));
      more.set(day, (more.get(day) ?? 0) + rows.length - 1);
    }
    this.layout =
      more.size === 0
        ? answer.layout
        : new DayLayout(answer.layout.days.map((day) => ({ ...day, rows: day.rows + (more.get(day) ?? 0) })));
  }

  get questionKey(): string {
    return this.answer.questionKey;
  }

  get slots(): number {
    return this.layout.slots;
  }

  get failure(): unknown {
    return this.answer.pages.failure;
  }

  slotAt(slot: number): Slot {
    return this.layout.slotAt(slot);
  }

  shown(position: number): ShownRow | null {
    const { index, open, within } = this.#at(position);
    if (open) {
      const row = open.rows[within];
      return row ? { row, first: open.line.position + within, run: null, line: open.line } : null;
    }
    const line = this.answer.pages.get(index);
    return line && { row: line.row, first: line.position, run: line.run, line: line.run && line };
  }

  has(firstSlot: number, lastSlot: number): boolean {
    return this.slots === 0 || this.answer.pages.has(...this.#lines(firstSlot, lastSlot));
  }

  ensure(firstSlot: number, lastSlot: number): void {
    if (this.slots > 0) this.answer.pages.ensure(...this.#lines(firstSlot, lastSlot));
  }

  subscribe(listener: () => void): () => void {
    return this.answer.pages.subscribe(listener);
  }

  /** Position of the first row of a line. */
  positionOfLine(index: number): number {
    return this.#opened.reduce((at, { line, rows }) => (line.index < index ? at + rows.length - 1 : at), index);
  }

  async positionOf(key: number): Promise<number | null> {
    const [line] = (await call('entries.linesOf', { ...this.answer.question, keys: [key] })).lines;
    if (!line) return null;
    const open = this.#opened.find((one) => one.line.index === line.index);
    return this.positionOfLine(line.index) + Math.max(0, open?.rows.findIndex((row) => row.key === key) ?? 0);
  }

  keysBetween(first: number, last: number, most: number): Promise<readonly number[] | null> {
    const known = (position: number) => {
      const shown = this.shown(position);
      return shown && keysOf(shown);
    };
    return gathered({ first, last, most }, known, async (position, limit) => {
      const { index } = this.#at(position);
      // Up to the next line that is open: what follows it does not stand where it would.
      const next = this.#opened.find(({ line }) => line.index > index);
      const few = next ? Math.min(limit, next.line.index - index) : limit;
      const { lines } = await call('entries.lines', { ...this.answer.question, offset: index, limit: few });
      return lines.map(({ row, run }) => run?.keys ?? [row.key]);
    });
  }

  // The line that a row is of, and where within it where the line is open.
  #at(position: number): { readonly index: number; readonly open: OpenLine | null; readonly within: number } {
    let index = position;
    for (const open of this.#opened) {
      if (index < open.line.index) break;
      if (index < open.line.index + open.rows.length)
        return { index: open.line.index, open, within: index - open.line.index };
      index -= open.rows.length - 1;
    }
    return { index, open: null, within: 0 };
  }

  #lines(firstSlot: number, lastSlot: number): [number, number] {
    const [first, last] = rowsWithin(this.layout, firstSlot, lastSlot);
    return [this.#at(first).index, this.#at(last).index];
  }
}

/** Fetches the entries behind a line, by their keys: whatever came into the list meanwhile is not among them. */
export async function opened(line: EntryLine, zone: string): Promise<OpenLine> {
  const keys = line.run?.keys ?? [line.row.key];
  const asked = { filter: EVERYTHING, zone, listed: { keys, negated: false } };
  const rows: EntryRow[] = [];
  for (let offset = 0; offset < keys.length; offset += PAGE)
    rows.push(...(await call('entries.rows', { ...asked, offset, limit: PAGE })).rows);
  return { line, rows };
}
