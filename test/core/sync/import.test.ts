import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { ArchiveWriter } from '../../../src/main/core/archive/writer.ts';
import { WHOLE_ARCHIVE } from '../../../src/main/core/search/plan.ts';
import { type ImportResult, importFiles } from '../../../src/main/core/sync/import.ts';
import { unwrap } from '../../../src/shared/errors.ts';
import { itemsOf, newArchive } from '../../support/archive.ts';
import { fixedClock, temporaryFolder } from '../../support/ports.ts';
import { contentsOf, entryAt, truthOf } from './support/fixtures.ts';

const NOON = Date.parse('2026-02-10T12:00:00Z');
const entry = (n: number, day = 0) => entryAt(`log_${n}`, NOON + day * 86_400_000 + n * 1000);
const three = [entry(1), entry(2), entry(3)];
const clock = fixedClock('2026-03-01T00:00:00Z');

async function setUp() {
  const { writer } = await newArchive();
  const folder = temporaryFolder();
  const put = (name: string, content: string | Uint8Array) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const run = async (...files: string[]): Promise<ImportResult> => unwrap(await importFiles({ writer, files, clock }));
  return { writer, folder, put, run };
}

const day = (writer: ArchiveWriter, name: string) => writer.coverage(name, name)[0];
const lines = (values: readonly unknown[]) => values.map((value) => `${JSON.stringify(value)}\n`).join('');

describe('forms', () => {
  const forms: [string, string | Uint8Array][] = [
    ['array.json', JSON.stringify(three)],
    ['pretty.json', JSON.stringify(three, null, 2)],
    ['page.json', JSON.stringify({ data: three, links: {}, meta: { total: 3, current_page: 1, last_page: 1 } })],
    ['flat.json', JSON.stringify({ current_page: 1, data: three, total: 3 })],
    ['lines.ndjson', lines(three)],
    ['windows.ndjson', lines(three).replaceAll('\n', '\r\n')],
    ['marked.ndjson', `\ufeff${lines(three)}`],
    ['blank.ndjson', `\n\n${lines(three)}\n  \n`],
    ['search.json', `${JSON.stringify({ total: 3, entries: three, next: null })}\n`],
    ['cases.ndjson', lines(three.map((one) => ({ case: 'x', rule: 'y', entries: [one] })))],
    ['single.json', JSON.stringify(three[0])],
    ['zipped.ndjson.gz', gzipSync(lines(three))],
    ['zipped-without-saying-so.json', gzipSync(JSON.stringify(three, null, 1))],
  ];
  test.each(forms)('%s goes in, and a second time adds nothing', async (name, content) => {
    const { writer, put, run } = await setUp();
    const path = put(name, content);
    const expected = name === 'single.json' ? 1 : 3;
    expect(await run(path)).toEqual({
      files: 1,
      read: expected,
      inserted: expected,
      duplicates: 0,
      changed: 0,
      rejected: [],
    });
    expect(await run(path)).toMatchObject({ inserted: 0, duplicates: expected, changed: 0, rejected: [] });
    expect(day(writer, '2026-02-10')).toMatchObject({ state: 'imported', stored: expected });
  });

  test('entries are kept byte for byte, odd spacing and escapes included', async () => {
    const { writer, put, run } = await setUp();
    const raw = '{ "id":"x" ,"timestamp" : "2026-02-10T12:00:00Z","action":"a\\u0062c","n":1.50,\n "k":"\\"}]" }';
    await run(put('odd.json', `{"meta":{"data":[1]},"data" : [ ${raw} ]}`));
    expect(contentsOf(writer)).toEqual(new Map([['x', raw]]));
  });

  test('an entry that has members named like a list is still one entry', async () => {
    const { writer, put, run } = await setUp();
    const odd = { ...entry(1), data: [1, 2], entries: [] };
    await run(put('odd.ndjson', lines([odd, entry(2)])));
    expect(contentsOf(writer)).toEqual(truthOf([odd, entry(2)]));
  });
});

