import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { parseTimestamp } from '../../../src/main/core/jetty/parse-entry.ts';

describe('a timestamp', () => {
  it.each([
    ['2026-03-01T12:00:00Z', '2026-03-01T12:00:00.000Z'],
    ['2026-03-01T12:00:00.5Z', '2026-03-01T12:00:00.500Z'],
    ['2026-03-01T12:00:00.123456Z', '2026-03-01T12:00:00.123Z'],
    ['2026-03-01T12:00:00.999999999+05:30', '2026-03-01T06:30:00.999Z'],
    ['2026-03-01 12:00:00', '2026-03-01T12:00:00.000Z'],
    [' 2026-03-01T12:00:00-03:00 ', '2026-03-01T15:00:00.000Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
  ])('%s is %s', (text, instant) => {
    expect(parseTimestamp(text)).toBe(Date.parse(instant));
  });

  it.each([
    '2026-11-31T00:00:00Z',
    '2026-02-29T00:00:00Z',
    '2026-00-10T00:00:00Z',
    '2026-03-00T00:00:00Z',
    '2026-03-01T0a:00:00Z',
    '2026-02-29T00:00:00.5+01:00',
    '2026-13-01T00:00:00Z',
    '2026-03-01T24:00:00Z',
    '2026-03-01T12:60:00Z',
    'yesterday',
    '1969-12-31T23:59:59Z',
    '2110-01-01T00:00:00Z',
    '',
  ])('%j is none', (text) => {
    expect(parseTimestamp(text)).toBeNull();
  });

  it('is read as the calendar reads it, however it is written', () => {
    const two = (max: number) => fc.integer({ min: 0, max }).map((n) => String(n).padStart(2, '0'));
    const written = fc
      .tuple(
        fc.integer({ min: 1970, max: 2108 }),
        ...[two(13), two(32), two(24), two(60), two(60)],
        fc.option(fc.stringMatching(/^\d{1,9}$/), { nil: null }),
        fc.oneof(fc.constant('Z'), fc.tuple(fc.constantFrom('+', '-'), two(24), two(60))),
      )
      .map(([year, month, day, hour, minute, second, fraction, offset]) => {
        const zone = typeof offset === 'string' ? offset : `${offset[0]}${offset[1]}:${offset[2]}`;
        return `${year}-${month}-${day}T${hour}:${minute}:${second}${fraction === null ? '' : `.${fraction}`}${zone}`;
      });
    fc.assert(
      fc.property(written, (text) => {
        expect(parseTimestamp(text)).toBe(byCalendar(text));
      }),
      { numRuns: 2_000 },
    );
  });
});

function byCalendar(text: string): number | null {
  try {
    const ms = Temporal.Instant.from(text).epochMilliseconds;
    return ms >= 0 ? ms : null;
  } catch {
    return null;
  }
}
