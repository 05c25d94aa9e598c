import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { unwrap } from '../../src/shared/errors.ts';
import { startProxy } from '../support/proxy-server.ts';
import { jetty, PASSPHRASE, setUpServices } from './support/services.ts';

const entry = (n: number) => ({
  id: `old_${n}`,
  timestamp: new Date(Date.parse('2025-05-05T10:00:00Z') + n * 3_600_000).toISOString(),
  action: 'user.login',
});

describe('sync behind the window', () => {
  it('announces that it runs and how it ended, is kept in the history, and goes on after a pause', async () => {
    const { call, create, events, reports } = setUpServices();
    await create('Alfama');
    const server = await jetty(['slow:120']);
    unwrap(await call('sync.connect', { url: server.url, token: server.token, plan: 'coastal' }));
    const first = call('sync.start', {});
    await expect.poll(() => events.some((one) => one.name === 'sync.progress'), { timeout: 20_000 }).toBe(true);
    expect(unwrap(await call('sync.state', {}))).toMatchObject({ running: true, by: 'person' });
    expect(await call('sync.start', {})).toMatchObject({ ok: false, error: { code: 'in_use' } });
    expect(await call('sync.setPlan', { plan: 'fleet' })).toMatchObject({ ok: false, error: { code: 'in_use' } });
    unwrap(await call('sync.cancel', {}));
    expect(await first).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    expect(unwrap(await call('sync.state', {}))).toMatchObject({ running: false, error: { code: 'cancelled' } });

    expect(unwrap(await call('sync.start', {}))).toMatchObject({ complete: true });
    const state = unwrap(await call('app.state', {}));
    expect(state).toMatchObject({ kind: 'open', archive: { entries: server.truth().served } });
    expect(unwrap(await call('sync.history', {})).map((run) => run.outcome)).toEqual(['complete', 'cancelled']);
    unwrap(await call('sync.setPlan', { plan: 'harbor' }));
    const facts = unwrap(await call('coverage.retention', {}));
    expect(facts).toMatchObject({ keeps: 30, byPlan: true });
    expect(facts.bytes).toBeGreaterThan(10_000);
    expect(reports).toEqual([]);
    expect(JSON.stringify(events)).not.toContain(server.token);
  });

  it('of the made-up organisation cannot be turned to a real server', async () => {
    const { call } = setUpServices();
    unwrap(await call('archive.openDemo', {}));
    const server = await jetty();
    expect(await call('sync.connect', { url: server.url, token: server.token, plan: null })).toMatchObject({
      ok: false,
      error: { code: 'forbidden' },
    });
    const facts = unwrap(await call('coverage.retention', {}));
    expect(facts.last).toBe(new Date(facts.now).toISOString().slice(0, 10));
  });

  it('begins by itself when the archive is opened, where that was wished', async () => {
    const { call, create, events } = setUpServices();
    const { id } = await create('Alfama');
    const server = await jetty();
    unwrap(await call('sync.connect', { url: server.url, token: server.token, plan: 'coastal' }));
    unwrap(await call('schedule.set', { onOpen: true, everyHours: 0, onWake: false, notify: true }));
    await expect
      .poll(async () => unwrap(await call('sync.state', {})).result?.complete, { timeout: 20_000 })
      .toBe(true);
    unwrap(await call('archive.lock', {}));
    events.length = 0;
    unwrap(await call('archive.open', { id, passphrase: PASSPHRASE, readOnly: false }));
    // It has just been synced: opening it again brings nothing.
    expect(unwrap(await call('schedule.get', {}))).toMatchObject({ schedule: { onOpen: true }, next: null });
    expect(events.some((one) => one.name === 'sync.changed')).toBe(false);
  });
});

