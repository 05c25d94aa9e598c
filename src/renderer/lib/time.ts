import { Temporal } from 'temporal-polyfill';
import { dayOf } from '../../shared/instant.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

function format(locale: string, zone: string, key: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const id = `${locale}|${zone}|${key}`;
  let found = formats.get(id);
  if (!found) {
    found = new Intl.DateTimeFormat(locale, { ...options, timeZone: zone });
    formats.set(id, found);
  }
  return found;
}

// Each of these locales knows the short zone names of its own part of the world and prints an offset for the others.
const NAMING_LOCALES = ['en-GB', 'en-US', 'en-AU', 'en-IN', 'en-CA', 'en-ZA', 'en-NZ', 'ja-JP'];

/** Short name of a zone at an instant: `WEST`, `EDT`, `UTC`, else its offset, `UTC+5:45`. */
export function zoneName(ms: number, zone: string): string {
  let offset = '';
  for (const locale of NAMING_LOCALES) {
    const parts = format(locale, zone, 'zone', { timeZoneName: 'short' }).formatToParts(ms);
    const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? '';
    if (/^[A-Z]{2,5}$/.test(name)) return name === 'GMT' && zone === 'UTC' ? 'UTC' : name;
    offset ||= name;
  }
  return offset.replace('GMT', 'UTC').replace('\u2212', '-');
}

/** `03:15:41`, in the zone. */
export function clock(ms: number, zone: string): string {
  return format('en-GB', zone, 'clock', {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).format(ms);
}

/** `03:15`, in the zone. */
export function clockMinutes(ms: number, zone: string): string {
  return clock(ms, zone).slice(0, 5);
}

/** `14 Oct 2026`, in the zone. */
export function date(ms: number, zone: string): string {
  return parts(ms, zone, ['day', 'month', 'year']);
}

/** `14 Oct`, in the zone. */
export function shortDate(ms: number, zone: string): string {
  return parts(ms, zone, ['day', 'month']);
}

/** `Thu 15 Oct`, in the zone. */
export function dayName(ms: number, zone: string): string {
  return parts(ms, zone, ['weekday', 'day', 'month']);
}

/** `Thu 15 Oct 2026`, in the zone. */
export function longDate(ms: number, zone: string): string {
  return parts(ms, zone, ['weekday', 'day', 'month', 'year']);
}

function parts(ms: number, zone: string, wanted: readonly string[]): string {
  const found = format('en-US', zone, 'date', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  }).formatToParts(ms);
  return wanted.map((type) => found.find((part) => part.type === type)?.value ?? '').join(' ');
}

/** `14 Oct 2026, 18:22 WEST`. */
export function dateTime(ms: number, zone: string): string {
  return `${date(ms, zone)}, ${clockMinutes(ms, zone)} ${zoneName(ms, zone)}`;
}

/** `Wed 14 Oct 2026, 03:15:41.207 WEST`; fractions only where there are any. */
export function exactTime(ms: number, zone: string): string {
  const fraction = ms % 1000 === 0 ? '' : `.${String(Math.trunc(((ms % 1000) + 1000) % 1000)).padStart(3, '0')}`;
  return `${longDate(ms, zone)}, ${clock(ms, zone)}${fraction} ${zoneName(ms, zone)}`;
}

/** How long ago, in its largest unit: `45 min`, `3 h`, `12 d`, `2 y`. */
export function age(ms: number, nowMs: number): string {
  const seconds = Math.max(0, (nowMs - ms) / 1000);
  if (seconds < 60) return `${Math.trunc(seconds)} s`;
  if (seconds < 3600) return `${Math.trunc(seconds / 60)} min`;
  if (seconds < 86_400) return `${Math.trunc(seconds / 3600)} h`;
  if (seconds < 731 * 86_400) return `${Math.trunc(seconds / 86_400)} d`;
  return `${Math.trunc(seconds / (365.25 * 86_400))} y`;
}

/** `Lisbon · WEST (UTC+1)`. */
export function zoneLabel(zone: string, atMs: number): string {
  if (zone === 'UTC') return 'UTC';
  const name = zoneName(atMs, zone);
  const offset = offsetText(zone, atMs);
  const city = zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ');
  return name.startsWith('UTC') ? `${city} · ${name}` : `${city} · ${name} (${offset})`;
}

/** `UTC+1`, `UTC−3:30`, `UTC`. */
export function offsetText(zone: string, atMs: number): string {
  const minutes =
    Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(zone).offsetNanoseconds / 60_000_000_000;
  if (minutes === 0) return 'UTC';
  const rest = Math.abs(minutes) % 60;
  const sign = minutes < 0 ? '\u2212' : '+';
  return `UTC${sign}${Math.trunc(Math.abs(minutes) / 60)}${rest ? `:${String(rest).padStart(2, '0')}` : ''}`;
}

/** The zone of this machine. */
export function localZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
}

/**
 * An instant as the query language writes it in a zone: a local date-time where that names the instant, else (in the
 * hour that a change of clocks repeats) the UTC instant.
 */
export function boundText(ms: number, zone: string): string {
  const local = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).toPlainDateTime();
  if (local.toZonedDateTime(zone).epochMilliseconds !== ms) return new Date(ms).toISOString();
  return local.second === 0 && local.millisecond === 0
    ? local.toString({ smallestUnit: 'minute' })
    : local.toString({ smallestUnit: local.millisecond === 0 ? 'second' : 'millisecond' });
}

/** First instant of the quarter an instant lies in, in a zone, as a date. */
export function quarterStart(ms: number, zone: string): string {
  const day = Temporal.PlainDate.from(dayOf(ms, zone));
  return day.with({ month: Math.trunc((day.month - 1) / 3) * 3 + 1, day: 1 }).toString();
}

/** How long before or after: `−4:05`, `+12 s`; hours and minutes beyond a minute. */
export function signedOffset(ms: number): string {
  const sign = ms < 0 ? '−' : '+';
  const seconds = Math.round(Math.abs(ms) / 1000);
  if (seconds < 60) return `${sign}${seconds} s`;
  return `${sign}${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
