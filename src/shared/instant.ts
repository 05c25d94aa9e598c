import { Temporal } from 'temporal-polyfill';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const DAY_MS = 86_400_000;

/** Whether the name is a time zone the runtime knows (`UTC`, `Europe/Lisbon`). */
export function isZone(name: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch {
    return false;
  }
}

/** Whether the text is a calendar date that exists, `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  if (!DAY.test(text)) return false;
  try {
    Temporal.PlainDate.from(text, { overflow: 'reject' });
    return true;
  } catch {
    return false;
  }
}

/** First millisecond of a calendar date in a zone. Throws `RangeError` where the date does not exist. */
export function startOfDay(day: string, zone: string): number {
  return zone === 'UTC' ? utcStart(day) : Temporal.PlainDate.from(day).toZonedDateTime(zone).epochMilliseconds;
}

/** First millisecond after a calendar date in a zone; a day of 23 or 25 hours is as long as it is there. */
export function endOfDay(day: string, zone: string): number {
  if (zone === 'UTC') return utcStart(day) + DAY_MS;
  return Temporal.PlainDate.from(day).add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds;
}

/** The calendar date of an instant in a zone. */
export function dayOf(ms: number, zone: string): string {
  if (zone === 'UTC') return utcDate(ms);
  return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).toPlainDate().toString();
}

/** The date `n` days after (or, negative, before) a date. */
export function addDays(day: string, n: number): string {
  return utcDate(utcStart(day) + n * DAY_MS);
}

/** Whole days from one date to another. */
export function daysBetween(from: string, to: string): number {
  return (utcStart(to) - utcStart(from)) / DAY_MS;
}

/** Every date from one to another, both included. */
export function daysFromTo(from: string, to: string): string[] {
  const days: string[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
}

// In UTC a date is plain arithmetic, thirty times as fast as a calendar. A sync counts the same days again for every page,
// so they are remembered.
const MOST_REMEMBERED = 4_096;
const starts = new Map<string, number>();
const dates = new Map<number, string>();

function utcStart(day: string): number {
  const known = starts.get(day);
  if (known !== undefined) return known;
  const ms = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(ms) || utcDate(ms) !== day) throw new RangeError(`${day} is not a date.`);
  return remember(starts, day, ms);
}

function utcDate(ms: number): string {
  const number = Math.floor(ms / DAY_MS);
  const known = dates.get(number);
  if (known !== undefined) return known;
  const text = new Date(ms).toISOString();
  return remember(dates, number, text.slice(0, text.indexOf('T')));
}

function remember<K, V>(known: Map<K, V>, key: K, value: V): V {
  if (known.size >= MOST_REMEMBERED) known.clear();
  known.set(key, value);
  return value;
}
