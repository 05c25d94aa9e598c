import { LONGEST_RUN } from '../../../../shared/limits.ts';
import { type DayColumns, MS_PER_DAY } from '../columns/day-columns.ts';
import type { DayInfo, DayStore } from '../columns/day-store.ts';
import { lastNotAbove } from '../columns/packing.ts';
import { KEYS_PER_MS } from '../time-key.ts';
import { Calendar } from './calendar.ts';
import { dayCountsOf } from './day-counts.ts';
import { type DayMatch, instantAt } from './matching.ts';
import { countBelow, positionOf } from './rows.ts';
import type { Selection } from './selection.ts';

/** So many entries alike in a row are one line; fewer take no more room than the words for it. */
const FOLDED_FROM = 3;

/** A line of a folded list: matches of a day from `first` to `end` (exclusive), counted from the oldest. */
export type Line = {
  readonly info: DayInfo;
  readonly match: DayMatch;
  readonly first: number;
  readonly end: number;
  /** Among all lines and all entries, the newest being 0: where it stands, and where its newest entry does. */
  readonly index: number;
  readonly position: number;
};

export type FoldedDay = { readonly start: number; readonly count: number; readonly lines: number };

/** Where the lines of a day begin, in rising order; null where every match is a line. */
type DayLines = { readonly starts: Uint32Array | null; readonly count: number };

// One buffer for all days: what is found is copied out of it.
let scratch = new Uint32Array(0);

/**
 * The entries that answer a plan, newest first, with repeats behind one line: neighbours of one day, of UTC (as they
 * lie in the archive) and of the zone's calendar, with the same action from the same address (where there is none: by the same actor). A line holds at most
 * `LONGEST_RUN` entries, counted from the oldest, so that what lies behind it can be listed whole.
 */
export class Folding {
  readonly zone: string;
  readonly #selection: Selection;
  readonly #store: DayStore;
  readonly #calendar: Calendar;
  readonly #lines: (DayLines | undefined)[] = [];
  /** Entries that have no line of their own, by the first instant of their day in the zone. */
  readonly #behind = new Map<number, number>();

  constructor(selection: Selection, store: DayStore, zone: string) {
    this.#selection = selection;
    this.zone = zone;
    this.#store = store;
    const [first, last] = [selection.days[0]?.day ?? 0, selection.days.at(-1)?.day ?? 0];
    // Entries that were moved lie behind their own instant by less than a day.
    this.#calendar = new Calendar(zone, 'day', (first - 1) * MS_PER_DAY, (last + 1) * MS_PER_DAY);
  }

  /** Days of the zone's calendar with how many entries and lines each has, oldest first. */
  days(): FoldedDay[] {
    for (let index = 0; index < this.#selection.days.length; index++) this.#at(index);
    return dayCountsOf(this.#selection, this.#store, this.zone).map(({ start, count }) => ({
      start,
      count,
      lines: count - (this.#behind.get(start) ?? 0),
    }));
  }

  /** The lines at `offset` and after, newest first. */
  linesAt(offset: number, limit: number): Line[] {
    const found: Line[] = [];
    let before = 0;
    let entries = 0;
    for (let day = this.#selection.days.length - 1; day >= 0 && found.length < limit; day--) {
      const { count } = this.#at(day);
      for (let at = Math.max(0, offset - before); at < count && found.length < limit; at++)
        found.push(this.#line(day, count - 1 - at, before, entries));
      before += count;
      entries += this.#selection.at(day).count;
    }
    return found;
  }

  /** The line that an entry is in; null where it does not match. */
  lineOf(key: number): Line | null {
    const day = this.#selection.indexOf(key);
    const info = this.#selection.days[day];
    if (info === undefined) return null;
    const match = this.#selection.at(day);
    const { keys } = this.#store.columns(info);
    const at = countBelow(keys, match, key, false);
    if (at === match.count || keys[positionOf(match, at)] !== key) return null;
    const { starts } = this.#at(day);
    const line = starts === null ? at : lastNotAbove(starts, at);
    let before = 0;
    let entries = 0;
    for (let newer = this.#selection.days.length - 1; newer > day; newer--) {
      before += this.#at(newer).count;
      entries += this.#selection.at(newer).count;
    }
    return this.#line(day, line, before, entries);
  }

  // `before` lines and `entries` are newer than the day.
  #line(day: number, line: number, before: number, entries: number): Line {
    const { starts, count } = this.#at(day);
    const match = this.#selection.at(day);
    const first = starts === null ? line : starts[line]!;
    const end = starts === null ? line + 1 : line + 1 < count ? starts[line + 1]! : match.count;
    const index = before + count - 1 - line;
    return { info: this.#selection.days[day]!, match, first, end, index, position: entries + match.count - end };
  }

  #at(day: number): DayLines {
    this.#lines[day] ??= this.#fold(this.#store.columns(this.#selection.days[day]!), this.#selection.at(day));
    return this.#lines[day];
  }

  #fold(columns: DayColumns, match: DayMatch): DayLines {
    if (match.count < FOLDED_FROM) return { starts: null, count: match.count };
    if (scratch.length < match.count) scratch = new Uint32Array(Math.max(match.count, 2 * scratch.length));
    const out = scratch;
    const { keys, shift, ids } = columns;
    const { action, address, actor } = ids;
    // Instants in units of the time key, so that most entries need no division.
    const timeOf = (position: number): number =>
      shift === null ? keys[position]! : keys[position]! - shift[position]! * KEYS_PER_MS;
    let count = 0;
    let from = 0;
    let before = positionOf(match, 0);
    let today = this.#calendar.bucketOf(instantAt(columns, before));
    let [begun, over] = [today.start * KEYS_PER_MS, today.end * KEYS_PER_MS];
    for (let i = 1; i < match.count; i++) {
      const position = positionOf(match, i);
      const time = timeOf(position);
      const sameDay = time >= begun && time < over;
      const alike =
        sameDay &&
        action[position] === action[before] &&
        address[position] === address[before] &&
        (address[position] !== 0 || actor[position] === actor[before]);
      before = position;
      if (alike) continue;
      count = this.#put(out, count, from, i, today.start);
      from = i;
      if (sameDay) continue;
      today = this.#calendar.bucketOf(instantAt(columns, position));
      [begun, over] = [today.start * KEYS_PER_MS, today.end * KEYS_PER_MS];
    }
    count = this.#put(out, count, from, match.count, today.start);
    return { starts: count === match.count ? null : out.slice(0, count), count };
  }

  // The matches from `from` to `to` are alike: their lines are put after the `count` that were before.
  #put(out: Uint32Array, count: number, from: number, to: number, day: number): number {
    let put = count;
    for (let at = from; at < to; ) {
      const length = Math.min(LONGEST_RUN, to - at);
      if (length < FOLDED_FROM) {
        out[put++] = at++;
        continue;
      }
      out[put++] = at;
      this.#behind.set(day, (this.#behind.get(day) ?? 0) + length - 1);
      at += length;
    }
    return put;
  }
}
