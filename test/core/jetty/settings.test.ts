import { describe, expect, test } from 'vitest';
import { isLoopback, normaliseAddress } from '../../../src/main/core/jetty/address.ts';
import { checkToken, discoverSettings, tokenFromText } from '../../../src/main/core/jetty/config.ts';

describe('addresses', () => {
  test.each([
    ['https://usejetty.online', 'https://usejetty.online'],
    [' https://UseJetty.online/ ', 'https://usejetty.online'],
    ['usejetty.online', 'https://usejetty.online'],
    ['eu', 'https://eu.usejetty.online'],
    ['us-east-1', 'https://us-east-1.usejetty.online'],
    ['https://jetty.example.com/base/', 'https://jetty.example.com/base'],
    ['https://usejetty.online/api/organization/audit-logs?from=2026-01-01#x', 'https://usejetty.online'],
    ['https://example.com/jetty/api/organization/audit-logs/', 'https://example.com/jetty'],
    ['https://usejetty.online/api/', 'https://usejetty.online'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['localhost:8080', 'http://localhost:8080'],
    ['http://[::1]:8080/', 'http://[::1]:8080'],
    ['jetty.internal:8443/sub', 'https://jetty.internal:8443/sub'],
  ])('%s', (typed, base) => {
    expect(normaliseAddress(typed)).toEqual({ ok: true, value: base });
  });

  test.each([
    'http://usejetty.online',
    'http://10.0.0.1',
    'http://localhost.example.com',
    'ftp://usejetty.online',
    'https://user:secret@usejetty.online',
    'https://',
    '',
    'not a host',
    'javascript:alert(1)',
  ])('%s is refused, without repeating a password', (typed) => {
    const refused = normaliseAddress(typed);
    expect(refused).toMatchObject({ ok: false, error: { code: 'bad_input' } });
    expect(JSON.stringify(refused)).not.toContain('secret');
  });

  test('this machine and nothing else is loopback', () => {
    expect(['localhost', 'a.localhost', '127.9.9.9', '[::1]'].every(isLoopback)).toBe(true);
    expect(['localhost.com', '128.0.0.1', '127.0.0.1.example.com', '[::2]'].some(isLoopback)).toBe(false);
  });
});

describe('settings of the machine', () => {
  const files: Record<string, string> = {
    '/home/a/.config/jetty/config.json': '{"api_url":"https://bridge.example.com/","token":"from-config"}',
    '/home/a/.jetty.json': '{"server":"https://old.example.com","token":"from-old"}',
    '/etc/jetty.json': '{"server":"https://named.example.com","token":" named "}',
    '/etc/broken.json': '{"token":"hidden-value"',
  };
  const find = (env: Record<string, string>, available = files) =>
    discoverSettings({ env, home: '/home/a', readFile: (path) => available[path] ?? null });

  test('environment before config, JETTY_TOKEN before JETTY_API_TOKEN, address before region', () => {
    const env = { JETTY_API_URL: 'https://x.example.com/', JETTY_REGION: 'eu', JETTY_TOKEN: 'a', JETTY_API_TOKEN: 'b' };
    expect(find(env)).toEqual({
      ok: true,
      value: { address: 'https://x.example.com', addressFrom: 'JETTY_API_URL', token: 'a', tokenFrom: 'JETTY_TOKEN' },
    });
    expect(find({ JETTY_REGION: 'eu', JETTY_API_TOKEN: 'b' })).toMatchObject({
      value: { address: 'https://eu.usejetty.online', token: 'b', tokenFrom: 'JETTY_API_TOKEN' },
    });
  });

  test('the first readable config wins: the named one, then the newer place, then the older', () => {
    expect(find({ JETTY_CONFIG: '/etc/jetty.json' })).toMatchObject({
      value: { address: 'https://named.example.com', token: 'named', tokenFrom: 'config' },
    });
    expect(find({ JETTY_CONFIG: '/absent' })).toMatchObject({ value: { token: 'from-config' } });
    const older = { '/home/a/.jetty.json': files['/home/a/.jetty.json']! };
    expect(find({}, older)).toMatchObject({ value: { address: 'https://old.example.com', token: 'from-old' } });
  });

  test('nothing known is the public service without a token', () => {
    expect(find({}, {})).toEqual({
      ok: true,
      value: { address: 'https://usejetty.online', addressFrom: 'default', token: null, tokenFrom: null },
    });
  });

  test('a broken config is said, and nothing of it', () => {
    const broken = find({ JETTY_CONFIG: '/etc/broken.json' });
    expect(broken).toMatchObject({ ok: false, error: { code: 'bad_input' } });
    expect(JSON.stringify(broken)).not.toContain('hidden-value');
  });

  test('a token is one line of visible ASCII', () => {
    expect(tokenFromText('\ufeff  abc \r\nsecond line')).toBe('abc');
    expect(checkToken('jetty_abc|123')).toMatchObject({ ok: true });
    for (const token of ['', 'se cret', 'secret\n', 'sécret', 'secret\u0000']) {
      const refused = checkToken(token);
      expect(refused).toMatchObject({ ok: false, error: { code: 'bad_input' } });
      expect(JSON.stringify(refused)).not.toContain('cret');
    }
  });
});
