import { describe, expect, onTestFinished, test } from 'vitest';
import { runSync } from '../../../src/main/core/sync/sync.ts';
import type { SyncOptions } from '../../../src/main/core/sync/sync-options.ts';
import { newArchive } from '../../support/archive.ts';
import { clientFor, contentsOf, DAY, entryAt, makeLog, NOW, patientClock, truthOf } from './support/fixtures.ts';
import { type Behaviour, type Served, startTinyServer, type TinyEnvelope } from './support/tiny-server.ts';

const ENVELOPES: TinyEnvelope[] = ['paginated', 'simple', 'flat', 'bare'];

async function setUp(entries: readonly Served[], behaviour: Behaviour = {}) {
  const server = await startTinyServer(entries, behaviour);
  onTestFinished(() => server.close());
  const { writer } = await newArchive();
  const clock = patientClock();
  const sync = (options: Partial<SyncOptions> = {}) =>
    runSync({ writer, client: clientFor(server.url, { clock }), clock, ...options });
  const states = () => new Map(writer.coverage('1970-01-01', '2100-01-01').map((day) => [day.day, day.state]));
  return { server, writer, clock, sync, states };
}

describe.each(ENVELOPES)('with the envelope %s', (envelope) => {
  test('everything served is stored byte for byte, and every past day is complete', async () => {
    const log = makeLog(12, 57);
    const { sync, writer, states } = await setUp(log, { envelope, perPageMax: 25 });
    const outcome = await sync({ plan: 'harbor' });
    expect(outcome.ok && outcome.value).toMatchObject({
      inserted: log.length,
      changed: 0,
      rejected: 0,
      complete: true,
    });
    expect(contentsOf(writer)).toEqual(truthOf(log));
    expect(states().get('2026-03-30')).toBe('complete');
    expect(states().get('2026-03-31')).toBe('partial');
    // The day in which the retention edge lies may have lost its morning before we came.
    expect(states().get('2026-03-01')).toBe('partial');
    expect(outcome.achieved.days).toEqual({ complete: 29, partial: 2, lost: 0 });
  });

  test('a second run asks only for today', async () => {
    const { sync, server } = await setUp(makeLog(6, 20), { envelope });
    await sync();
    const before = server.asked.length;
    const again = await sync();
    expect(again.ok && again.value).toMatchObject({ inserted: 0, complete: true });
    expect(server.asked.slice(before).map((asked) => asked.from)).toEqual(
      server.asked.slice(before).map(() => '2026-03-31'),
    );
  });

  test('entries of one second that change places between requests are all found', async () => {
    const log = makeLog(2, 10);
    for (let i = 0; i < 90; i++) log.push(entryAt(`burst_${i}`, NOW - 2 * DAY + Math.floor(i / 6) * 1000));
    const { sync, writer } = await setUp(log, { envelope, perPageMax: 20, order: 'shuffled_seconds' });
    const outcome = await sync();
    expect(outcome.achieved.complete).toBe(true);
    expect(contentsOf(writer)).toEqual(truthOf(log));
  });

  test('a server that ignores the dates is noticed and walked whole', async () => {
    const log = makeLog(9, 31);
    const { sync, writer, states, server } = await setUp(log, { envelope, ignoreDates: true, perPageMax: 30 });
    const outcome = await sync();
    expect(outcome.achieved.complete).toBe(true);
    expect(contentsOf(writer)).toEqual(truthOf(log));
    expect(states().get('2026-03-30')).toBe('complete');
    expect(server.asked.length).toBeLessThan(40);
    const before = server.asked.length;
    expect((await sync()).achieved.complete).toBe(true);
    expect(server.asked.length - before).toBeLessThan(6);
  });

  test.each([-9, 11])('a server whose midnight is %i hours off gives whole UTC days', async (zoneHours) => {
    const log = makeLog(9, 31);
    const { sync, writer, states } = await setUp(log, { envelope, zoneHours });
    const outcome = await sync();
    expect(outcome.achieved.complete).toBe(true);
    expect(contentsOf(writer)).toEqual(truthOf(log));
    expect(states().get('2026-03-30')).toBe('complete');
  });

  test('entries that arrive while the log is read do not hide others', async () => {
    const log = makeLog(3, 80);
    let n = 0;
    const { sync, writer, server } = await setUp(log, {
      envelope,
      perPageMax: 20,
      before: () => {
        n++;
        server.entries.push(entryAt(`new_${n}`, NOW - 3_600_000 + n * 1000));
        return undefined;
      },
    });
    const outcome = await sync();
    expect(outcome.achieved.complete).toBe(true);
    const stored = contentsOf(writer);
    for (const [id, content] of truthOf(log)) expect(stored.get(id)).toBe(content);
  });

  test('a late entry in a day being read is found before the day is called complete', async () => {
    const log = makeLog(3, 80);
    const late = entryAt('late', NOW - 2 * DAY);
    const { sync, writer, server, states } = await setUp(log, {
      envelope,
      perPageMax: 20,
      before: (asked) => {
        if (asked.from === '2026-03-29' && asked.page === 3 && !server.entries.includes(late))
          server.entries.push(late);
        return undefined;
      },
    });
    const outcome = await sync();
    expect(outcome.achieved.complete).toBe(true);
    expect(states().get('2026-03-29')).toBe('complete');
    expect(contentsOf(writer)).toEqual(truthOf([...log, late]));
  });

  test('entries that expire while the log is read do not hide others', async () => {
    const log = makeLog(4, 60);
    const oldest = [...log].sort((a, b) => a.timestamp.localeCompare(b.timestamp));
    const { sync, writer, server } = await setUp(log, {
      envelope,
      perPageMax: 20,
      before: (asked) => {
        if (asked.number > 2) server.entries = server.entries.filter((entry) => entry !== oldest.shift());
        return undefined;
      },
    });
    await sync();
    const stored = contentsOf(writer);
    for (const [id, content] of truthOf(server.entries)) expect(stored.get(id)).toBe(content);
  });

  test('killed at every possible page, it goes on where it was', async () => {
    const log = makeLog(3, 130);
    const calm = await setUp(log, { envelope, perPageMax: 20 });
    await calm.sync();
    const { server, writer, sync, clock } = await setUp(log, { envelope, perPageMax: 20 });
    let complete = false;
    let runs = 0;
    while (!complete) {
      // A process that dies is one whose requests and transactions simply end.
      const stopAt = server.asked.length + 5;
      const abort = new AbortController();
      server.behaviour.before = (asked) => {
        if (asked.number === stopAt) abort.abort();
        return undefined;
      };
      complete = (await sync({ signal: abort.signal, client: clientFor(server.url, { clock }) })).achieved.complete;
      expect(++runs).toBeLessThan(40);
    }
    expect(contentsOf(writer)).toEqual(truthOf(log));
    // Each kill may cost the request in flight, the probe of a first run and what was asked ahead; never whole days.
    expect(server.asked.length).toBeLessThanOrEqual(calm.server.asked.length + 3 * runs);
  });
});