describe('the table of the dashboard', () => {
  const header = 'ID,Time (UTC),Actor Name,Actor Email,Event,Target,IP Address,User Agent,Team,Details';
  const rows = [
    'log_1,2026-02-10 12:00:01,"Chen, Alice",alice@example.com,tunnel.deleted,api,203.0.113.1,curl,Ops,"{""reason"":""x""}"',
    'log_2,2026-02-10 12:00:02 UTC,"Bob\n""B""",bob@example.com,user.login,,2001:db8::1,,,',
  ];

  test.each([
    [',', 'a.csv'],
    [';', 'b.csv'],
    ['\t', 'c.csv'],
  ])('separated by %j goes in, twice adding nothing', async (sign, name) => {
    const { writer, put, run } = await setUp();
    const text = [header, ...rows].join('\r\n').replaceAll('"Chen, Alice"', '"Chen Alice"');
    const path = put(name, sign === ',' ? text : text.replaceAll(',', sign));
    expect(await run(path)).toMatchObject({ read: 2, inserted: 2, rejected: [] });
    expect(await run(path)).toMatchObject({ inserted: 0, duplicates: 2 });
    const found = writer.page(
      { filter: { terms: [] }, fromMs: null, toMs: null },
      { after: null, limit: 10, direction: 'newer' },
    );
    expect(found.rows[0]).toMatchObject({
      id: 'log_1',
      ts: Date.parse('2026-02-10T12:00:01Z'),
      actor: { name: 'Chen Alice', email: 'alice@example.com' },
      action: 'tunnel.deleted',
      target: { name: 'api' },
      address: '203.0.113.1',
      team: { name: 'Ops' },
    });
    expect(found.rows[1]).toMatchObject({ actor: { name: 'Bob\n"B"' }, address: '2001:db8::1', target: null });
  });

  test('the row itself is kept', async () => {
    const { writer, put, run } = await setUp();
    await run(put('a.csv', [header, rows[0]].join('\n')));
    const kept = JSON.parse(contentsOf(writer).get('log_1') ?? '');
    expect(kept.csv).toEqual({ header: header.split(','), row: rows[0] });
  });

  const whole = {
    id: 'log_1',
    timestamp: '2026-02-10T12:00:01Z',
    action: 'tunnel.deleted',
    metadata: { reason: 'x' },
  };
  const fromApi = (writer: ArchiveWriter, values: readonly unknown[]) =>
    unwrap(
      writer.ingest({ items: itemsOf(values), source: { kind: 'api', detail: 'jetty.example' }, receivedAt: NOON }),
    );
  const recordOf = (writer: ArchiveWriter, id: string) => {
    const row = [...writer.rows(WHOLE_ARCHIVE)].find((one) => one.id === id);
    return writer.entry(row?.key ?? -1);
  };

  test('a row about an entry the archive has is no change', async () => {
    const { writer, put, run } = await setUp();
    fromApi(writer, [whole]);
    expect(await run(put('a.csv', [header, ...rows].join('\n')))).toMatchObject({
      inserted: 1,
      duplicates: 1,
      changed: 0,
    });
    expect(writer.info()).toMatchObject({ entries: 2, changedUpstream: 0 });
    expect(recordOf(writer, 'log_1')).toMatchObject({ versions: [] });
  });

  test('a row that tells of another action under a known id is kept and raised', async () => {
    const { writer, put, run } = await setUp();
    fromApi(writer, [{ ...whole, action: 'tunnel.created' }]);
    expect(await run(put('a.csv', [header, rows[0]].join('\n')))).toMatchObject({ inserted: 0, changed: 1 });
    expect(writer.changedEntries()).toMatchObject([{ id: 'log_1', versions: 1 }]);
  });

  test('what the API says later of an entry from a row is its evidence, and no change', async () => {
    const { writer, put, run } = await setUp();
    await run(put('a.csv', [header, rows[0]].join('\n')));
    expect(fromApi(writer, [whole])).toMatchObject({ inserted: 0, duplicates: 1, changed: 0 });
    expect(fromApi(writer, [whole])).toMatchObject({ duplicates: 1 });
    expect(writer.info()).toMatchObject({ entries: 1, changedUpstream: 0 });
    expect(writer.changedEntries()).toEqual([]);
    const record = recordOf(writer, 'log_1');
    expect(Buffer.from(record?.raw ?? []).toString()).toBe(JSON.stringify(whole));
    expect(record?.provenance.source).toBe('jetty.example');
    expect(record?.versions.map((version) => version.provenance.source)).toEqual(['a.csv']);
    expect(contentsOf(writer)).toEqual(new Map([['log_1', JSON.stringify(whole)]]));
    expect(fromApi(writer, [{ ...whole, action: 'tunnel.started' }])).toMatchObject({ changed: 1 });
  });

  test('a row whose time cannot be read is kept and listed with its line', async () => {
    const { writer, put, run } = await setUp();
    const result = await run(put('a.csv', [header, rows[0], 'log_9,yesterday,,,user.login,,,,,'].join('\n')));
    expect(result.rejected).toEqual([expect.objectContaining({ file: 'a.csv', line: 3 })]);
    expect(writer.info()).toMatchObject({ entries: 1, unreadable: 1 });
  });
});

