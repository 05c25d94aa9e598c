import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type ClientOptions, createClient, type JettyClient } from '../../../src/main/core/jetty/client.ts';
import { backoff, DEFAULT_RETRY, retryAfter } from '../../../src/main/core/jetty/retry.ts';
import { systemFetch } from '../../../src/main/system-fetch.ts';
import { unwrap } from '../../../src/shared/errors.ts';
import { fixedClock, realRandom } from '../../support/ports.ts';

const TOKEN = 'jetty_sEcReT_token_1234';
const PAGE = JSON.stringify({
  data: [{ id: 'a', timestamp: '2026-01-01T00:00:00Z' }],
  meta: { total: 1, last_page: 1 },
});
const START = Date.parse('2026-01-01T00:00:00Z');

async function serve(listener: RequestListener): Promise<{ url: string; server: Server }> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

/** A server that does one thing after the other with its requests; the last one again and again. */
async function setUp(answers: RequestListener[], options: Partial<ClientOptions> = {}) {
  let n = 0;
  const at: number[] = [];
  const clock = fixedClock('2026-01-01T00:00:00Z');
  const { url } = await serve((request, response) => {
    at.push(clock.now() - START);
    answers[Math.min(n++, answers.length - 1)]?.(request, response);
  });
  const limits = { headersMs: 300, silenceMs: 300, wholeMs: 5_000 };
  const client = unwrap(
    createClient({ address: url, token: TOKEN, fetch: systemFetch(), clock, random: realRandom, limits, ...options }),
  );
  return { client, clock, at, url };
}

const page: RequestListener = (_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json' }).end(PAGE);
};
const answer =
  (status: number, body = '', headers: Record<string, string> = {}): RequestListener =>
  (_request, response) => {
    response.writeHead(status, headers).end(body);
  };
/** A page, and how many requests are left of three a minute. */
const left =
  (n: number): RequestListener =>
  (request, response) => {
    response.setHeader('x-ratelimit-limit', '3');
    response.setHeader('x-ratelimit-remaining', String(n));
    page(request, response);
  };
const ask = (client: JettyClient, more = {}) => client.fetchPage({ page: 1, perPage: 100, ...more });

describe('a request', () => {
  test('asks as the product documents it, with the token in its header alone', async () => {
    const seen: { url: string; authorization: string | undefined; accept: string | undefined }[] = [];
    const { client } = await setUp([
      (request, response) => {
        seen.push({
          url: request.url ?? '',
          authorization: request.headers.authorization,
          accept: request.headers.accept,
        });
        page(request, response);
      },
    ]);
    const reply = unwrap(await ask(client, { from: '2026-01-01', to: '2026-01-02', page: 3 }));
    expect(reply).toMatchObject({ total: 1, lastPage: 1, page: 3 });
    expect(Buffer.from(reply.items[0]!.raw).toString()).toBe('{"id":"a","timestamp":"2026-01-01T00:00:00Z"}');
    expect(seen).toEqual([
      {
        url: '/api/organization/audit-logs?from=2026-01-01&to=2026-01-02&page=3&per_page=100',
        authorization: `Bearer ${TOKEN}`,
        accept: 'application/json',
      },
    ]);
  });

  test('takes gzip', async () => {
    const { client } = await setUp([
      (_request, response) => {
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(PAGE));
      },
    ]);
    expect((await ask(client)).ok).toBe(true);
  });

  test('asks for smaller pages where the server refuses larger ones', async () => {
    const { client } = await setUp([
      (request, response) => {
        const size = Number(new URL(request.url ?? '', 'http://x').searchParams.get('per_page'));
        if (size <= 25) page(request, response);
        else answer(422, '{"message":"No.","errors":{"per_page":["must not be greater than 30"]}}')(request, response);
      },
    ]);
    expect((await ask(client)).ok).toBe(true);
    expect(client.stats()).toMatchObject({ requests: 3, retries: 0 });
  });
});