it('comparing with Jetty raises what is no longer served, at once', async () => {
  const { call, create, reports } = setUpServices();
  await create('Alfama');
  const server = await jetty(['vanished:40']);
  unwrap(await call('sync.connect', { url: server.url, token: server.token, plan: 'coastal' }));
  expect(unwrap(await call('sync.start', {}))).toMatchObject({ complete: true, vanished: 0 });
  const raised = async () =>
    unwrap(await call('findings.list', {})).findings.filter((finding) => finding.rule === 'upstream-vanished');
  expect(await raised()).toEqual([]);
  let vanished = 0;
  for (let run = 0; run < 4; run++) vanished = unwrap(await call('sync.start', { reconcile: true })).vanished;
  expect(vanished).toBeGreaterThan(0);
  const [finding, ...others] = await raised();
  expect(others).toEqual([]);
  expect(finding?.entryIds).toHaveLength(vanished);
  expect(reports).toEqual([]);
});

it('a sync goes the way the desktop names, and not past it', async () => {
  const { call, create, desktop } = setUpServices();
  await create('Alfama');
  const proxy = await startProxy();
  desktop.proxy = `PROXY ${new URL(proxy.url).host}; DIRECT`;
  unwrap(await call('sync.connect', { url: 'https://jetty.example.test', token: 'token-of-a-test', plan: 'harbor' }));
  const running = call('sync.start', {});
  await expect.poll(() => proxy.seen[0]?.target, { timeout: 20_000 }).toBe('jetty.example.test:443');
  expect(JSON.stringify(proxy.seen)).not.toContain('token-of-a-test');
  unwrap(await call('sync.cancel', {}));
  expect(await running).toMatchObject({ ok: false, error: { code: 'cancelled' } });
});

describe('the tray', () => {
  it('follows the archive: calm, syncing, failed, calm again; and syncs when asked to', async () => {
    const { call, create, services, shown } = setUpServices();
    expect(shown).toEqual([{ mark: 'calm', text: 'Logbook: nothing is at risk', canSync: false }]);
    await create('Alfama');
    expect(shown.at(-1)).toMatchObject({ mark: 'calm', canSync: true });
    const server = await jetty();
    unwrap(await call('sync.connect', { url: server.url, token: 'revoked', plan: 'coastal' }));
    expect(await call('sync.start', {})).toMatchObject({ ok: false });
    expect(shown.slice(-2).map(({ mark, canSync }) => [mark, canSync])).toEqual([
      ['syncing', false],
      ['trouble', true],
    ]);
    expect(shown.at(-1)?.text).toMatch(/^Logbook: Alfama: the sync did not finish\. /);
    unwrap(await call('sync.connect', { url: server.url, token: server.token, plan: 'coastal' }));
    services.syncNow();
    await expect.poll(() => shown.at(-1)?.text, { timeout: 20_000 }).toBe('Logbook: nothing is at risk');
    expect(unwrap(await call('sync.state', {}))).toMatchObject({ by: 'person', result: { complete: true } });
    unwrap(await call('archive.lock', {}));
    expect(shown.at(-1)).toMatchObject({ mark: 'calm', canSync: false });
    expect(JSON.stringify(shown)).not.toContain(server.token);
  });
});

