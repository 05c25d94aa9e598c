import type { JettyPlan } from '../../../shared/coverage.ts';
import { addDays } from '../../../shared/instant.ts';
import type { Clocks } from './clocks.ts';
import { edgeDays, nextDays, nextSize } from './planner.ts';
import { type DateSense, type DayWindow, daysOf, sameWindow, windowOver } from './window.ts';

/** What the next window depends on besides the days that are left. */
export type Surroundings = {
  readonly clocks: Clocks;
  readonly plan: JettyPlan | null;
  /** The oldest day expected to be served. */
  readonly edge: string;
};

/** As many days as keep the server busy while this one's pages are stored. */
const SINGLE_DAYS_AHEAD = 5;

/** The days still to be asked, oldest first, and how many of them are asked together. */
export class DayQueue {
  #asked: string[];
  #left: string[];
  #sense: DateSense;
  #size: number;
  #openEnd: boolean;

  /** `openEnd`: the last of the days is the present, and whatever is later is asked for with it. */
  constructor(ask: readonly string[], sense: DateSense, size: number, openEnd: boolean) {
    this.#openEnd = openEnd;
    this.#asked = [...ask];
    this.#left = [...ask];
    this.#sense = sense;
    this.#size = size;
  }

  get asked(): readonly string[] {
    return this.#asked;
  }

  get left(): readonly string[] {
    return this.#left;
  }

  get size(): number {
    return this.#size;
  }

  /** The next window. `leftOver` tells of a window that an earlier run began with a day. */
  next(around: Surroundings, leftOver: (day: string) => DayWindow | null): DayWindow {
    const first = this.#left[0]!;
    if (this.#sense === 'ignored') return windowOver(first, this.#left.at(-1)!, 'ignored');
    const begun = leftOver(first);
    const fits = begun && sameWindow(begun, this.#over(begun.first, begun.last));
    const queued = new Set(this.#left);
    if (fits && daysOf(begun).every((day) => queued.has(day))) return begun;
    return this.#windowOf(this.#left, this.#size, around);
  }

  /** The windows after this one, if it turns out to hold so many entries and they are like it; as far as can be told. */
  following(window: DayWindow, entries: number, pageSize: number, around: Surroundings): DayWindow[] {
    if (this.#sense === 'ignored') return [];
    const size = this.#sizeAfter(window, entries, pageSize);
    const gone = new Set(daysOf(window));
    const days = this.#left.filter((day) => !gone.has(day));
    if (days.length === 0) return [];
    // Days that do not fit one page stay single, whatever the one before them holds.
    if (size === 1) return days.slice(0, SINGLE_DAYS_AHEAD).map((day) => this.#windowOf([day], 1, around));
    return [this.#windowOf(days, size, around)];
  }

  /** A window was read whole. */
  done(window: DayWindow, entries: number, pageSize: number): void {
    if (window.from !== null) this.#size = this.#sizeAfter(window, entries, pageSize);
    this.remove(daysOf(window));
  }

  remove(days: readonly string[]): void {
    const gone = new Set(days);
    this.#left = this.#left.filter((day) => !gone.has(day));
  }

  /** So many days together from now on. */
  resize(size: number): void {
    this.#size = Math.max(1, Math.floor(size));
  }

  /** Days that have begun in the meantime. */
  extend(days: readonly string[]): void {
    this.#asked.push(...days);
    this.#left.push(...days);
  }

  /** The server does not take a range without an end. */
  closeEnd(): void {
    this.#openEnd = false;
  }

  /** Begins anew, because the server takes dates otherwise than was thought. */
  startOver(sense: DateSense): void {
    this.#sense = sense;
    this.#left = [...this.#asked];
  }

  #windowOf(days: readonly string[], size: number, { clocks, plan, edge }: Surroundings): DayWindow {
    const cut = [clocks.earliest, clocks.latest].flatMap((now) => edgeDays(now, plan));
    // Where the plan is not known, an edge may have moved on since it was found.
    const edges = plan === null ? cut.flatMap((day) => [day, addDays(day, -1)]).filter((day) => day <= edge) : cut;
    const { first, last } = nextDays({ days, now: clocks.earliest, edges, size });
    return this.#over(first, last);
  }

  #over(first: string, last: string): DayWindow {
    return windowOver(first, last, this.#sense, this.#openEnd && last === this.#asked.at(-1));
  }

  #sizeAfter(window: DayWindow, entries: number, pageSize: number): number {
    const days = daysOf(window).length;
    const size = nextSize(days, days, entries, pageSize);
    return entries === 0 ? Math.max(size, days) : size;
  }
}
