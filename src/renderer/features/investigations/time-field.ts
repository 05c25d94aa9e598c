import { Temporal } from 'temporal-polyfill';

/** An instant as a date-time field of the page writes it, in a zone. */
export function fieldOf(ms: number, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(ms)
    .toZonedDateTimeISO(zone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'second' });
}

/** The instant that such a field names in a zone; null where it names none. */
export function instantOf(text: string, zone: string): number | null {
  try {
    return Temporal.PlainDateTime.from(text).toZonedDateTime(zone).epochMilliseconds;
  } catch {
    return null;
  }
}
