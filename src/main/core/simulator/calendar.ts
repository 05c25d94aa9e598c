import { Temporal } from 'temporal-polyfill';

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The UTC days an organisation's history covers. Day 0 is the oldest, the last one holds `now`. */
export type Calendar = {
  readonly days: number;
  /** Milliseconds UTC: nothing happens later than this. */
  readonly now: number;
  /** First millisecond of a day by its index; indexes outside the history are fine. */
  startOf(day: number): number;
  /** Last millisecond of a day in which something can have happened. */
  endOf(day: number): number;
  dayOf(ts: number): number;
  /** `YYYY-MM-DD`. */
  dateOf(day: number): string;
  /** 1 is Monday, 7 is Sunday. */
  weekday(day: number): number;
  /** The instant of a local time (minutes after midnight) on a date, in a zone. */
  at(day: number, zone: string, minutes: number): number;
};

export function calendar(now: number, days: number): Calendar {
  const lastDay = Math.floor(now / DAY);
  const firstDay = lastDay - days + 1;
  const offsets = new Map<string, number>();

  // One offset a day and zone, taken at noon: on the two nights a year when clocks change, nobody here is at work.
  const offsetOf = (day: number, zone: string): number => {
    const key = `${day} ${zone}`;
    const known = offsets.get(key);
    if (known !== undefined) return known;
    const noon = Temporal.Instant.fromEpochMilliseconds((firstDay + day) * DAY + 12 * HOUR);
    const offset = noon.toZonedDateTimeISO(zone).offsetNanoseconds / 1e6;
    offsets.set(key, offset);
    return offset;
  };

  const startOf = (day: number) => (firstDay + day) * DAY;
  return {
    days,
    now,
    startOf,
    endOf: (day) => Math.min(startOf(day + 1) - 1, now),
    dayOf: (ts) => Math.floor(ts / DAY) - firstDay,
    dateOf: (day) => new Date(startOf(day)).toISOString().slice(0, 10),
    // 1 January 1970 was a Thursday.
    weekday: (day) => ((((firstDay + day + 3) % 7) + 7) % 7) + 1,
    at: (day, zone, minutes) => startOf(day) + Math.round(minutes * 60) * SECOND - offsetOf(day, zone),
  };
}
