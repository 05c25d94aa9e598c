import { request } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { organisation } from '../../../src/main/core/simulator/organisation.ts';
import { select, servedAt } from '../../../src/main/core/simulator/selection.ts';
import { LOG_PATH } from '../../../src/main/core/simulator/service.ts';
import { ask, NOW, pageOf, running, SMALL, truthLinesOf, walk } from './support.ts';

test('pages cover everything exactly once, newest first, byte for byte as the truth has it', async () => {
  const simulator = await running();
  const lines = await truthLinesOf(simulator);
  expect(lines).toHaveLength(SMALL.entries);
  let bodies = '';
  for (let page = 1; page <= 9; page++) bodies += await (await ask(simulator, `?per_page=100&page=${page}`)).text();
  const items = await walk(simulator);
  expect(items.map((item) => item.id)).toEqual(lines.map((line) => (JSON.parse(line) as { id: string }).id).reverse());
  for (const line of lines) expect(bodies).toContain(line);
});

test('a page holds 25 unless asked, and never more than the cap, silently', async () => {
  const simulator = await running({ perPageMax: 40 });
  expect((await pageOf(simulator)).data).toHaveLength(25);
  const capped = await pageOf(simulator, '?per_page=500&page=2');
  expect(capped.data).toHaveLength(40);
  expect(capped.meta).toMatchObject({ per_page: 40, current_page: 2, from: 41, to: 80, total: 900 });
});

test('a page past the end is empty, not an error', async () => {
  const simulator = await running();
  const body = await pageOf(simulator, '?page=999');
  expect(body.data).toEqual([]);
  expect(body.meta).toMatchObject({ from: null, to: null, total: 900 });
  expect(body.links.next).toBeNull();
});

test('the days add up to the truth, both ends of a range included', async () => {
  const simulator = await running();
  const { days } = simulator.truth();
  const each = await Promise.all(days.map(({ day }) => walk(simulator, { from: day, to: day })));
  expect(each.map((items) => items.length)).toEqual(days.map((day) => day.count));
  for (const [i, items] of each.entries())
    expect(items.every((item) => item.timestamp.startsWith(days[i]!.day))).toBe(true);
  const three = await walk(simulator, { from: days[4]!.day, to: days[6]!.day });
  expect(three.length).toBe(days[4]!.count + days[5]!.count + days[6]!.count);
  expect(await walk(simulator, { from: '1999-01-01', to: '1999-12-31' })).toEqual([]);
  expect(await walk(simulator, { from: '2200-01-01' })).toEqual([]);
});

test('filters by action, by actor and by both answer exactly', async () => {
  const simulator = await running();
  const all = await walk(simulator);
  const action = 'tunnel.started';
  const actor = all.find((item) => item.action === action)!.actor!.id;
  const expected = (wanted: (item: (typeof all)[number]) => boolean) => all.filter(wanted).map((item) => item.id);
  const got = async (query: Record<string, string>) => (await walk(simulator, query)).map((item) => item.id);
  expect(await got({ action })).toEqual(expected((item) => item.action === action));
  expect(await got({ actor_id: actor })).toEqual(expected((item) => item.actor?.id === actor));
  expect(await got({ action, actor_id: actor, per_page: '3' })).toEqual(
    expected((item) => item.action === action && item.actor?.id === actor),
  );
  expect(await got({ action: 'tunnel.flown' })).toEqual([]);
});

test('what is out of retention is not served, and the edge moves with the clock', async () => {
  let present = NOW;
  const clock = { now: () => present, sleep: () => Promise.resolve() };
  const simulator = await running({ retentionDays: 10, clock });
  const edge = () => present - 10 * 86_400_000;
  const check = async () => {
    const items = await walk(simulator);
    const truth = simulator.truth();
    expect(items).toHaveLength(truth.served);
    expect(items.every((item) => Date.parse(item.timestamp) >= edge())).toBe(true);
    expect(Date.parse(truth.oldest!)).toBe(Date.parse(items.at(-1)!.timestamp));
    expect(Date.parse(truth.newest!)).toBe(Date.parse(items[0]!.timestamp));
    expect(await truthLinesOf(simulator, '?served=1')).toHaveLength(items.length);
    expect(truth.days.reduce((sum, day) => sum + day.served, 0)).toBe(truth.served);
    return items.length;
  };
  const first = await check();
  present += 3 * 86_400_000;
  expect(await check()).toBeLessThan(first);
  expect(new Set(simulator.truth().stories.map((story) => story.served))).toEqual(new Set([true, false]));
  present += 30 * 86_400_000;
  expect(await walk(simulator)).toEqual([]);
  expect(simulator.truth()).toMatchObject({ total: 900, served: 0, oldest: null, newest: null });
});

test('where the clock is behind the end of the log, entries arrive as it moves', async () => {
  let present = NOW - 5 * 86_400_000;
  const clock = { now: () => present, sleep: () => Promise.resolve() };
  const simulator = await running({ clock });
  const before = await walk(simulator);
  expect(before.length).toBe(simulator.truth().served);
  expect(before.every((item) => Date.parse(item.timestamp) <= present)).toBe(true);
  present = NOW;
  expect(await walk(simulator)).toHaveLength(900);
});

test('of a million entries the newest page needs no more than a day or two to be made', async () => {
  const log = organisation({ ...SMALL, entries: 1_000_000, days: 365 });
  const query = { from: null, to: null, action: null, actorId: null, page: 1, perPage: 100 };
  const found = await select(log, servedAt(NOW, 365), query);
  expect(found.total).toBe(1_000_000);
  expect(found.entries).toHaveLength(100);
  const oldest = await select(log, servedAt(NOW, 365), { ...query, page: 10_000 });
  expect(oldest.entries).toHaveLength(100);
  expect(log.daysMade()).toBeLessThanOrEqual(4);
});

test('a body is compressed for those who accept it, and only for those', async () => {
  const simulator = await running();
  const get = (headers: Record<string, string>) =>
    new Promise<{ encoding: string | undefined; body: Buffer }>((resolve, reject) => {
      const authorization = `Bearer ${simulator.token}`;
      request(`${simulator.url}${LOG_PATH}`, { headers: { authorization, ...headers } }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({ encoding: response.headers['content-encoding'], body: Buffer.concat(chunks) }),
        );
      })
        .on('error', reject)
        .end();
    });
  const plain = await get({});
  const zipped = await get({ 'accept-encoding': 'gzip, deflate' });
  expect([plain.encoding, zipped.encoding]).toEqual([undefined, 'gzip']);
  expect(gunzipSync(zipped.body).equals(plain.body)).toBe(true);
  expect(zipped.body.length).toBeLessThan(plain.body.length / 2);
});