describe('import behind the window', () => {
  it('by dialog: preview, import, the same numbers; the page sees no path', async () => {
    const { home, call, create, answers, events, reports } = setUpServices();
    await create('Alfama');
    const file = join(home, 'old.ndjson');
    writeFileSync(file, [0, 1, 2, 2].map((n) => JSON.stringify(entry(n))).join('\n'));
    mkdirSync(join(home, 'more'));
    writeFileSync(join(home, 'more/settings.json'), '{"type":"module"}');
    answers.push([file, join(home, 'more')]);
    const chosen = unwrap(await call('import.choose', { kind: 'files' }));
    expect(chosen?.label).toBe('2 files');
    const id = chosen?.id ?? '';
    const preview = unwrap(await call('import.preview', { id }));
    expect(preview).toMatchObject({ files: 2, inserted: 3, duplicates: 1, first: '2025-05-05', days: 1 });
    expect(unwrap(await call('app.state', {}))).toMatchObject({ archive: { entries: 0 } });
    const done = unwrap(await call('import.run', { id }));
    const { first: _first, last: _last, days: _days, ...same } = preview;
    expect(done).toEqual(same);
    expect(unwrap(await call('app.state', {}))).toMatchObject({ archive: { entries: 3 } });
    expect(await call('import.run', { id })).toMatchObject({ ok: false, error: { code: 'not_found' } });
    expect(unwrap(await call('sync.history', {}))[0]).toMatchObject({ kind: 'import', source: '2 files', inserted: 3 });
    expect(JSON.stringify([chosen, preview, done, events])).not.toContain(home);
    expect(reports).toEqual([]);
    answers.push(null);
    expect(unwrap(await call('import.choose', { kind: 'folder' }))).toBeNull();
  });

  it('by dropping: the bytes are taken in, imported under their own name, and removed', async () => {
    const { call, create, context } = setUpServices();
    await create('Alfama');
    const bytes = new TextEncoder().encode(JSON.stringify([entry(1), entry(2)]));
    const { id } = unwrap(await call('import.begin', { files: [{ name: '../up/old.json', size: bytes.length }] }));
    unwrap(await call('import.piece', { id, file: 0, bytes: bytes.subarray(0, 40) }));
    expect(await call('import.preview', { id })).toMatchObject({ ok: false, error: { code: 'bad_input' } });
    unwrap(await call('import.piece', { id, file: 0, bytes: bytes.subarray(40) }));
    expect(await call('import.piece', { id, file: 0, bytes })).toMatchObject({ ok: false });
    expect(unwrap(await call('import.preview', { id }))).toMatchObject({ inserted: 2 });
    expect(unwrap(await call('import.run', { id }))).toMatchObject({ inserted: 2 });
    const incoming = join(context.userData, 'incoming');
    expect(existsSync(incoming) ? readdirSync(incoming) : []).toEqual([]);
    const rows = unwrap(await call('entries.rows', { filter: { terms: [] }, zone: 'UTC', offset: 0, limit: 1 }));
    const found = unwrap(await call('entries.get', { key: rows.rows[0]?.key ?? 0 }));
    expect(found?.source).toContain('old.json');
    expect(found?.source).not.toContain('up');
  });

  it('forgets what was dropped when the archive is locked', async () => {
    const { call, create, context } = setUpServices();
    await create('Alfama');
    const { id } = unwrap(await call('import.begin', { files: [{ name: 'a.json', size: 0 }] }));
    unwrap(await call('archive.lock', {}));
    expect(readdirSync(join(context.userData, 'incoming'))).toEqual([]);
    expect(await call('import.preview', { id })).toMatchObject({ ok: false, error: { code: 'locked' } });
  });
});

describe('several archives', () => {
  it('turning to another locks this one and names the other at the door', async () => {
    const { call, create, events } = setUpServices();
    const first = await create('Alfama');
    const second = await create('Tejo');
    unwrap(await call('sync.connect', { url: 'https://eu.usejetty.online', token: 'a-token-1234', plan: null }));
    const known = unwrap(await call('archive.known', {}));
    expect(known.map((one) => [one.name, one.source]).sort()).toEqual([
      ['Alfama', null],
      ['Tejo', 'eu.usejetty.online'],
    ]);
    expect(unwrap(await call('app.state', {}))).toMatchObject({ archive: { id: second.id } });
    unwrap(await call('archive.lock', { next: first.id }));
    expect(events.at(-1)).toMatchObject({ name: 'app.changed', payload: { kind: 'locked', next: first.id } });
    unwrap(await call('archive.open', { id: first.id, passphrase: PASSPHRASE, readOnly: false }));
    unwrap(await call('archive.lock', {}));
    expect(unwrap(await call('app.state', {}))).toMatchObject({ kind: 'locked', next: null });
  });
});
