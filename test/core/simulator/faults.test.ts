import { expect, test } from 'vitest';
import { FAULTS } from '../../../src/main/core/simulator/faults/catalogue.ts';
import type { Simulator } from '../../../src/main/core/simulator/server.ts';
import { ask, type Item, NOW, type PageBody, running, truthLinesOf } from './support.ts';

/** A patient client: asks for a page until it gets one that is whole; gives up after six attempts. */
async function patiently(simulator: Simulator, query: string): Promise<{ body: PageBody; attempts: number }> {
  for (let attempts = 1; attempts <= 6; attempts++) {
    try {
      const response = await ask(simulator, query);
      if (response.status === 200) return { body: (await response.json()) as PageBody, attempts };
    } catch {
      // a reset, a cut body, or no JSON: ask again
    }
  }
  throw new Error(`no answer to ${query}`);
}

async function walkPatiently(simulator: Simulator): Promise<{ items: Item[]; troubled: number }> {
  const items: Item[] = [];
  let troubled = 0;
  for (let page = 1; ; page++) {
    const { body, attempts } = await patiently(simulator, `?per_page=50&page=${page}`);
    items.push(...body.data);
    if (attempts > 1) troubled++;
    if (body.links.next === null) return { items, troubled };
  }
}

const transient = ['429', '500', 'html', 'cut', 'reset', 'broken-json'];

test.each(transient.map((fault) => [fault]))('with %s a patient client gets everything', async (fault) => {
  const simulator = await running({ faults: [fault] });
  const { items, troubled } = await walkPatiently(simulator);
  expect(items.map((item) => JSON.stringify(item))).toEqual((await truthLinesOf(simulator)).reverse());
  expect(troubled).toBeGreaterThan(1);
  expect(new Set(simulator.history().map((request) => request.fault))).toEqual(new Set([null, fault]));
});

test('with all of them at once, too, and the same seed troubles the same requests', async () => {
  const faults = [...transient, 'slow:1'];
  const runs = [await running({ faults }), await running({ faults }), await running({ faults, seed: 8 })];
  const histories: string[] = [];
  for (const simulator of runs) {
    const { items } = await walkPatiently(simulator);
    expect(items).toHaveLength(900);
    histories.push(
      simulator
        .history()
        .map(({ url, status, fault }) => `${url} ${status} ${fault}`)
        .join('\n'),
    );
  }
  expect(histories[0]).toBe(histories[1]);
  expect(histories[0]).not.toBe(histories[2]);
});

const first = (fault: string) => running({ faults: [fault] });

test('429 says when to come back', async () => {
  const response = await ask(await first('429'));
  expect([response.status, response.headers.get('retry-after')]).toEqual([429, '1']);
  expect(response.headers.get('x-ratelimit-remaining')).toBe('0');
  expect((await ask(await first('429:7'))).headers.get('retry-after')).toBe('7');
});

test('500 is an error of the server', async () => {
  expect((await ask(await first('500'))).status).toBeGreaterThanOrEqual(500);
});

test('html is a page with status 200', async () => {
  const response = await ask(await first('html'));
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=UTF-8']);
  expect(await response.text()).toContain('<html');
});

test('cut breaks off after some of the body', async () => {
  const response = await ask(await first('cut'), '?per_page=100');
  expect(response.status).toBe(200);
  await expect(response.text()).rejects.toThrow();
});

test('reset ends the connection before any answer', async () => {
  await expect(ask(await first('reset'))).rejects.toThrow();
});

test('broken-json arrives whole and cannot be read', async () => {
  const response = await ask(await first('broken-json'));
  const text = await response.text();
  expect(text).toMatch(/^\{"data":\[/);
  expect(() => JSON.parse(text)).toThrow();
});

test('slow waits by the clock, and then answers', async () => {
  const waits: number[] = [];
  const clock = { now: () => NOW, sleep: (ms: number) => Promise.resolve(void waits.push(ms)) };
  const simulator = await running({ faults: ['slow:700'], clock });
  for (let i = 0; i < 4; i++) expect((await ask(simulator)).status).toBe(200);
  expect(waits).toEqual([700, 700]);
});

test('401-after revokes the token for good', async () => {
  const simulator = await running({ faults: ['401-after:2'] });
  const statuses: number[] = [];
  for (let i = 0; i < 4; i++) statuses.push((await ask(simulator)).status);
  expect(statuses).toEqual([200, 200, 401, 401]);
  const other = await running({ faults: ['401-after'] });
  for (let i = 0; i < 8; i++) await ask(other);
  expect(other.history().map((request) => request.status)).toContain(200);
  expect(other.history().at(-1)!.status).toBe(401);
});

test('ignored-dates serves the whole log whatever is asked', async () => {
  const simulator = await running({ faults: ['ignored-dates'] });
  const body = (await (await ask(simulator, '?from=2026-11-20&to=2026-11-20')).json()) as PageBody;
  expect(body.meta.total).toBe(900);
});

test('each fault is in the catalogue once, with a line of explanation', () => {
  const names = FAULTS.map((fault) => fault.name);
  expect(names).toEqual([...new Set(names)]);
  expect(names).toEqual(expect.arrayContaining([...transient, 'slow', '401-after', 'ignored-dates']));
  expect(FAULTS.every((fault) => fault.summary.length > 10)).toBe(true);
});
