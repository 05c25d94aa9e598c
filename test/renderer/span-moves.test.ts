import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rangeBeside, zoomed } from '../../src/renderer/features/explorer/span-moves.ts';
import type { TimeRange } from '../../src/renderer/lib/filter-edit.ts';
import { unwrap } from '../../src/shared/errors.ts';
import { resolveRange } from '../../src/shared/filter/range.ts';

const ANY = { fromMs: 0, toMs: 0 };
const ZONE = 'Europe/Lisbon';
const DAY = 86_400_000;

test.each([
  ['a quarter', '2026-07-01', '2026-09-30', '2026-04-01', '2026-06-30', '2026-10-01', '2026-12-31'],
  ['a quarter that has begun', '2026-10-01', undefined, '2026-07-01', '2026-09-30', '2027-01-01', '2027-03-31'],
  ['a month', '2026-03-01', '2026-03-31', '2026-02-01', '2026-02-28', '2026-04-01', '2026-04-30'],
  ['a year', '2024-01-01', '2024-12-31', '2023-01-01', '2023-12-31', '2025-01-01', '2025-12-31'],
  ['a week', '2026-03-23', '2026-03-29', '2026-03-16', '2026-03-22', '2026-03-30', '2026-04-05'],
  ['a day', '2026-03-29', '2026-03-29', '2026-03-28', '2026-03-28', '2026-03-30', '2026-03-30'],
])('%s is followed by one of its kind', (_what, from, to, beforeFrom, beforeTo, afterFrom, afterTo) => {
  const filter = { terms: [], from, ...(to === undefined ? {} : { to }) };
  expect(rangeBeside(filter, ANY, -1, ZONE)).toEqual({ from: beforeFrom, to: beforeTo });
  expect(rangeBeside(filter, ANY, 1, ZONE)).toEqual({ from: afterFrom, to: afterTo });
});

test('another span is followed by one as long, with nothing in between', () => {
  const span = { fromMs: Date.parse('2026-03-20T10:00:00Z'), toMs: Date.parse('2026-03-20T13:59:59.999Z') };
  const filter = { terms: [], last: '4h' };
  expect(rangeBeside(filter, span, -1, 'UTC')).toEqual({ from: '2026-03-20T06:00', to: '2026-03-20T09:59:59.999' });
  expect(rangeBeside(filter, span, 1, 'UTC')).toEqual({ from: '2026-03-20T14:00', to: '2026-03-20T17:59:59.999' });
});

const anySpan = fc
  .tuple(fc.integer({ min: 500 * DAY, max: 2e12 }), fc.integer({ min: 0, max: 400 * DAY }))
  .map(([fromMs, length]) => ({ fromMs, toMs: fromMs + length }));

test('earlier and later adjoin, wherever a span lies', () => {
  const filter = { terms: [], last: '7d' };
  const spanOf = (range: TimeRange) => unwrap(resolveRange({ terms: [], ...range }, ZONE, 0));
  fc.assert(
    fc.property(anySpan, (span) => {
      expect(spanOf(rangeBeside(filter, span, -1, ZONE)).toMs).toBe(span.fromMs - 1);
      expect(spanOf(rangeBeside(filter, span, 1, ZONE)).fromMs).toBe(span.toMs + 1);
    }),
  );
});

test('zooming out holds what was there, in is about half of it, and neither ends', () => {
  fc.assert(
    fc.property(anySpan, (span) => {
      const out = zoomed(span, 2);
      expect(out.fromMs).toBeLessThanOrEqual(span.fromMs);
      expect(out.toMs).toBeGreaterThanOrEqual(span.toMs - 60_000);
      const length = span.toMs - span.fromMs + 1;
      const shorter = zoomed(span, 0.5);
      expect(shorter.toMs - shorter.fromMs + 1).toBeLessThanOrEqual(Math.max(60_000, length / 2 + 60_000));
      expect(shorter.toMs - shorter.fromMs + 1).toBeGreaterThanOrEqual(60_000);
    }),
  );
});

test('zooming keeps the middle, and ends at a minute', () => {
  const span = { fromMs: 0, toMs: DAY - 1 };
  expect(zoomed(span, 0.5)).toEqual({ fromMs: DAY / 4, toMs: (3 * DAY) / 4 - 1 });
  expect(zoomed({ fromMs: 0, toMs: 59_999 }, 0.5)).toEqual({ fromMs: 0, toMs: 59_999 });
});
