import { Temporal } from 'temporal-polyfill';

const LOCAL = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?$/;
const DOTTED = /^(\d\d)[./](\d\d)[./](\d{4})(?: (\d\d):(\d\d)(?::(\d\d))?)?$/;
const ZONED = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)? ?(?:Z|UTC|GMT|[+-]\d\d:?\d\d)$/i;

/** An instant from a text of another log, milliseconds UTC; null where it is none. Times without a zone are of `zone`. */
export function readInstant(text: string, zone: string): number | null {
  const trimmed = text.trim();
  if (/^\d{10}(\.\d+)?$/.test(trimmed)) return Math.round(Number(trimmed) * 1_000);
  if (/^\d{13}$/.test(trimmed)) return Number(trimmed);
  if (ZONED.test(trimmed)) {
    const ms = Date.parse(
      trimmed
        .replace(' ', 'T')
        .replace(',', '.')
        .replace(/ ?(?:UTC|GMT)$/i, 'Z')
        .replace(/ (?=[+-]\d\d)/, '')
        .replace(/([+-]\d\d)(\d\d)$/, '$1:$2'),
    );
    return Number.isNaN(ms) ? null : ms;
  }
  const dotted = DOTTED.exec(trimmed);
  const parts = dotted
    ? [dotted[3], dotted[2], dotted[1], dotted[4], dotted[5], dotted[6]]
    : LOCAL.exec(trimmed)?.slice(1);
  if (parts === undefined) return null;
  const [year, month, day, hour, minute, second, fraction] = parts.map((part) => part ?? '0');
  const ms = Number((fraction ?? '0').slice(0, 3).padEnd(3, '0'));
  const fields = {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
    millisecond: ms,
  };
  try {
    return Temporal.PlainDateTime.from(fields, { overflow: 'reject' }).toZonedDateTime(zone).epochMilliseconds;
  } catch {
    return null;
  }
}
