import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { addDays, dayOf, daysBetween, endOfDay, startOfDay } from '../../src/shared/instant.ts';

test('the arithmetic of UTC days agrees with the calendar', () => {
  const instant = fc.integer({ min: Date.UTC(1000, 0), max: Date.UTC(9990, 0) });
  fc.assert(
    fc.property(instant, fc.integer({ min: -900, max: 900 }), (ms, n) => {
      const date = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO('UTC').toPlainDate();
      const [day, later] = [date.toString(), date.add({ days: n })];
      expect(dayOf(ms, 'UTC')).toBe(day);
      expect(addDays(day, n)).toBe(later.toString());
      expect(daysBetween(day, later.toString())).toBe(n);
      expect(startOfDay(day, 'UTC')).toBe(date.toZonedDateTime('UTC').epochMilliseconds);
      expect(endOfDay(day, 'UTC')).toBe(date.add({ days: 1 }).toZonedDateTime('UTC').epochMilliseconds);
    }),
  );
});

test.each(['2026-02-30', '2026-13-01', '2026-1-1', 'today', ''])('“%s” is no date', (text) => {
  expect(() => startOfDay(text, 'UTC')).toThrow(RangeError);
  expect(() => addDays(text, 1)).toThrow(RangeError);
});