describe('faults that pass', () => {
  const faults: [string, RequestListener][] = [
    ['500', answer(500, 'oops')],
    ['502 with HTML', answer(502, '<html>')],
    ['503', answer(503, '{"message":"Service Unavailable"}')],
    ['HTML with 200', answer(200, '<!doctype html>')],
    ['an empty body', answer(200)],
    ['broken JSON', answer(200, PAGE.slice(0, -5))],
    ['JSON without a list', answer(200, '{"status":"ok"}')],
    [
      'a body cut short of its length',
      (_q, response) => {
        response.writeHead(200, { 'content-length': PAGE.length });
        response.write(PAGE.slice(0, 20), () => response.destroy());
      },
    ],
    [
      'a body cut in its chunks',
      (_q, response) => {
        response.writeHead(200);
        response.write(PAGE.slice(0, 20), () => response.destroy());
      },
    ],
    ['a reset', (request) => request.socket.resetAndDestroy()],
    ['silence before the answer', () => undefined],
    [
      'silence within the body',
      (_q, response) => {
        response.writeHead(200);
        response.write(PAGE.slice(0, 20));
      },
    ],
    [
      'damaged gzip',
      (_q, response) => {
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(PAGE).subarray(0, 30));
      },
    ],
    ['408', answer(408)],
  ];

  test.each(faults)('%s is tried again', async (_name, fault) => {
    const { client } = await setUp([fault, fault, page]);
    expect((await ask(client)).ok).toBe(true);
    expect(client.stats()).toMatchObject({ requests: 3, retries: 2 });
  });

  test.each(faults)('%s without end is given up after a bounded number of tries', async (_name, fault) => {
    const { client } = await setUp([fault], { retry: { tries: 3 } });
    const result = await ask(client);
    expect(result).toMatchObject({ ok: false, error: { retryable: true } });
    expect(!result.ok && ['server', 'network'].includes(result.error.code)).toBe(true);
    expect(!result.ok && result.error.hint).toContain('kept');
    expect(client.stats().requests).toBe(3);
  });

  test('a server that is not there', async () => {
    const { client } = await setUp([page], { address: 'http://127.0.0.1:1', retry: { tries: 2 } });
    expect(await ask(client)).toMatchObject({ ok: false, error: { code: 'network' } });
  });
});

describe('a server that asks to slow down', () => {
  test('in seconds: no request before they have passed', async () => {
    const { client, at } = await setUp([answer(429, '{}', { 'retry-after': '7' }), page]);
    expect((await ask(client)).ok).toBe(true);
    expect(at[1]).toBeGreaterThanOrEqual(7_000);
  });

  test("as a date, measured against the server's own clock", async () => {
    const date = (ms: number) => new Date(START + ms).toUTCString();
    const { client, at } = await setUp([
      answer(429, '{}', { 'retry-after': date(3_600_000 + 9_000), date: date(3_600_000) }),
      page,
    ]);
    expect((await ask(client)).ok).toBe(true);
    expect(at[1]).toBeGreaterThanOrEqual(9_000);
    expect(at[1]).toBeLessThan(10_000);
  });

  test('with 503 as well, and as often as it likes', async () => {
    const slow = answer(503, '', { 'retry-after': '2' });
    const { client, at } = await setUp([...Array(20).fill(slow), page], { retry: { tries: 2 } });
    expect((await ask(client)).ok).toBe(true);
    expect(at.at(-1)).toBeGreaterThanOrEqual(40_000);
  });

  test('for longer than anyone would wait: says when to come back', async () => {
    const { client, at } = await setUp([answer(429, '{}', { 'retry-after': '7200' })]);
    const result = await ask(client);
    expect(result).toMatchObject({ ok: false, error: { code: 'server' } });
    expect(!result.ok && result.error.hint).toContain('in 121 minutes');
    expect(at).toHaveLength(1);
  });

  test('by an allowance that is used up: waits before it bites', async () => {
    const { client, at } = await setUp([left(2), left(1), left(0), left(2), left(1)]);
    for (let i = 0; i < 5; i++) expect((await ask(client)).ok).toBe(true);
    expect(at.slice(0, 3)).toEqual([0, 0, 0]);
    expect(at[3]).toBeGreaterThanOrEqual(60_000);
    expect(at[4]).toBe(at[3]);
  });

  test('by one that is not known yet: one asks, the others wait for what it is told', async () => {
    // Another program has used up all but one, and a minute is longer with this server than with us.
    const slowDown = answer(429, '{}', { 'retry-after': '30' });
    const { client, at } = await setUp([left(0), slowDown, left(2), left(1), left(0)]);
    const all = await Promise.all([ask(client), ask(client), ask(client), ask(client)]);
    expect(all.map(({ ok }) => ok)).toEqual([true, true, true, true]);
    expect(at).toHaveLength(5);
    expect(at[0]).toBe(0);
    expect(at[1]).toBeGreaterThanOrEqual(60_000);
    expect(at[2]! - at[1]!).toBeGreaterThanOrEqual(30_000);
    expect(at.slice(3)).toEqual([at[2], at[2]]);
  });

  test('both forms of the header, and nonsense', () => {
    const headers = (value: string, date?: string) => new Headers({ 'retry-after': value, ...(date && { date }) });
    expect(retryAfter(headers('3'), 0)).toBeGreaterThanOrEqual(3_000);
    expect(retryAfter(headers('Thu, 01 Jan 2026 00:00:10 GMT'), START)).toBeGreaterThanOrEqual(10_000);
    expect(retryAfter(headers('Wed, 31 Dec 2025 00:00:00 GMT'), START)).toBeLessThan(1_000);
    expect(retryAfter(headers('soon'), START)).toBeNull();
    expect(retryAfter(new Headers(), START)).toBeNull();
  });
});

