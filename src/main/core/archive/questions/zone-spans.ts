import { Temporal } from 'temporal-polyfill';

/** A span of time in which a zone keeps one offset from UTC. Milliseconds; `end` exclusive. */
export type ZoneSpan = { readonly start: number; readonly end: number; readonly offset: number };

/** The spans of a zone that cover a period, in order, without gaps. */
export function zoneSpans(zone: string, fromMs: number, toMs: number): readonly ZoneSpan[] {
  const spans: ZoneSpan[] = [];
  for (let start = fromMs; start <= toMs; ) {
    const at = Temporal.Instant.fromEpochMilliseconds(start).toZonedDateTimeISO(zone);
    const next = at.getTimeZoneTransition('next')?.epochMilliseconds ?? Number.POSITIVE_INFINITY;
    spans.push({ start, end: next, offset: at.offsetNanoseconds / 1_000_000 });
    start = next;
  }
  return spans;
}
