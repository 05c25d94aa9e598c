import { describe, expect, onTestFinished, test } from 'vitest';
import { runSync } from '../../../src/main/core/sync/sync.ts';
import type { SyncOptions } from '../../../src/main/core/sync/sync-options.ts';
import { newArchive } from '../../support/archive.ts';
import { clientFor, contentsOf, DAY, entryAt, makeLog, NOW, patientClock, truthOf } from './support/fixtures.ts';
import { type Behaviour, type Served, startTinyServer } from './support/tiny-server.ts';

async function setUp(entries: readonly Served[], behaviour: Behaviour = {}) {
  const server = await startTinyServer(entries, behaviour);
  onTestFinished(() => server.close());
  const { writer } = await newArchive();
  const sync = (options: Partial<SyncOptions> = {}, now = NOW) => {
    const clock = patientClock(now);
    return runSync({ writer, client: clientFor(server.url, { clock, retry: { tries: 2 } }), clock, ...options });
  };
  const states = (from: string, to: string) => writer.coverage(from, to).map((day) => day.state);
  return { server, writer, sync, states };
}

describe('days', () => {
  test('that fell out of retention before they were fetched are lost, and stay so', async () => {
    const log = makeLog(10, 12);
    const { server, sync, states } = await setUp(log);
    await sync({ plan: 'harbor' });
    const later = NOW + 50 * DAY;
    server.entries = makeLog(30, 12, later).filter((entry) => Date.parse(entry.timestamp) >= later - 30 * DAY);
    const outcome = await sync({ plan: 'harbor' }, later);
    expect(outcome.achieved.complete).toBe(true);
    // 1 April to 19 April: after what the first run settled, before what the second could still have.
    expect(outcome.achieved.days.lost).toBe(19);
    expect(new Set(states('2026-04-01', '2026-04-19'))).toEqual(new Set(['lost']));
    // The last day of the first run was not over then and cannot be completed any more.
    expect(states('2026-03-31', '2026-03-31')).toEqual(['partial']);
    expect((await sync({ plan: 'harbor' }, later)).achieved.days.lost).toBe(19);
  });

  test('just ended are partial until the hour of grace has passed', async () => {
    const midnight = Date.parse('2026-03-31T00:00:00Z');
    const { sync, states } = await setUp(makeLog(3, 10));
    await sync({}, midnight + 600_000);
    expect(states('2026-03-29', '2026-03-30')).toEqual(['complete', 'partial']);
    const outcome = await sync({}, midnight + 3_600_000);
    expect(states('2026-03-30', '2026-03-30')).toEqual(['complete']);
    expect(outcome.achieved.complete).toBe(true);
  });

  test('asked for by date are asked alone', async () => {
    const { server, sync, writer } = await setUp(makeLog(9, 12));
    const outcome = await sync({ from: '2026-03-24', to: '2026-03-25' });
    expect(outcome.achieved).toMatchObject({
      complete: true,
      inserted: 24,
      days: { complete: 2, partial: 0, lost: 0 },
    });
    expect(server.asked.every((asked) => asked.from !== null && asked.from >= '2026-03-24')).toBe(true);
    expect(writer.info().entries).toBe(24);
    await sync();
    expect(writer.info().entries).toBe(server.entries.length);
  });

  test.each([[{ from: '2026-02-30' }], [{ to: 'yesterday' }], [{ from: '2026-03-02', to: '2026-03-01' }]])(
    '%j is no range',
    async (range) => {
      expect(await (await setUp([])).sync(range)).toMatchObject({ ok: false, error: { code: 'bad_input' } });
    },
  );

  test('of an organisation that has done nothing yet cost few requests', async () => {
    const { server, sync } = await setUp([]);
    expect((await sync({ plan: 'fleet' })).achieved).toMatchObject({ complete: true, fetched: 0, oldest: null });
    expect(server.asked.length).toBeLessThan(25);
  });
});