test('waits grow, stay bounded and are spread out', () => {
  const highest = { ...realRandom, fraction: () => 0.999_999 };
  const waits = [1, 2, 3, 10, 50].map((attempt) => backoff(attempt, DEFAULT_RETRY, highest));
  expect(waits).toEqual([500, 1_000, 2_000, 20_000, 20_000]);
  expect(backoff(9, DEFAULT_RETRY, { ...realRandom, fraction: () => 0 })).toBe(0);
});

describe('refusals', () => {
  test.each([
    [401, '{"message":"Unauthenticated."}', 'unauthenticated', 'Unauthenticated'],
    [
      403,
      '{"message":"You don\'t have permission to view audit logs","hint":"Ask an owner"}',
      'forbidden',
      'Ask an owner',
    ],
    [404, '{"message":"Not found"}', 'server', '404'],
    [422, '{"message":"Bad.","errors":{"from":["is too old"]}}', 'bad_input', 'from: is too old'],
    [400, 'nonsense', 'server', '400'],
  ])('%i is said once, with what to do', async (status, body, code, words) => {
    const { client } = await setUp([answer(status, body)]);
    const result = await ask(client);
    expect(result).toMatchObject({ ok: false, error: { code } });
    expect(!result.ok && result.error.message).toContain(words);
    expect(client.stats().requests).toBe(1);
  });

  test('403 names the role that is needed, 404 the address', async () => {
    const refused = async (status: number) => {
      const result = await ask((await setUp([answer(status, '{}')])).client);
      return result.ok ? '' : result.error.hint;
    };
    expect(await refused(403)).toContain('Organization Owner or Admin');
    expect(await refused(404)).toContain('base address');
  });

  test('no message holds the token, even where the server repeats it', async () => {
    const echo = JSON.stringify({ message: `Bad token ${TOKEN}`, hint: TOKEN, errors: { [TOKEN]: [TOKEN] } });
    for (const status of [401, 403, 404, 422, 400, 500]) {
      const { client } = await setUp([answer(status, echo)], { retry: { tries: 1 } });
      expect(JSON.stringify(await ask(client))).not.toContain(TOKEN);
    }
    expect(
      JSON.stringify(
        createClient({
          address: 'x y',
          token: TOKEN,
          fetch: systemFetch(),
          clock: fixedClock('2026-01-01T00:00:00Z'),
          random: realRandom,
        }),
      ),
    ).not.toContain(TOKEN);
  });
});

describe('redirects', () => {
  test('within the server are followed, a few times', async () => {
    const { client } = await setUp([answer(302, '', { location: '/api/organization/audit-logs?page=1' }), page]);
    expect((await ask(client)).ok).toBe(true);
    const { client: lost } = await setUp([answer(302, '', { location: '/again' })]);
    expect(await ask(lost)).toMatchObject({ ok: false, error: { code: 'server' } });
    expect(lost.stats().requests).toBeLessThan(6);
  });

  test('to another server are refused: it never sees the token', async () => {
    let asked = 0;
    const other = await serve(() => {
      asked++;
    });
    const { client } = await setUp([answer(302, '', { location: `${other.url}/api/organization/audit-logs` })]);
    expect(await ask(client)).toMatchObject({ ok: false, error: { code: 'server' } });
    expect(asked).toBe(0);
  });

  test('to the sign-in page mean that the token is not known', async () => {
    const { client } = await setUp([answer(302, '', { location: '/login' })]);
    expect(await ask(client)).toMatchObject({ ok: false, error: { code: 'unauthenticated' } });
  });
});

test('a body larger than allowed is not read to its end', async () => {
  const { client } = await setUp([answer(200, `[${'1,'.repeat(50_000)}1]`)], { limits: { bytes: 10_000 } });
  expect(await ask(client)).toMatchObject({ ok: false, error: { code: 'network' } });
});

test('cancelling ends the request that is under way', async () => {
  const abort = new AbortController();
  const { client } = await setUp([() => abort.abort()], { limits: { headersMs: 60_000 } });
  expect(await ask(client, { signal: abort.signal })).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  expect(await ask(client, { signal: abort.signal })).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  expect(client.stats().requests).toBe(1);
});
