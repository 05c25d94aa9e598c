import { expect, it } from 'vitest';
import { unwrap } from '../../src/shared/errors.ts';
import { jetty, PASSPHRASE, setUpServices } from './support/services.ts';

it('locking while a sync runs ends both safely: what was stored is there, and the next sync goes on', async () => {
  const { call, create, services, events, reports } = setUpServices();
  const server = await jetty(['slow']);
  const { id } = await create('Alfama');
  unwrap(await call('sync.connect', { url: server.url, token: server.token, plan: null }));
  const syncing = call('sync.start', {});
  await expect.poll(() => events.some((one) => one.name === 'sync.progress'), { timeout: 30_000 }).toBe(true);
  await services.lock();
  expect(await syncing).toMatchObject({ ok: false });
  expect(unwrap(await call('app.state', {}))).toMatchObject({ kind: 'locked' });

  const opened = unwrap(await call('archive.open', { id, passphrase: PASSPHRASE, readOnly: false }));
  const count = async () => unwrap(await call('entries.count', { filter: { terms: [] }, zone: 'UTC' })).total;
  expect(await count()).toBe(opened.entries);
  const done = unwrap(await call('sync.start', {}));
  expect(done.complete).toBe(true);
  expect(await count()).toBe(opened.entries + done.inserted);
  expect(reports).toEqual([]);
});