describe('faults', () => {
  test('one day that never answers keeps no other from being fetched; the next run goes on', async () => {
    const log = makeLog(8, 130);
    const bad = '2026-03-26';
    const { server, writer, sync, states } = await setUp(log, {
      before: (asked, response) => {
        if (asked.from !== bad) return false;
        response.writeHead(500).end();
        return true;
      },
    });
    const outcome = await sync();
    expect(outcome).toMatchObject({ ok: false, error: { code: 'server' }, achieved: { complete: false } });
    expect(!outcome.ok && outcome.error.message).toContain(bad);
    expect(writer.info().entries).toBe(log.filter((entry) => !entry.timestamp.startsWith(bad)).length);
    expect(states(bad, bad)).toEqual(['pending']);
    server.behaviour.before = () => undefined;
    expect((await sync()).achieved.complete).toBe(true);
    expect(contentsOf(writer)).toEqual(truthOf(log));
  });

  test('a server that dies half way ends the run soon, keeping what came', async () => {
    const log = makeLog(30, 130);
    const { server, writer, sync } = await setUp(log, {
      before: (asked, response) => {
        if (asked.number <= 10) return false;
        response.destroy();
        return true;
      },
    });
    const outcome = await sync();
    expect(outcome).toMatchObject({ ok: false, error: { code: 'network' } });
    // Six at most were on their way then, each tried six times at most; no other window is tried after them.
    expect(server.asked.length).toBeLessThanOrEqual(10 + 6 * 6);
    expect(outcome.achieved.inserted).toBe(writer.info().entries);
    expect(writer.info().entries).toBeGreaterThan(500);
  });

  test('a server whose count never fits its entries is not believed', async () => {
    const log = makeLog(3, 40);
    const { sync, states, writer } = await setUp(log, {
      arrange: (entries, asked) => (asked.from === '2026-03-29' ? entries.concat(entries.slice(0, 1)) : entries),
      perPageMax: 15,
    });
    const outcome = await sync();
    expect(outcome).toMatchObject({ ok: false, error: { code: 'server' }, achieved: { complete: false } });
    expect(!outcome.ok && outcome.error.message).toContain('2026-03-29');
    expect(states('2026-03-28', '2026-03-30')).toEqual(['complete', 'partial', 'complete']);
    expect(contentsOf(writer)).toEqual(truthOf(log));
  });

  test('entries that are none are kept, counted and do not disturb', async () => {
    const log = makeLog(2, 10);
    const odd = [{ id: 'x', timestamp: 'never' }, 'text', null, 17, [[]]] as unknown as Served[];
    const { sync, writer } = await setUp(log, {
      arrange: (entries, asked) => (asked.from === '2026-03-30' ? entries.concat(odd) : entries),
    });
    const outcome = await sync();
    expect(outcome.achieved).toMatchObject({ complete: true, rejected: 5, inserted: log.length });
    expect(writer.info().unreadable).toBe(5);
  });

  test('the same id with other content is kept beside what was there', async () => {
    const log = makeLog(2, 10);
    const { server, sync, writer } = await setUp(log);
    await sync();
    server.entries = server.entries.map((entry) => ({ ...entry, action: 'tunnel.stopped' }));
    expect((await sync({ full: true })).achieved).toMatchObject({ inserted: 0, changed: log.length, complete: true });
    expect(contentsOf(writer)).toEqual(truthOf(log));
  });

  test('a server that wants an end to every range gets one', async () => {
    const log = makeLog(4, 30);
    const { sync, writer } = await setUp(log, {
      before: (asked, response) => {
        if (asked.from === null || asked.to !== null) return false;
        const body = '{"message":"The to field is required.","errors":{"to":["The to field is required."]}}';
        response.writeHead(422, { 'content-type': 'application/json' }).end(body);
        return true;
      },
    });
    expect((await sync()).achieved.complete).toBe(true);
    expect(contentsOf(writer)).toEqual(truthOf(log));
  });

  test('entries of the future are fetched with the present', async () => {
    const log = [...makeLog(4, 30), entryAt('ahead_1', NOW + 30 * DAY), entryAt('ahead_2', NOW + 3_000 * DAY)];
    const { sync, writer } = await setUp(log);
    expect((await sync()).achieved.complete).toBe(true);
    expect(contentsOf(writer)).toEqual(truthOf(log));
  });

  test('a wrong token asks once and changes nothing', async () => {
    const { server, writer, sync } = await setUp(makeLog(2, 10));
    const client = clientFor(server.url, { token: 'another-token' });
    expect(await sync({ client })).toMatchObject({ ok: false, error: { code: 'unauthenticated' } });
    expect(writer.info()).toMatchObject({ entries: 0 });
    expect(writer.coverage('1970-01-01', '2100-01-01')).toEqual([]);
  });
});

test('hundreds of entries in one second, shuffled at every request, are all found', async () => {
  const log = makeLog(2, 10);
  for (let i = 0; i < 150; i++) log.push(entryAt(`burst_${i}`, NOW - DAY));
  const { sync, writer } = await setUp(log, { perPageMax: 30, order: 'shuffled_seconds' });
  let complete = false;
  for (let run = 0; run < 5 && !complete; run++) complete = (await sync()).achieved.complete;
  expect(complete).toBe(true);
  expect(contentsOf(writer)).toEqual(truthOf(log));
});

test('progress counts days and entries, and never runs backwards', async () => {
  const { sync } = await setUp(makeLog(20, 60));
  const seen: { done: number; total: number | null }[] = [];
  await sync({ onProgress: (progress) => seen.push(progress) });
  const known = seen.filter((one) => one.total !== null);
  expect(known.at(-1)).toMatchObject({ done: 21, total: 21 });
  expect(known.map((one) => one.done)).toEqual(known.map((one) => one.done).toSorted((a, b) => a - b));
});
