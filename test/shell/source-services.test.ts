import { describe, expect, it } from 'vitest';
import { unwrap } from '../../src/shared/errors.ts';
import { jetty, PASSPHRASE, setUpServices } from './support/services.ts';

describe('the source behind the window', () => {
  it('is tried, given another token only if the server takes it, and disconnected', async () => {
    const { call, create, reports } = setUpServices();
    const server = await jetty();
    await create('Alfama');
    expect(unwrap(await call('source.get', {}))).toEqual({ address: null, token: null });
    expect(await call('source.test', {})).toMatchObject({ ok: false, error: { code: 'bad_input' } });
    unwrap(await call('sync.connect', { url: server.url, token: server.token, plan: 'coastal' }));
    expect(unwrap(await call('source.get', {}))).toMatchObject({ token: 'memory' });
    expect(unwrap(await call('source.test', {})).host).toBe(new URL(server.url).host);
    expect(await call('source.replaceToken', { token: 'jetty_nobody' })).toMatchObject({
      ok: false,
      error: { code: 'unauthenticated' },
    });
    unwrap(await call('source.test', {}));
    expect(unwrap(await call('source.replaceToken', { token: ` ${server.token} ` }))).toEqual({ tried: true });

    unwrap(await call('schedule.set', { onOpen: true, everyHours: 6, onWake: true, notify: true }));
    unwrap(await call('source.disconnect', {}));
    expect(unwrap(await call('source.get', {}))).toMatchObject({ address: expect.any(String), token: null });
    expect(unwrap(await call('schedule.get', {})).schedule).toEqual({
      onOpen: false,
      everyHours: 0,
      onWake: false,
      notify: true,
    });
    expect(await call('source.test', {})).toMatchObject({ ok: false, error: { code: 'unauthenticated' } });
    unwrap(await call('source.replaceToken', { token: server.token }));
    const state = unwrap(await call('app.state', {}));
    unwrap(await call('archive.forget', { id: state.kind === 'open' ? state.archive.id : '' }));
    expect(unwrap(await call('source.get', {})).token).toBeNull();
    expect(reports).toEqual([]);
  });

  it('takes a token that cannot be tried because nobody answers, and says so', async () => {
    const { call, create } = setUpServices();
    const server = await jetty();
    await create('Alfama');
    unwrap(await call('sync.connect', { url: server.url, token: server.token, plan: null }));
    await server.close();
    expect(unwrap(await call('source.replaceToken', { token: 'jetty_other' }))).toEqual({ tried: false });
    expect(await call('source.test', {})).toMatchObject({ ok: false, error: { code: 'network' } });
  });

  it('stays as it is in an archive that is open for reading only', async () => {
    const { call, create } = setUpServices();
    const { id } = await create('Alfama');
    unwrap(await call('archive.lock', {}));
    unwrap(await call('archive.open', { id, passphrase: PASSPHRASE, readOnly: true }));
    for (const done of [await call('source.disconnect', {}), await call('source.replaceToken', { token: 'x' })])
      expect(done).toMatchObject({ ok: false, error: { code: 'read_only' } });
  });
});
