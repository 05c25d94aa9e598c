import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import type { ReaderCalls } from '../../src/main/worker/calls.ts';
import { startThread } from '../../src/main/worker/thread-client.ts';
import { createWarmThreads } from '../../src/main/worker/warm-threads.ts';
import { unwrap } from '../../src/shared/errors.ts';
import { newArchive } from '../support/archive.ts';

const SCRIPT = join(inject('mainDir'), 'archive-worker.js');

test('a thread that stood ready opens the archive it is given; those that nobody took end', async () => {
  const { dir, key, writer } = await newArchive();
  const threads = createWarmThreads(SCRIPT);
  threads.warm();
  threads.warm();
  const launched = threads.take('reader');
  expect(threads.take('reader')).toBeNull();
  const reader = unwrap(await startThread<ReaderCalls>(SCRIPT, { role: 'reader', dir, key }, undefined, launched));
  expect(unwrap(await reader.call('info', {})).archiveId).toBe(writer.info().archiveId);
  await reader.close();
  await launched?.gone;
  expect(threads.take('keeper')).toBeNull();
  threads.warm(['keeper']);
  expect(threads.take('reader')).toBeNull();
  const keeper = threads.take('keeper');
  expect(keeper).not.toBeNull();
  keeper?.worker.postMessage({ kind: 'close' });
  await keeper?.gone;
  await threads.end();
  threads.warm();
  expect(threads.take('writer')).toBeNull();
  writer.close();
});

test('a thread whose script is not there is not missed', async () => {
  const threads = createWarmThreads('/nowhere/archive-worker.js');
  threads.warm();
  const writer = threads.take('writer');
  await writer?.gone;
  const opened = await startThread('/nowhere/archive-worker.js', { role: 'writer', dir: '/', key: new Uint8Array() });
  expect(opened).toMatchObject({ ok: false, error: { code: 'unexpected' } });
  await threads.end();
});
