import { describe, expect, test } from 'vitest';
import { createClient } from '../../../src/main/core/jetty/client.ts';
import type { Clock, HttpFetch } from '../../../src/main/core/ports.ts';
import { type Course, leftInWords, timeLeft } from '../../../src/main/core/sync/estimate.ts';
import { progressWords } from '../../../src/main/core/sync/progress-words.ts';
import { runSync } from '../../../src/main/core/sync/sync.ts';
import { unwrap } from '../../../src/shared/errors.ts';
import { realRandom } from '../../support/ports.ts';
import { expectTruth, setUp } from './support/against-simulator.ts';
import { NOW } from './support/fixtures.ts';

const MINUTE = 60_000;
const RESPONSE_MS = 120;

/** A clock that only moves where somebody waits; those who wait at the same time wait together. */
function movedClock(): Clock & { advance(ms: number): void } {
  let now = NOW;
  return {
    now: () => now,
    advance: (ms) => {
      now += ms;
    },
    sleep: async (ms) => {
      const until = now + ms;
      await Promise.resolve();
      now = Math.max(now, until);
    },
  };
}

/** `about 4 min left`, in milliseconds; null where nothing is said. */
function saidLeft(note: string): number | null {
  if (note.includes('less than a minute left')) return 0;
  const [, hours, minutes] = /about (?:(\d+) h )?(\d+) min left/.exec(note) ?? [];
  return minutes === undefined ? null : (Number(hours ?? 0) * 60 + Number(minutes)) * MINUTE;
}

test('25,000 entries of 90 days at 60 requests a minute: done in time, never overrun, and every estimate is true', async () => {
  const clock = movedClock();
  const options = { clock, entries: 25_000, days: 90, retentionDays: 90, perPageMax: 100, rateLimitPerMinute: 60 };
  const { simulator, writer } = await setUp(options);
  const slow: HttpFetch = async (url, init) => {
    const response = await fetch(url, init);
    clock.advance(RESPONSE_MS);
    return response;
  };
  const run = async (signal?: AbortSignal, onEstimate?: () => void) => {
    const said: { readonly at: number; readonly left: number }[] = [];
    const outcome = await runSync({
      writer,
      clock,
      plan: 'coastal',
      client: unwrap(
        createClient({ address: simulator.url, token: simulator.token, fetch: slow, clock, random: realRandom }),
      ),
      onProgress: ({ note }) => {
        const left = saidLeft(note);
        if (left !== null) said.push({ at: clock.now(), left });
        onEstimate?.();
      },
      ...(signal && { signal }),
    });
    return { outcome, said };
  };

  const abort = new AbortController();
  const began = clock.now();
  const first = await run(abort.signal, () => {
    if (writer.info().entries > 10_000) abort.abort();
  });
  expect(first.outcome).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  expect(writer.info().entries).toBe(first.outcome.achieved.inserted);

  const firstRequests = simulator.history().length;
  const second = await run();
  expect(second.outcome.achieved).toMatchObject({ complete: true });
  expectTruth(simulator, writer, true);
  // The second run cannot know what the first has used up of this minute: its first request, and no other, may be told.
  const refused = simulator.history().flatMap(({ status }, i) => (status === 429 ? [i] : []));
  expect(refused.filter((i) => i !== firstRequests)).toEqual([]);
  // A page was under way, and no page that was here is asked for again.
  expect(simulator.requests()).toBeLessThan(25_000 / 100 + 90 / 2 + 15);
  const minutes = (clock.now() - began) / MINUTE;
  expect(minutes).toBeGreaterThan(4);
  expect(minutes).toBeLessThan(7);

  const end = clock.now();
  const off = second.said.map(({ at, left }) => Math.abs(left - (end - at)));
  expect(second.said.length).toBeGreaterThan(30);
  expect(Math.max(...second.said.map(({ left }) => left))).toBeGreaterThanOrEqual(2 * MINUTE);
  // They are said in whole minutes, and know what was committed: on this clock, on which no timer fires, that lags behind.
  expect(Math.max(...off)).toBeLessThanOrEqual(1.25 * MINUTE);
});

describe('an estimate', () => {
  const course: Course = {
    now: NOW,
    elapsed: 20_000,
    waited: 0,
    pages: 100,
    entries: 9_000,
    daysDone: 30,
    daysLeft: 60,
    expected: null,
    limit: null,
  };

  test('goes by days where entries are not counted, by entries where they are', () => {
    expect(timeLeft(course)).toBe(40_000);
    expect(timeLeft({ ...course, expected: { entries: 18_000, pageSize: 100 } })).toBe(40_000);
  });

  test('is not made before anything is known', () => {
    expect(timeLeft({ ...course, pages: 0, entries: 0, daysDone: 0 })).toBeNull();
    expect(leftInWords(null)).toBe('');
  });

  test('counts in bursts where the server allows so many requests a minute', () => {
    const limit = { perMinute: 60, left: 10, resetsAt: NOW + 30_000 };
    // 200 pages: 10 now, 60 in half a minute, 60 and 60 in the minutes after, and the last 10 in the one after that.
    expect(timeLeft({ ...course, limit })).toBe(30_000 + 3 * MINUTE + 10 * 200);
    expect(timeLeft({ ...course, daysLeft: 3, limit })).toBe(10 * 200);
  });

  test('is said as people say it', () => {
    expect([20_000, 240_000, 5_400_000].map(leftInWords)).toEqual([
      'less than a minute left',
      'about 4 min left',
      'about 1 h 30 min left',
    ]);
  });
});

test('a run in one line: days, what is left, what it waits for, counts', () => {
  const run = { daysDone: 22, daysTotal: 91, fetched: 5026, inserted: 4926, left: 240_000, waiting: null };
  expect(progressWords(run)).toBe('22 of 91 days · about 4 min left · 5\u202f026 entries read, 4\u202f926 new');
  expect(progressWords({ ...run, waiting: { ms: 38_200, why: 'it asks to slow down (429)' } })).toContain(
    'about 4 min left · waiting 39 s, it asks to slow down (429) · 5',
  );
  expect(progressWords({ ...run, daysDone: 91, left: 0 })).toMatch(/^91 of 91 days · 5/);
  expect(progressWords({ ...run, daysTotal: null, left: null, fetched: 1, inserted: 1 })).toBe('1 entry read, 1 new');
});
