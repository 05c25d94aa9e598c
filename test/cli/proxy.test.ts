import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { createClient } from '../../src/main/core/jetty/client.ts';
import { proxySettings, systemFetch } from '../../src/main/system-proxy.ts';
import { unwrap } from '../../src/shared/errors.ts';
import { fixedClock, realRandom } from '../support/ports.ts';

const clock = fixedClock('2026-10-15T12:00:00Z');

async function proxy() {
  const seen: { readonly method: string; readonly target: string; readonly headers: string }[] = [];
  const note = (request: IncomingMessage) =>
    seen.push({ method: request.method ?? '', target: request.url ?? '', headers: JSON.stringify(request.headers) });
  const server = createServer((request, response) => {
    note(request);
    response.writeHead(502).end();
  });
  server.on('connect', (request: IncomingMessage, socket: Socket) => {
    note(request);
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { seen, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const ask = (address: string, env: Record<string, string>) =>
  unwrap(
    createClient({
      address,
      token: 'token-of-a-test',
      fetch: systemFetch(env),
      clock,
      random: realRandom,
      retry: { tries: 1 },
    }),
  ).fetchPage({ page: 1, perPage: 10 });

it('goes through the proxy of the system, by a tunnel that does not see the token', async () => {
  const { seen, url } = await proxy();
  const result = await ask('https://jetty.example.test', { HTTPS_PROXY: url });
  expect(seen.map(({ method, target }) => `${method} ${target}`)).toEqual(['CONNECT jetty.example.test:443']);
  expect(seen[0]?.headers).not.toContain('token-of-a-test');
  expect(result).toMatchObject({ ok: false, error: { code: 'network' } });
  expect(!result.ok && result.error.message).toContain('proxy');
});

it('never goes through it to this machine', async () => {
  const { seen, url } = await proxy();
  const server = createServer((_request, response) => response.end('[]'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  for (const host of ['127.0.0.1', 'localhost']) {
    await ask('https://jetty.example.test', { HTTPS_PROXY: url, HTTP_PROXY: url });
    seen.length = 0;
    const direct = await ask(`http://${host}:${port}`, { HTTPS_PROXY: url, HTTP_PROXY: url });
    expect(direct).toMatchObject({ ok: true });
    expect(seen).toEqual([]);
  }
});

it('reads the names that programs use, in either case', () => {
  expect(proxySettings({})).toBeNull();
  expect(proxySettings({ NO_PROXY: 'x' })).toBeNull();
  expect(proxySettings({ https_proxy: 'http://a:1', HTTPS_PROXY: 'http://b:1' })).toMatchObject({
    HTTPS_PROXY: 'http://a:1',
  });
  expect(proxySettings({ ALL_PROXY: 'http://a:1' })).toMatchObject({
    HTTPS_PROXY: 'http://a:1',
    HTTP_PROXY: 'http://a:1',
  });
  expect(proxySettings({ HTTPS_PROXY: 'http://a:1', NO_PROXY: 'intern' })?.NO_PROXY).toMatch(/^intern,localhost,/);
});

it('says so where the proxy cannot be used', async () => {
  const result = await ask('https://jetty.example.test', { HTTPS_PROXY: 'nonsense' });
  expect(!result.ok && result.error.message).toContain('HTTPS_PROXY');
});
