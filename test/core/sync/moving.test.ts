import { describe, expect, test } from 'vitest';
import { expectTruth, setUp, untilComplete } from './support/against-simulator.ts';
import { contentsOf, DAY, NOW, patientClock, steppingClock } from './support/fixtures.ts';

const HOUR = 3_600_000;

describe.each(['length-aware', 'simple'] as const)('a 90-day backfill over a log that moves (%s)', (envelope) => {
  test('misses nothing that was served at any time', async () => {
    // Time passes on the server, with every request, and not by the world's clock: a busy machine must not let more expire
    // before it is asked for than a slow network would.
    const clock = patientClock(NOW);
    const { simulator, writer, sync } = await setUp({
      clock,
      envelope,
      entries: 6_000,
      days: 95,
      retentionDays: 90,
      perPageMax: 40,
      faults: ['tide:20', 'late:50'],
    });
    await untilComplete(() => sync({ plan: 'coastal' }));
    expectTruth(simulator, writer, true);
    const presents = simulator.history().map((request) => request.at);
    const [first, last] = [presents[0] ?? 0, presents.at(-1) ?? 0];
    const within = (from: number, to: number) =>
      [...simulator.servedBetween(first, last)].filter(({ ts }) => ts >= from && ts < to).length;
    // It did move: some expired and some arrived on the way, and all of them are here.
    expect(within(first - 90 * DAY, last - 90 * DAY)).toBeGreaterThan(0);
    expect(within(first, last)).toBeGreaterThan(0);
  });
});

test('a run that goes on past midnight reads the day that has begun, too', async () => {
  const now = Date.parse('2026-03-31T23:58:00Z');
  const { writer, sync, clock } = await setUp({
    now,
    clock: steppingClock(now, 500),
    days: 10,
    entries: 200,
    perPageMax: 10,
    faults: ['tide:30'],
  });
  expect((await sync()).achieved.complete).toBe(true);
  // Past midnight, and within the hour of grace.
  const midnight = Date.parse('2026-04-01');
  expect(clock.now()).toBeGreaterThan(midnight);
  expect(clock.now()).toBeLessThan(midnight + HOUR);
  expect(writer.coverage('2026-03-31', '2026-04-02').map((day) => [day.day, day.state])).toEqual([
    ['2026-03-31', 'partial'],
    ['2026-04-01', 'partial'],
  ]);
});

test('a clock that is behind does not hide the day that has begun on the server', async () => {
  const now = Date.parse('2026-03-31T22:30:00Z');
  const { simulator, writer, sync } = await setUp({
    now,
    clock: steppingClock(now, 1),
    days: 10,
    entries: 800,
    faults: ['clock-ahead:180'],
  });
  expect((await sync()).achieved.complete).toBe(true);
  expectTruth(simulator, writer, true);
  expect([...contentsOf(writer).values()].some((raw) => raw.includes('"2026-04-01T'))).toBe(true);
  // By one clock the day is not over, by the other the hour of grace has.
  expect(writer.coverage('2026-03-31', '2026-03-31')[0]?.state).toBe('partial');
});
