import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { askForStamp, type StampPorts, type StampWish } from '../../../src/main/core/stamp/authority.ts';
import { authorityAddress } from '../../../src/main/core/stamp/authority-address.ts';
import { systemFetch } from '../../../src/main/system-fetch.ts';
import type { Result } from '../../../src/shared/errors.ts';
import { realRandom } from '../../support/ports.ts';
import { type Answer, hasOpenssl, makeAuthority, startTimeAuthority } from '../../support/time-authority.ts';

const head = createHash('sha256').update('the text of a seal').digest('hex');
const ask = (wish: Omit<StampWish, 'head'>, ports: Partial<StampPorts> = {}) =>
  askForStamp({ ...wish, head }, { fetch: systemFetch(), random: realRandom, ...ports });
const said = (result: Result<unknown>): string =>
  result.ok ? 'stamped' : `${result.error.code}: ${result.error.message}`;

describe('the address of an authority', () => {
  it('is https, or on this machine, and holds no password', () => {
    const code = (typed: string) => {
      const read = authorityAddress(typed);
      return read.ok ? read.value.href : read.error.code;
    };
    expect(code(' https://tsa.example/tsr?policy=1 ')).toBe('https://tsa.example/tsr?policy=1');
    expect(code('http://127.0.0.1:8318')).toBe('http://127.0.0.1:8318/');
    for (const wrong of ['http://tsa.example/tsr', 'https://me:secret@tsa.example/', 'ftp://tsa.example', 'tsa', ''])
      expect([wrong, code(wrong)]).toEqual([wrong, 'bad_input']);
  });
});

describe.runIf(hasOpenssl())('asking an authority', () => {
  it('sends the hash and a random number, and gets a stamp', async () => {
    const authority = await startTimeAuthority();
    const requests: Buffer[] = [];
    authority.answer((request, reply) => {
      requests.push(request);
      return reply(request);
    });
    expect(await ask({ url: authority.url, trust: null })).toMatchObject({
      ok: true,
      value: { stamp: { trusted: false } },
    });
    expect(await ask({ url: authority.url, trust: authority.rootPem })).toMatchObject({
      ok: true,
      value: { stamp: { trusted: true, authority: 'Test Authority' } },
    });
    expect(requests.map((request) => request.includes(Buffer.from(head, 'hex')))).toEqual([true, true]);
    expect(requests[0]!.equals(requests[1]!)).toBe(false);
  });

  it('takes no stamp that does not lead to what is to be trusted', async () => {
    const { url } = await startTimeAuthority();
    const refused = await ask({ url, trust: makeAuthority().rootPem });
    expect(said(refused)).toMatch(/^server: .*does not lead to the certificate that was chosen/);
    expect(said(await ask({ url, trust: 'no certificate' }))).toMatch(/^bad_input: There is no certificate/);
  });

  const ANSWERS: readonly (readonly [string, Answer, RegExp])[] = [
    [
      'a page of a captive portal',
      { headers: { 'content-type': 'text/html' }, body: '<!doctype html><title>Sign in</title>' },
      /^server: .*cannot be read as a time stamp/,
    ],
    ['nothing', { body: '' }, /^server: .*cannot be read as a time stamp/],
    ['a fault of its own', { status: 503, body: 'later' }, /^server: .*status 503/],
    ['more than a stamp can be', { body: Buffer.alloc(300_000) }, /^network: .*too large/],
    [
      'another host',
      { status: 307, headers: { location: 'https://tsa.example/tsr' } },
      /^server: .*sends on to another address/,
    ],
    ['a circle', { status: 307, headers: { location: '/tsr' } }, /^server: .*sends in a circle/],
    ['a redirect that asks with GET', { status: 302, headers: { location: '/other' } }, /^server: .*sends on/],
  ];
  it.each(ANSWERS)('tells what is wrong where it answers with %s', async (_name, answer, message) => {
    const authority = await startTimeAuthority();
    authority.answer(() => answer);
    expect(said(await ask({ url: authority.url, trust: null }))).toMatch(message);
  });

  it('follows a redirect within the host that keeps what was sent', async () => {
    const authority = await startTimeAuthority();
    authority.answer((request, reply) =>
      authority.asked() === 1 ? { status: 307, headers: { location: '/other' } } : reply(request),
    );
    expect(said(await ask({ url: authority.url, trust: null }))).toBe('stamped');
  });

  it('takes no stamp that was given before, or to somebody else', async () => {
    const authority = await startTimeAuthority();
    let first: Buffer | null = null;
    authority.answer((request, reply) => (first ??= reply(request)));
    expect(said(await ask({ url: authority.url, trust: null }))).toBe('stamped');
    expect(said(await ask({ url: authority.url, trust: null }))).toMatch(/not the answer to what was asked just now/);
  });

  it('tells that an authority is away, and can be cancelled', async () => {
    expect(said(await ask({ url: 'http://127.0.0.1:9/tsr', trust: null }))).toMatch(/^network: .*127.0.0.1:9/);
    const authority = await startTimeAuthority();
    authority.answer(() => ({ never: true }));
    const hasty = { limits: { headersMs: 50 } };
    expect(said(await ask({ url: authority.url, trust: null }, hasty))).toMatch(/^network: .*no answer within 1 s/);
    expect(said(await ask({ url: authority.url, trust: null }, { signal: AbortSignal.timeout(20) }))).toMatch(
      /^cancelled: /,
    );
  });
});
