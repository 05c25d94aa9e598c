import { join } from 'node:path';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { planQuery, WHOLE_ARCHIVE } from '../../src/main/core/search/plan.ts';
import { startSimulator } from '../../src/main/core/simulator/server.ts';
import { systemClock } from '../../src/main/system-ports.ts';
import type { ReaderCalls, WriterCalls } from '../../src/main/worker/calls.ts';
import { startThread } from '../../src/main/worker/thread-client.ts';
import { unwrap } from '../../src/shared/errors.ts';
import { batchOf, newArchive } from '../support/archive.ts';
import { realRandom } from '../support/ports.ts';

const SCRIPT = join(inject('mainDir'), 'archive-worker.js');

function entries(n: number): object[] {
  const start = Date.parse('2026-10-01T00:00:00Z');
  return Array.from({ length: n }, (_, i) => ({
    id: `log_${i}`,
    timestamp: new Date(start + i * 1000).toISOString(),
    action: i % 3 ? 'user.login' : 'tunnel.created',
  }));
}

async function archiveOf(n: number) {
  const archive = await newArchive();
  unwrap(archive.writer.ingest(batchOf(entries(n))));
  archive.writer.close();
  return archive;
}

async function reader(dir: string, key: Uint8Array) {
  const thread = unwrap(await startThread<ReaderCalls>(SCRIPT, { role: 'reader', dir, key }));
  onTestFinished(() => thread.close());
  return thread;
}

describe('a thread over an archive', () => {
  it('answers as the archive does', async () => {
    const { dir, key } = await archiveOf(300);
    const thread = await reader(dir, key);
    const plan = unwrap(planQuery({ terms: [{ field: 'category', value: 'tunnel', negated: false }] }, 'UTC', 0));
    const [count, rows, facets] = await Promise.all([
      thread.call('count', { plan }),
      thread.call('rowsAt', { plan, offset: 10, limit: 5 }),
      thread.call('facets', { plan: WHOLE_ARCHIVE, fields: ['action'], limit: 5 }),
    ]);
    expect(unwrap(count)).toBe(100);
    expect(unwrap(rows).rows.map((row) => row.id)).toEqual([267, 264, 261, 258, 255].map((n) => `log_${n}`));
    expect(unwrap(facets)[0]?.values.map((v) => [v.value, v.count])).toEqual([
      ['user.login', 200],
      ['tunnel.created', 100],
    ]);
  });

  it('sees what the writing thread stores, while it writes', async () => {
    const { dir, key } = await archiveOf(0);
    const server = unwrap(await startSimulator({ port: 0, entries: 400, days: 6, seed: 3, now: systemClock.now() }));
    onTestFinished(() => server.close());
    const writer = unwrap(await startThread<WriterCalls>(SCRIPT, { role: 'writer', dir, key }));
    onTestFinished(() => writer.close());
    const thread = await reader(dir, key);
    const seen: number[] = [];
    const sync = writer.call(
      'sync',
      { address: server.url, token: server.token, plan: null, proxy: null, reconcile: false },
      () => {
        void thread.call('count', { plan: WHOLE_ARCHIVE }).then((count) => seen.push(unwrap(count)));
      },
    );
    expect(unwrap(await sync)).toMatchObject({ inserted: 400, complete: true });
    expect(unwrap(await thread.call('count', { plan: WHOLE_ARCHIVE }))).toBe(400);
    expect(seen.toSorted((a, b) => a - b)).toEqual(seen);
  });

  it('breaks off a question that is given up, and goes on with the next', async () => {
    const { dir, key } = await archiveOf(300);
    const thread = await reader(dir, key);
    const plan = unwrap(planQuery({ terms: [{ field: 'word', value: 'login', negated: false }] }, 'UTC', 0));
    const [before, behind] = [new AbortController(), new AbortController()];
    before.abort();
    const answers = Promise.all([
      thread.call('count', { plan }, undefined, before.signal),
      thread.call('count', { plan }, undefined, behind.signal),
      thread.call('count', { plan }),
    ]);
    const [givenUp, , wanted] = await answers;
    expect(givenUp).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    expect(unwrap(wanted)).toBe(200);
    // Given up when it is long answered: nothing of it is left to break off another.
    behind.abort();
    expect(unwrap(await thread.call('count', { plan }))).toBe(200);
  });

  it('refuses a second writer and a wrong key with a sentence', async () => {
    const { dir, key } = await archiveOf(1);
    const writer = unwrap(await startThread<WriterCalls>(SCRIPT, { role: 'writer', dir, key }));
    onTestFinished(() => writer.close());
    expect(await startThread(SCRIPT, { role: 'writer', dir, key })).toMatchObject({
      ok: false,
      error: { code: 'in_use' },
    });
    expect(await startThread(SCRIPT, { role: 'reader', dir, key: realRandom.bytes(32) })).toMatchObject({
      ok: false,
      error: { code: expect.stringMatching(/wrong_passphrase|damaged_keyring/) },
    });
  });

  it('stops an export that runs in one go, and leaves nothing that looks finished', async () => {
    const { dir, key } = await archiveOf(30_000);
    const thread = await reader(dir, key);
    const out = join(dir, 'all.ndjson');
    const exported = thread.call(
      'export',
      { plan: WHOLE_ARCHIVE, format: 'ndjson', out, resourcesDir: 'resources', sidecar: false },
      () => thread.cancel(),
    );
    expect(await exported).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    const again = unwrap(
      await thread.call('export', {
        plan: WHOLE_ARCHIVE,
        format: 'ndjson',
        out,
        resourcesDir: 'resources',
        sidecar: false,
      }),
    );
    expect(again.entries).toBe(30_000);
  });

  it('breaks off what runs when it is closed, and answers what waits and what comes after', async () => {
    const { dir, key } = await archiveOf(30_000);
    const thread = unwrap(await startThread<ReaderCalls>(SCRIPT, { role: 'reader', dir, key }));
    const runs = Promise.withResolvers<void>();
    const out = join(dir, 'all.ndjson');
    const request = { plan: WHOLE_ARCHIVE, format: 'ndjson', out, resourcesDir: 'resources', sidecar: false } as const;
    const exported = thread.call('export', request, () => runs.resolve());
    await runs.promise;
    const waiting = thread.call('count', { plan: WHOLE_ARCHIVE });
    const closed = Promise.all([thread.close(), thread.close()]);
    const after = thread.call('count', { plan: WHOLE_ARCHIVE });
    expect(await exported).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    expect(await waiting).toMatchObject({ ok: false, error: { code: 'locked' } });
    expect(await after).toMatchObject({ ok: false, error: { code: 'locked' } });
    await closed;
  });

  it('that runs out of memory ends alone: what it was asked is answered, the archive opens again', async () => {
    const { dir, key } = await archiveOf(30_000);
    const started = await startThread<ReaderCalls>(SCRIPT, { role: 'reader', dir, key }, 20);
    const many = { plan: WHOLE_ARCHIVE, offset: 0, limit: 30_000 };
    const asked = started.ok
      ? await Promise.all([1, 2, 3].map(() => started.value.call('rowsAt', many))).then((answers) => answers.at(-1))
      : started;
    expect(asked).toMatchObject({ ok: false, error: { code: 'unexpected' } });
    if (started.ok) await started.value.close();
    expect(unwrap(await (await reader(dir, key)).call('count', { plan: WHOLE_ARCHIVE }))).toBe(30_000);
  });
});
