import { describe, expect, it } from 'vitest';
import { appAddress } from '../../src/main/shell/address.ts';
import type { Handlers } from '../../src/main/shell/context.ts';
import { answer, isTrusted, registerHandlers, type Sender } from '../../src/main/shell/ipc.ts';
import { METHODS, type MethodName } from '../../src/shared/contract.ts';
import { FailureError, fail, failure, ok, type Result } from '../../src/shared/errors.ts';

const policy = { address: appAddress(null), isOwnWindow: (id: number) => id === 1 };
const ownPage = { sender: { id: 1 }, senderFrame: { url: 'app://logbook/index.html#/explorer', parent: null } };
const silent = () => {};

describe('who may call', () => {
  it('is the main frame of our own window on our own page', () => {
    expect(isTrusted(ownPage, policy)).toBe(true);
  });

  it.each<[string, Sender]>([
    ['another window', { ...ownPage, sender: { id: 2 } }],
    ['a frame inside the page', { ...ownPage, senderFrame: { url: 'app://logbook/index.html', parent: {} } }],
    ['a frame that is gone', { ...ownPage, senderFrame: null }],
    ...[
      'https://example.com/',
      'app://other/index.html',
      'app://logbook.example.com/index.html',
      'app://logbook:8080/index.html',
      'app://user:word@logbook/index.html',
      'file:///index.html',
      'about:blank',
      'data:text/html,app://logbook/',
      'http://localhost:5173/',
      '',
    ].map((url) => [url || 'no address', { ...ownPage, senderFrame: { url, parent: null } }] as [string, Sender]),
  ])('not %s', (_who, sender) => {
    expect(isTrusted(sender, policy)).toBe(false);
  });
});

describe('what is registered', () => {
  it('is every method of the contract and no other, and a stranger learns nothing from any', async () => {
    const registered = new Map<string, (event: never, input: unknown) => Promise<unknown>>();
    const called: string[] = [];
    const handlers = Object.fromEntries(
      Object.keys(METHODS).map((name) => [name, async () => called.push(name)]),
    ) as unknown as Handlers;
    registerHandlers({ handle: (channel, handler) => registered.set(channel, handler) }, handlers, policy, silent);

    expect([...registered.keys()].sort()).toEqual(
      Object.keys(METHODS)
        .map((name) => `logbook:${name}`)
        .sort(),
    );
    for (const handler of registered.values()) {
      const reply = (await handler({ ...ownPage, sender: { id: 9 } } as never, {})) as Result<unknown>;
      expect(reply).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    }
    expect(called).toEqual([]);
  });
});

describe('an answer', () => {
  const ask = (method: MethodName, input: unknown, handler: (input: never) => Promise<Result<unknown>>) => {
    const reports: string[] = [];
    const reply = answer(method, handler as never, input, (what) => reports.push(what));
    return reply.then((result) => ({ result, reports }));
  };
  const create = { name: '  Harbour ', passphrase: 'correct horse', choosePlace: false };

  it('reaches the handler checked and trimmed', async () => {
    let seen: unknown;
    await ask('archive.create', create, async (input) => {
      seen = input;
      return fail('disk', 'The disk is full.', 'Make room.');
    });
    expect(seen).toEqual({ ...create, name: 'Harbour' });
  });

  it.each([
    [undefined],
    [null],
    ['text'],
    [{ ...create, name: 7 }],
    [{ ...create, extra: 'sesame-4711' }],
    [{ ...create, passphrase: ['sesame-4711'] }],
    [{ ...create, name: 'sesame-4711'.repeat(20) }],
  ])('to a malformed question is bad_input and repeats no value: %#', async (input) => {
    const { result } = await ask('archive.create', input, async () => ok({}));
    expect(result).toMatchObject({ ok: false, error: { code: 'bad_input' } });
    expect(JSON.stringify(result)).not.toContain('sesame');
  });

  it('passes a failure of the handler on as it is', async () => {
    const wrong = fail('wrong_passphrase', 'The passphrase does not open “Harbour”.', 'Try again.');
    expect((await ask('app.state', {}, async () => wrong)).result).toEqual(wrong);
    const thrown = failure('disk', 'The disk is full.', 'Make room.');
    const { result } = await ask('app.state', {}, () => Promise.reject(new FailureError(thrown)));
    expect(result).toEqual({ ok: false, error: thrown });
  });

  it('to a fault is unexpected, without message, stack or path of the fault', async () => {
    const { result, reports } = await ask('app.state', {}, () =>
      Promise.reject(new Error('ENOENT /home/ada/key.json')),
    );
    expect(result).toMatchObject({ ok: false, error: { code: 'unexpected' } });
    expect(JSON.stringify(result)).not.toMatch(/ENOENT|ada|\.ts|at /);
    expect(reports).toEqual(['app.state failed']);
  });

  it('that does not fit its schema is not sent', async () => {
    const leaking = { version: '1', runtime: 'x', platform: 'y', path: '/home/ada/archive' };
    const { result, reports } = await ask('app.info', {}, async () => ok(leaking));
    expect(result).toMatchObject({ ok: false, error: { code: 'unexpected' } });
    expect(JSON.stringify(result)).not.toContain('ada');
    expect(reports).toHaveLength(1);
  });
});
