import { MS_PER_DAY } from '../columns/day-columns.ts';
import type { BucketSize } from '../reader.ts';
import { type ZoneSpan, zoneSpans } from './zone-spans.ts';

/** A bucket of time, milliseconds UTC, `end` exclusive. */
export type TimeBucket = { readonly start: number; readonly end: number };

const MINUTE = 60_000;
const HOUR = 3_600_000;

/**
 * The buckets of a zone's calendar. A day of 23 or 25 hours is one bucket, a week begins on Monday, a month on its first.
 * Hours and minutes are those of the clock on the wall; the hour that a clock turned back shows twice is two buckets, and
 * a bucket never reaches across a change of the clock that does not fall on its edge.
 */
export class Calendar {
  readonly #by: BucketSize;
  readonly #spans: readonly ZoneSpan[];
  #span: ZoneSpan;
  #last: TimeBucket = { start: 0, end: 0 };

  /** For instants from `fromMs` to `toMs`. */
  constructor(zone: string, by: BucketSize, fromMs: number, toMs: number) {
    this.#by = by;
    // A week or a month that begins before the period has its edge in an earlier span; one ends after it likewise.
    this.#spans = zoneSpans(zone, fromMs - 33 * MS_PER_DAY, toMs + 33 * MS_PER_DAY);
    this.#span = this.#spans[0]!;
  }

  /** The bucket an instant lies in. */
  bucketOf(ms: number): TimeBucket {
    if (ms < this.#last.start || ms >= this.#last.end) this.#last = this.#make(ms);
    return this.#last;
  }

  #make(ms: number): TimeBucket {
    if (ms < this.#span.start || ms >= this.#span.end) this.#span = this.#spans.find((span) => ms < span.end)!;
    const { start, end, offset } = this.#span;
    if (this.#by === 'minute' || this.#by === 'hour') {
      const size = this.#by === 'minute' ? MINUTE : HOUR;
      const edge = Math.floor((ms + offset) / size) * size - offset;
      return { start: Math.max(edge, start), end: Math.min(edge + size, end) };
    }
    const [first, next] = datesAround(Math.floor((ms + offset) / MS_PER_DAY), this.#by);
    return { start: this.#midnight(first), end: this.#midnight(next) };
  }

  // The first instant of a date, given as days since 1970. Where the clock is turned forward over midnight, that is the
  // moment of the change; where it is turned back over it, the first of the two midnights.
  #midnight(date: number): number {
    const local = date * MS_PER_DAY;
    for (const { start, end, offset } of this.#spans) {
      const at = local - offset;
      if (at < end) return Math.max(at, start);
    }
    return local - this.#span.offset;
  }
}

/** The dates on which a bucket begins that holds a date, and the one after it; days since 1970. */
function datesAround(date: number, by: 'day' | 'week' | 'month'): readonly [number, number] {
  if (by === 'day') return [date, date + 1];
  if (by === 'week') {
    // 1 January 1970 was a Thursday.
    const monday = date - ((((date + 3) % 7) + 7) % 7);
    return [monday, monday + 7];
  }
  const at = new Date(date * MS_PER_DAY);
  const [year, month] = [at.getUTCFullYear(), at.getUTCMonth()];
  return [Date.UTC(year, month, 1) / MS_PER_DAY, Date.UTC(year, month + 1, 1) / MS_PER_DAY];
}
