import { Temporal } from 'temporal-polyfill';

/** How far the clocks of a zone are ahead of UTC at an instant, milliseconds. */
export function offsetOf(ms: number, zone: string): number {
  const at = Temporal.Instant.fromEpochMilliseconds(Math.round(ms)).toZonedDateTimeISO(zone);
  return at.offsetNanoseconds / 1_000_000;
}
