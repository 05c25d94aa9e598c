import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { createClient } from '../../src/main/core/jetty/client.ts';
import { systemFetch } from '../../src/main/system-fetch.ts';
import { proxyOfList, proxySettings } from '../../src/main/system-proxy.ts';
import { unwrap } from '../../src/shared/errors.ts';
import { fixedClock, realRandom } from '../support/ports.ts';
import { startProxy } from '../support/proxy-server.ts';

const clock = fixedClock('2026-10-15T12:00:00Z');

const ask = (address: string, env: Record<string, string>, proxy: string | null = null) =>
  unwrap(
    createClient({
      address,
      token: 'token-of-a-test',
      fetch: systemFetch({ env, proxy }),
      clock,
      random: realRandom,
      retry: { tries: 1 },
    }),
  ).fetchPage({ page: 1, perPage: 10 });

it('goes through the proxy of the system, by a tunnel that does not see the token', async () => {
  const { seen, url } = await startProxy();
  const result = await ask('https://jetty.example.test', { HTTPS_PROXY: url });
  expect(seen.map(({ method, target }) => `${method} ${target}`)).toEqual(['CONNECT jetty.example.test:443']);
  expect(seen[0]?.headers).not.toContain('token-of-a-test');
  expect(result).toMatchObject({ ok: false, error: { code: 'network' } });
  expect(!result.ok && result.error.message).toContain('proxy');
});

it('never goes through it to this machine', async () => {
  const { seen, url } = await startProxy();
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
    httpsProxy: 'http://a:1',
  });
  expect(proxySettings({ ALL_PROXY: 'http://a:1' })).toMatchObject({
    httpsProxy: 'http://a:1',
    httpProxy: 'http://a:1',
  });
  expect(proxySettings({ HTTPS_PROXY: 'http://a:1', NO_PROXY: 'intern' })?.noProxy).toBe('intern');
});

it('says so where the proxy cannot be used', async () => {
  const result = await ask('https://jetty.example.test', { HTTPS_PROXY: 'nonsense' });
  expect(!result.ok && result.error.message).toContain('HTTPS_PROXY');
});

it('goes through the proxy the desktop names where the environment names none', async () => {
  const [desktop, other] = [await startProxy(), await startProxy()];
  await ask('https://jetty.example.test', {}, desktop.url);
  expect(desktop.seen.map(({ target }) => target)).toEqual(['jetty.example.test:443']);
  await ask('https://jetty.example.test', { HTTPS_PROXY: other.url }, desktop.url);
  expect([desktop.seen.length, other.seen.length]).toEqual([1, 1]);
  const refused = await ask('https://jetty.example.test', {}, 'socks4://127.0.0.1:1');
  expect(!refused.ok && refused.error.message).toContain('cannot be used');
});

it('reads the list a desktop gives', () => {
  expect(proxyOfList('DIRECT')).toBeNull();
  expect(proxyOfList('')).toBeNull();
  expect(proxyOfList('PROXY proxy.intern:3128; DIRECT')).toBe('http://proxy.intern:3128');
  expect(proxyOfList('HTTPS proxy.intern:443')).toBe('https://proxy.intern:443');
  expect(proxyOfList('SOCKS5 10.0.0.1:1080')).toBe('socks5://10.0.0.1:1080');
  expect(proxyOfList('SOCKS 10.0.0.1:1080')).toBe('socks://10.0.0.1:1080');
});
