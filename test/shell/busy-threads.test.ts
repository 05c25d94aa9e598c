import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { unwrap } from '../../src/shared/errors.ts';
import { jetty, PASSPHRASE, setUpServices } from './support/services.ts';

const QUERY = { filter: { terms: [] }, zone: 'UTC' };
/** What a question may be answered while its archive is locked under it; everything else is a fault. */
const BROKEN_OFF = ['locked', 'cancelled'];

it('is locked, opened and ended at any moment while every thread is busy: each call is answered, none crashes', async () => {
  const { call, create, answers, context, home, reports, services } = setUpServices();
  const server = await jetty(['slow:5']);
  const { id } = await create('Alfama');
  unwrap(await call('sync.connect', { url: server.url, token: server.token, plan: 'coastal' }));
  const open = () => call('archive.open', { id, passphrase: PASSPHRASE, readOnly: false });

  // Everything at once, on four threads: writing, answering, judging, exporting.
  const everything = (round: number) => {
    answers.push([join(home, `${round}.ndjson`)]);
    return [
      call('sync.start', {}),
      call('findings.list', {}),
      call('export.create', { ...QUERY, format: 'ndjson' }),
      ...Array.from({ length: 4 }, () => [
        call('entries.count', QUERY),
        call('entries.rows', { ...QUERY, offset: 0, limit: 200 }),
        call('entries.facets', { ...QUERY, fields: ['actor', 'action', 'ip'], limit: 20 }),
        call('entries.histogram', { ...QUERY, by: 'day' }),
      ]).flat(),
      call('coverage.retention', {}),
      call('sync.history', {}),
    ];
  };
  const settled = async (calls: readonly ReturnType<typeof everything>[number][]) => {
    for (const answer of await Promise.all<{ ok: boolean; error?: { code: string } }>(calls))
      if (!answer.ok) expect(BROKEN_OFF).toContain(answer.error?.code);
  };

  for (let round = 0; round < 3; round += 1) {
    const calls = everything(round);
    // Broken off before anything is answered, after the first answers, and after the last but the longest.
    if (round % 3 > 0) await Promise.race(calls);
    if (round % 3 > 1) await Promise.all(calls.slice(3));
    // Opening is asked for before locking is over, and locking before opening is.
    const locking = call('archive.lock', {});
    const opening = open();
    if (round % 2 > 0) {
      await opening;
      void services.lock();
      unwrap(await open());
    }
    await Promise.all([locking, opening]);
    await settled(calls);
  }

  unwrap(await call('sync.start', {}));
  expect(unwrap(await call('entries.count', QUERY)).total).toBe(server.truth().served);
  const last = everything(99);
  const opening = open();
  await services.dispose();
  await settled(last);
  expect(await opening).toMatchObject({ ok: false, error: { code: 'locked' } });
  expect(await call('entries.count', QUERY)).toMatchObject({ ok: false, error: { code: 'locked' } });
  expect(existsSync(join(context.userData, 'incoming'))).toBe(false);
  expect(reports).toEqual([]);
});
