import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openReader } from '../../../src/main/core/archive/open.ts';
import { importFiles } from '../../../src/main/core/sync/import.ts';
import { previewFiles } from '../../../src/main/core/sync/import-preview.ts';
import { unwrap } from '../../../src/shared/errors.ts';
import { newArchive } from '../../support/archive.ts';
import { fixedClock, temporaryFolder } from '../../support/ports.ts';
import { entryAt } from './support/fixtures.ts';

const NOON = Date.parse('2026-02-10T12:00:00Z');
const DAY = 86_400_000;
const entry = (n: number, day = 0) => entryAt(`log_${n}`, NOON + day * DAY + n * 1000);
const clock = fixedClock('2026-03-01T00:00:00Z');

async function setUp() {
  const { dir, key, writer } = await newArchive();
  const folder = temporaryFolder();
  const reader = unwrap(openReader(dir, key));
  const put = (name: string, content: string) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  const preview = async (...files: string[]) => unwrap(await previewFiles({ reader, files }));
  const run = async (...files: string[]) => unwrap(await importFiles({ writer, files, clock }));
  return { reader, writer, folder, put, preview, run };
}

test('a preview says what the import then does: new, known, other content, rejected, and the days', async () => {
  const { put, preview, run, writer } = await setUp();
  await run(put('before.json', JSON.stringify([entry(1), entry(2), entry(3)])));
  const changed = { ...entry(2), action: 'tunnel.stopped' };
  const files = [
    put('a.json', JSON.stringify([entry(2), changed, entry(4, 1), entry(4, 1), entry(5, 9)])),
    put(
      'b.ndjson',
      [entry(5, 9), { ...entry(5, 9), metadata: { late: true } }, changed].map((one) => JSON.stringify(one)).join('\n'),
    ),
    put('empty.json', ''),
    put('error.json', '{"message":"Too Many Attempts."}'),
  ];
  const before = writer.info();
  const seen = await preview(...files);
  expect(writer.info()).toEqual(before);
  const { first, last, days, ...counts } = seen;
  expect({ first, last, days }).toEqual({ first: '2026-02-10', last: '2026-02-19', days: 3 });
  expect(counts).toEqual(await run(...files));
  expect(counts).toMatchObject({ files: 4, read: 8, inserted: 2, changed: 2, duplicates: 4 });
  expect(await preview(...files)).toMatchObject({ inserted: 0, changed: 0, duplicates: 8 });
});

test('an entry whose time was changed at the source is known all the same', async () => {
  const { put, preview, run } = await setUp();
  await run(put('before.json', JSON.stringify([entry(1)])));
  const moved = put('moved.json', JSON.stringify([entry(1, -400)]));
  expect(await preview(moved)).toMatchObject({ inserted: 0, changed: 1, duplicates: 0 });
  expect(await run(moved)).toMatchObject({ inserted: 0, changed: 1, duplicates: 0 });
});

test('a preview can be broken off, in the files and in the archive', async () => {
  const { put, reader, run } = await setUp();
  await run(put('before.json', JSON.stringify(Array.from({ length: 6_000 }, (_, n) => entry(n)))));
  const path = put('more.ndjson', Array.from({ length: 50 }, (_, n) => JSON.stringify(entry(n))).join('\n'));
  const early = new AbortController();
  const broken = await previewFiles({ reader, files: [path], signal: early.signal, onProgress: () => early.abort() });
  expect(broken).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  const late = new AbortController();
  let pieces = 0;
  const slow = previewFiles({
    reader,
    files: [path],
    signal: late.signal,
    // The last piece is read (the first line comes by itself); what follows is the archive.
    onProgress: () => {
      if (++pieces === 2) setImmediate(() => late.abort());
    },
  });
  expect(await slow).toMatchObject({ ok: false, error: { code: 'cancelled' } });
});

const SAMPLES = join(process.cwd(), '../shared/data');
test.runIf(existsSync(SAMPLES))(
  'real exports: the preview agrees with the import, and a second one adds nothing',
  async () => {
    const { preview, run } = await setUp();
    const { first: _first, last: _last, days: _days, ...seen } = await preview(SAMPLES);
    const done = await run(SAMPLES);
    expect(seen).toEqual(done);
    expect(await preview(SAMPLES)).toMatchObject({ inserted: 0, changed: 0 });
  },
);