describe('what is no export', () => {
  test.each([
    ['empty.json', '', 'empty'],
    ['blank.json', ' \n\n', 'empty'],
    ['denied.json', '{"message":"Unauthenticated."}', 'Unauthenticated'],
    ['page.json', '<!doctype html><title>502</title>', 'HTML'],
    ['cut.json', JSON.stringify(three).slice(0, -40), 'broken off'],
    ['notes.csv', 'colour,size\nred,1\n', 'neither'],
    ['numbers.json', '[1,', 'broken off'],
    ['object.json', '{"version":1}', 'no entries'],
  ])('%s is listed with the reason, and the rest goes in', async (name, content, reason) => {
    const { writer, put, run } = await setUp();
    const result = await run(put(name, content), put('good.ndjson', lines(three)));
    expect(result).toMatchObject({ files: 2, inserted: 3 });
    expect(result.rejected).toHaveLength(1);
    expect(result.rejected[0]?.file).toBe(name);
    expect(result.rejected[0]?.reason).toContain(reason);
    expect(writer.info()).toMatchObject({ entries: 3, unreadable: 0 });
  });

  test('a broken line is kept and listed; first, middle and last', async () => {
    const { writer, put, run } = await setUp();
    const [a, b, c] = three.map((one) => JSON.stringify(one));
    const result = await run(put('a.ndjson', `{"id":"x",\n${a}\n{oops\n${b}\n${c}\n{"id":"log_9","timest`));
    expect(result.rejected.map((one) => one.line)).toEqual([1, 3, 6]);
    expect(writer.info()).toMatchObject({ entries: 3, unreadable: 3 });
  });

  test('the line of an unreadable element of an array is right', async () => {
    const { put, run } = await setUp();
    const result = await run(put('a.json', `\n[\n${JSON.stringify(entry(1))},\n\n{"id":"log_9"}]`));
    expect(result.rejected).toEqual([expect.objectContaining({ line: 5 })]);
  });

  test('a gzip file that is cut gives what came before', async () => {
    const { writer, put, run } = await setUp();
    const many = Array.from({ length: 5000 }, (_, n) => entry(n));
    const result = await run(put('a.ndjson.gz', gzipSync(lines(many)).subarray(0, -2000)));
    expect(result.rejected.at(-1)?.reason).toContain('broken off');
    expect(writer.info().entries).toBeGreaterThan(1000);
  });

  test('a file that is not there stops the import before it begins, without naming its folder', async () => {
    const { writer, folder, put } = await setUp();
    const result = await importFiles({ writer, files: [put('a.ndjson', lines(three)), join(folder, 'b')], clock });
    expect(result).toMatchObject({ ok: false, error: { code: 'bad_input' } });
    expect(JSON.stringify(result)).not.toContain(folder);
    expect(writer.info().entries).toBe(0);
  });
});

