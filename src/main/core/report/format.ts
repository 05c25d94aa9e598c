import { Temporal } from 'temporal-polyfill';

// Dates and numbers as printed. No Intl: its output changes with the version of ICU, and a report made again must be
// the same, byte for byte.

const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const NARROW_SPACE = '\u202f';

/** `25104` → `25 104`, with a narrow no-break space. */
export function number(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, NARROW_SPACE);
}

/** `1 entry`, `2 entries`. */
export function counted(n: number, one: string, many: string): string {
  return `${number(n)} ${n === 1 ? one : many}`;
}

/** `2026-07-01` → `1 July 2026`. */
export function longDay(day: string): string {
  const [year, month, date] = day.split('-').map(Number);
  return `${date} ${MONTHS[(month ?? 1) - 1]} ${year}`;
}

/** `2026-07-01` → `1 Jul 2026`; without the year on request. */
export function shortDay(day: string, withYear = true): string {
  const [year, month, date] = day.split('-').map(Number);
  const text = `${date} ${MONTHS[(month ?? 1) - 1]?.slice(0, 3)}`;
  return withYear ? `${text} ${year}` : text;
}

/** `2026-07-01` → `July 2026`. */
export function monthOf(day: string): string {
  const [year, month] = day.split('-').map(Number);
  return `${MONTHS[(month ?? 1) - 1]} ${year}`;
}

/** `1 July – 30 September 2026`; both years where they differ. */
export function dayRange(from: string, to: string): string {
  if (from === to) return longDay(from);
  const sameYear = from.slice(0, 4) === to.slice(0, 4);
  return `${sameYear ? longDay(from).replace(/ \d+$/, '') : longDay(from)} – ${longDay(to)}`;
}

export type LocalTime = { readonly date: string; readonly time: string; readonly offset: string };

/** An instant in a zone: `28 Sep 2026`, `17:48:05` (milliseconds where there are any), `+01:00`. */
export function localTime(ms: number, zone: string): LocalTime {
  const local = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
  const two = (n: number): string => String(n).padStart(2, '0');
  const fraction = local.millisecond === 0 ? '' : `.${String(local.millisecond).padStart(3, '0')}`;
  return {
    date: shortDay(local.toPlainDate().toString()),
    time: `${two(local.hour)}:${two(local.minute)}:${two(local.second)}${fraction}`,
    offset: zone === 'UTC' ? 'UTC' : local.offset,
  };
}

/** `28 Sep 2026, 17:48:05 +01:00`. */
export function stamp(ms: number, zone: string): string {
  const { date, time, offset } = localTime(ms, zone);
  return `${date}, ${time} ${offset}`;
}

/** `UTC`, `Europe/Lisbon (UTC+01:00)`, or both offsets where the clocks change within the period. */
export function zoneText(zone: string, fromMs: number, toMs: number): string {
  if (zone === 'UTC') return 'UTC';
  const from = localTime(fromMs, zone).offset;
  const to = localTime(toMs, zone).offset;
  return from === to ? `${zone} (UTC${from})` : `${zone} (UTC${from}, later UTC${to})`;
}

/** `2f9a60c47d18…` in groups of four: the whole, or its two ends. */
export function groupedHash(hex: string, ends = false): string {
  const groups = hex.match(/.{1,4}/g) ?? [];
  if (!ends || groups.length <= 6) return groups.join(' ');
  return `${groups.slice(0, 2).join(' ')} … ${groups.slice(-2).join(' ')}`;
}

/** `a, b and c`. */
export function listed(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

/** `2026-07-01T00:00:00.000Z`: an instant without a zone to think about. */
export function isoInstant(ms: number): string {
  return new Date(ms).toISOString();
}

/** With a capital letter first. */
export function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
