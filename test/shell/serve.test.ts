import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFileServer } from '../../src/main/shell/serve.ts';

let folder: string;
let get: (address: string, init?: RequestInit) => Promise<Response>;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'logbook-serve-'));
  mkdirSync(join(folder, 'renderer/assets'), { recursive: true });
  mkdirSync(join(folder, 'renderer-other'));
  writeFileSync(join(folder, 'secret.js'), 'secret');
  writeFileSync(join(folder, 'renderer-other/secret.js'), 'secret');
  writeFileSync(join(folder, 'renderer/index.html'), '<style nonce="__CSP_NONCE__"></style><p nonce="__CSP_NONCE__">');
  writeFileSync(join(folder, 'renderer/assets/a b.js'), 'export {};');
  writeFileSync(join(folder, 'renderer/.hidden.js'), 'hidden');
  writeFileSync(join(folder, 'renderer/notes.txt'), 'no type of ours');
  symlinkSync(join(folder, 'secret.js'), join(folder, 'renderer/link.js'));
  const serve = createFileServer(join(folder, 'renderer'));
  get = (address, init) => serve(new Request(address, init));
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('the files of the window', () => {
  it('come with their type, never to be guessed or kept', async () => {
    const response = await get('app://logbook/assets/a%20b.js');
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('export {};');
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('start with index.html, whose nonce is new in every response and the one of the policy', async () => {
    const nonces = new Set<string>();
    for (const address of ['app://logbook/', 'app://logbook/index.html', 'app://logbook/index.html?a#b']) {
      const response = await get(address);
      const policy = response.headers.get('content-security-policy') ?? '';
      const nonce = /style-src 'self' 'nonce-([^']{24,})'/.exec(policy)?.[1] ?? '';
      expect(await response.text()).toBe(`<style nonce="${nonce}"></style><p nonce="${nonce}">`);
      nonces.add(nonce);
    }
    expect(nonces.size).toBe(3);
  });

  it('have a policy that allows their own scripts and nothing else', async () => {
    const policy = (await get('app://logbook/')).headers.get('content-security-policy') ?? '';
    const directives = policy.split('; ').filter((directive) => !directive.startsWith('style-src'));
    expect(directives).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "img-src 'self' data:",
      "font-src 'self'",
      "connect-src 'none'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ]);
    expect(policy).not.toContain('unsafe');
  });
});

describe('everything else is not found', () => {
  it.each([
    'app://logbook/../../etc/passwd',
    'app://logbook/../secret.js',
    'app://logbook/..%2fsecret.js',
    'app://logbook/%2e%2e/secret.js',
    'app://logbook/%2e%2e%2fsecret.js',
    'app://logbook/assets/..%2f..%2fsecret.js',
    'app://logbook/assets/%2e%2e%2f%2e%2e%2fsecret.js',
    'app://logbook/..%5csecret.js',
    'app://logbook/..\\secret.js',
    'app://logbook/%252e%252e%252fsecret.js',
    'app://logbook/..%2frenderer-other/secret.js',
    'app://logbook//etc/passwd',
    'app://logbook/%2fetc%2fpasswd',
    'app://logbook/index.html%00.js',
    'app://logbook/%E0%A4%A',
    'app://logbook/C:%5csecret.js',
    'app://logbook/link.js',
    'app://logbook/.hidden.js',
    'app://logbook/notes.txt',
    'app://logbook/assets',
    'app://logbook/nothing.js',
    'app://other/index.html',
    'https://logbook/index.html',
  ])('%s', async (address) => {
    const response = await get(address);
    expect(response.status).toBe(404);
    expect(await response.text()).not.toContain('secret');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it('answers no method but GET and HEAD', async () => {
    expect((await get('app://logbook/', { method: 'POST' })).status).toBe(405);
    const head = await get('app://logbook/', { method: 'HEAD' });
    expect(head.status).toBe(200);
    expect(await head.text()).toBe('');
  });
});
