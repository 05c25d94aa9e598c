import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { startSimulator } from '../../../src/main/core/simulator/server.ts';
import { ask, NOW, running, SMALL } from './support.ts';

const bodyOf = async (response: Response) => (await response.json()) as Record<string, unknown>;

test('length-aware: data, links and meta', async () => {
  const simulator = await running();
  const body = await bodyOf(await ask(simulator, '?page=2&per_page=100&from=2026-01-01'));
  const path = `${simulator.url}/api/organization/audit-logs`;
  expect(Object.keys(body)).toEqual(['data', 'links', 'meta']);
  expect(body.meta).toEqual({ current_page: 2, from: 101, last_page: 9, path, per_page: 100, to: 200, total: 900 });
  const link = (page: number) => `${path}?page=${page}&per_page=100&from=2026-01-01`;
  expect(body.links).toEqual({ first: link(1), last: link(9), prev: link(1), next: link(3) });
});

test('simple: no total and no last page; the next link ends it', async () => {
  const simulator = await running({ envelope: 'simple' });
  const first = await bodyOf(await ask(simulator, '?per_page=100'));
  expect(Object.keys(first.meta as object)).toEqual(['current_page', 'from', 'path', 'per_page', 'to']);
  expect(Object.keys(first.links as object)).toEqual(['first', 'prev', 'next']);
  let url: string | null = `${simulator.url}/api/organization/audit-logs?per_page=100`;
  let count = 0;
  while (url !== null) {
    const response: Response = await fetch(url, { headers: { Authorization: `Bearer ${simulator.token}` } });
    const page = (await response.json()) as { data: unknown[]; links: { next: string | null } };
    count += page.data.length;
    url = page.links.next;
  }
  expect(count).toBe(900);
});

test('flat: everything at the top', async () => {
  const simulator = await running({ envelope: 'flat' });
  const body = await bodyOf(await ask(simulator, '?per_page=100&page=9'));
  expect(body).toMatchObject({
    current_page: 9,
    last_page: 9,
    next_page_url: null,
    per_page: 100,
    total: 900,
    to: 900,
  });
  expect(body.data).toHaveLength(100);
});

test('array: nothing but the entries, empty after the last page', async () => {
  const simulator = await running({ envelope: 'array' });
  expect(await bodyOf(await ask(simulator, '?per_page=100&page=9'))).toHaveLength(100);
  expect(await bodyOf(await ask(simulator, '?per_page=100&page=10'))).toEqual([]);
});

test('401 without a token, with a wrong one, and with one that only begins right', async () => {
  const simulator = await running();
  expect(simulator.token).toMatch(/^jetty_[A-Za-z0-9]{40}$/);
  for (const token of [null, 'jetty_nonsense', simulator.token.slice(0, -1), `${simulator.token}x`]) {
    const response = await ask(simulator, '', token);
    expect([response.status, await bodyOf(response)]).toEqual([401, { message: 'Unauthenticated.' }]);
  }
});

test('403 for a member, saying which role is needed', async () => {
  const simulator = await running();
  const response = await ask(simulator, '', simulator.memberToken);
  expect(response.status).toBe(403);
  expect(await bodyOf(response)).toEqual({
    message: "You don't have permission to view audit logs.",
    hint: expect.stringContaining('Admin'),
  });
});

test('404 elsewhere, 405 for other methods', async () => {
  const simulator = await running();
  expect((await fetch(`${simulator.url}/api/audit-logs`)).status).toBe(404);
  expect((await fetch(`${simulator.url}//?page=1`)).status).toBeGreaterThanOrEqual(400);
  const posted = await fetch(`${simulator.url}/api/organization/audit-logs`, { method: 'POST' });
  expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET']);
});

test.each([
  ['?from=yesterday', 'from'],
  ['?to=2026-02-30', 'to'],
  ['?from=2026-03-02&to=2026-03-01', 'to'],
  ['?page=0', 'page'],
  ['?page=-1', 'page'],
  ['?page=two', 'page'],
  ['?per_page=0', 'per_page'],
  ['?per_page=1e3', 'per_page'],
])('422 for %s', async (query, field) => {
  const simulator = await running();
  const response = await ask(simulator, query);
  expect(response.status).toBe(422);
  const body = await bodyOf(response);
  expect(Object.keys(body.errors as object)).toEqual([field]);
  expect(body.message).toMatch(/field must/);
});

test('422 counts what else is wrong', async () => {
  const simulator = await running();
  const body = await bodyOf(await ask(simulator, '?from=x&to=y&page=0'));
  expect(body.message).toMatch(/ \(and 2 more errors\)$/);
});

test('a limit of requests a minute is announced, enforced, and over after Retry-After', async () => {
  let present = NOW;
  const clock = { now: () => present, sleep: () => Promise.resolve() };
  const simulator = await running({ rateLimitPerMinute: 3, clock });
  const left: (string | null)[] = [];
  for (let i = 0; i < 3; i++) left.push((await ask(simulator)).headers.get('x-ratelimit-remaining'));
  expect(left).toEqual(['2', '1', '0']);
  present += 20_000;
  const refused = await ask(simulator);
  expect([refused.status, await bodyOf(refused)]).toEqual([429, { message: 'Too Many Attempts.' }]);
  expect(refused.headers.get('retry-after')).toBe('40');
  expect(refused.headers.get('x-ratelimit-limit')).toBe('3');
  present += 40_000;
  expect((await ask(simulator)).status).toBe(200);
});

test('the truth needs no token and is the same over HTTP', async () => {
  const simulator = await running();
  const truth = await (await fetch(`${simulator.url}/truth`)).json();
  expect(truth).toEqual(JSON.parse(JSON.stringify(simulator.truth())));
  expect(truth).toMatchObject({ total: 900, served: 900, retention_days: 365 });
  expect((truth as { days: unknown[] }).days).toHaveLength(30);
});

test('requests are counted and told one by one, without those for the truth', async () => {
  const simulator = await running();
  await ask(simulator, '?page=2');
  await ask(simulator, '', null);
  await fetch(`${simulator.url}/truth`);
  expect(simulator.requests()).toBe(2);
  expect(simulator.history().map(({ url, status }) => [url, status])).toEqual([
    ['/api/organization/audit-logs?page=2', 200],
    ['/api/organization/audit-logs', 401],
  ]);
});

test('it listens on loopback only', async () => {
  const simulator = await running();
  expect(simulator.url).toBe(`http://127.0.0.1:${simulator.port}`);
});

test('a port in use is an error that names it and says what to do', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void other.close());
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const started = await startSimulator({ port, ...SMALL });
  expect(started).toMatchObject({ ok: false, error: { code: 'bad_input' } });
  if (!started.ok) expect(started.error.message).toContain(String(port));
});

test.each([
  { entries: -1 },
  { entries: 1.5 },
  { days: 0 },
  { seed: Number.NaN },
  { now: 5 },
  { port: 70_000 },
  { retentionDays: 0 },
  { perPageMax: 0 },
  { rateLimitPerMinute: 60 },
  { incidents: ['nothing-like-it'] },
  { faults: ['gremlins'] },
  { faults: ['slow:soon'] },
  { envelope: 'brown' as 'flat' },
])('options that cannot be are refused: %j', async (wrong) => {
  expect(await startSimulator({ port: 0, ...SMALL, ...wrong })).toMatchObject({
    ok: false,
    error: { code: 'bad_input' },
  });
});