describe('what files say of days', () => {
  test("a folder as the product's backup script leaves it, failures and missing pages included", async () => {
    const { writer, folder, run } = await setUp();
    const dir = join(folder, 'backups');
    mkdirSync(dir);
    const page = (data: unknown[], total: number) =>
      JSON.stringify({ data, meta: { current_page: 1, last_page: 2, total } });
    writeFileSync(join(dir, 'audit-logs-2026-02-10.json'), page(three, 3).replace('"last_page":2', '"last_page":1'));
    writeFileSync(join(dir, 'audit-logs-2026-02-11.json'), page([entry(4, 1)], 40));
    writeFileSync(join(dir, 'audit-logs-2026-02-12.json'), '');
    writeFileSync(join(dir, 'audit-logs-2026-02-13.json'), '{"message":"Too Many Attempts."}');
    writeFileSync(
      join(dir, 'audit-logs-2026-02-14.json'),
      '{"data":[],"meta":{"current_page":1,"last_page":1,"total":0}}',
    );
    writeFileSync(join(dir, 'readme.txt'), 'not looked at');
    const result = await run(dir);
    expect(result).toMatchObject({ files: 5, inserted: 4 });
    expect(result.rejected.map((one) => one.file)).toEqual([
      'audit-logs-2026-02-12.json',
      'audit-logs-2026-02-13.json',
    ]);
    const states = writer.coverage('2026-02-01', '2026-02-28').map((one) => [one.day, one.state]);
    expect(states).toEqual([
      ['2026-02-10', 'imported'],
      ['2026-02-11', 'partial'],
      ['2026-02-14', 'imported'],
    ]);
    const short = day(writer, '2026-02-11');
    expect(short).toMatchObject({ served: 40, stored: 1 });
    expect(short?.note).toContain('audit-logs-2026-02-11.json counts 40 entries and holds 1');
  });

  test('all pages of a day together are whole, in any order', async () => {
    const { writer, put, run } = await setUp();
    const page = (n: number, data: unknown[]) =>
      JSON.stringify({ data, meta: { current_page: n, last_page: 2, total: 3 } });
    const second = put('2.json', page(2, [entry(3)]));
    expect(await run(second)).toMatchObject({ inserted: 1 });
    expect(day(writer, '2026-02-10')?.state).toBe('partial');
    await run(put('1.json', page(1, [entry(1), entry(2)])));
    expect(day(writer, '2026-02-10')?.state).toBe('imported');
  });

  test('what the API said of a day is not overruled', async () => {
    const { writer, put, run } = await setUp();
    const source = { kind: 'api', detail: 'example.com' } as const;
    const settled = {
      kind: 'day',
      day: '2026-02-10',
      state: 'complete',
      served: 0,
      checkedAt: NOON,
      note: null,
    } as const;
    const open = { ...settled, day: '2026-02-11', state: 'partial', note: 'The day was not over.' } as const;
    const lost = { ...settled, day: '2026-02-12', state: 'lost' } as const;
    unwrap(writer.ingest({ items: [], source, receivedAt: NOON, ledger: [settled, open, lost] }));
    await run(put('a.ndjson', lines([entry(1), entry(2, 1), entry(3, 2)])));
    const states = writer.coverage('2026-02-10', '2026-02-12').map((one) => one.state);
    expect(states).toEqual(['complete', 'partial', 'imported']);
  });

  test('only the name of a file is kept, not where it lay', async () => {
    const { writer, put, run } = await setUp();
    await run(put('a.ndjson', lines(three)));
    const found = writer.page(
      { filter: { terms: [] }, fromMs: null, toMs: null },
      { after: null, limit: 1, direction: 'older' },
    );
    expect(writer.entry(found.rows[0]?.key ?? -1)?.provenance.source).toBe('a.ndjson');
  });
});

test('cancelling keeps what went in', async () => {
  const { writer, put } = await setUp();
  const abort = new AbortController();
  const many = Array.from({ length: 5000 }, (_, n) => entry(n));
  const file = put('a.ndjson', lines(many));
  const onProgress = () => abort.abort();
  const result = await importFiles({ writer, files: [file], clock, onProgress, signal: abort.signal });
  expect(result).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  expect(writer.info().entries).toBeGreaterThan(0);
  expect(unwrap(await importFiles({ writer, files: [file], clock }))).toMatchObject({ read: 5000 });
  expect(writer.info().entries).toBe(5000);
});

const SHARED = new URL('../../../../shared/data/', import.meta.url).pathname;

describe('third-party events beside the checkout', () => {
  if (!existsSync(SHARED)) {
    test('are not there: nothing to read', () => console.log(`${SHARED} is absent; its files are not tried.`));
    return;
  }
  const names = readdirSync(SHARED).filter((name) => name.endsWith('.ndjson'));
  test('import, all of them, and a second time add nothing', async () => {
    const { writer, run } = await setUp();
    const files = names.map((name) => join(SHARED, name));
    const first = await run(...files);
    expect(first.rejected).toEqual([]);
    expect(first.inserted).toBe(writer.info().entries);
    expect(first.inserted + first.duplicates + first.changed).toBe(first.read);
    expect(await run(...files)).toMatchObject({ read: first.read, inserted: 0, changed: 0, rejected: [] });
  });
});
