import { describe, expect, test } from 'vitest';
import { type PageBody, readPageBody } from '../../../src/main/core/jetty/envelope.ts';

const entry = { id: 1, timestamp: '2026-01-01T00:00:00+02:00', action: 'user.login', actor: null, metadata: [] };

function read(value: unknown): PageBody {
  const page = readPageBody(Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)));
  if ('reason' in page) throw new Error(page.reason);
  return page;
}

describe('envelopes', () => {
  test.each([
    [
      'paginated',
      { data: [entry], links: { next: '/?page=2' }, meta: { current_page: 1, last_page: 3, per_page: 1, total: 3 } },
      { total: 3, lastPage: 3, hasNext: true, perPage: 1 },
    ],
    [
      'paginated',
      { data: [entry], links: { next: null }, meta: { current_page: 3, last_page: 3, per_page: '1', total: '3' } },
      { total: 3, lastPage: 3, hasNext: false, perPage: 1 },
    ],
    [
      'simple',
      { data: [entry], links: { next: '/?page=2' }, meta: { current_page: 1, per_page: 1 } },
      { total: null, lastPage: null, hasNext: true, perPage: 1 },
    ],
    ['simple', { data: [entry], links: { next: null } }, { total: null, hasNext: false }],
    ['simple', { data: [entry], meta: {} }, { total: null, hasNext: null }],
    [
      'flat',
      {
        current_page: 2,
        data: [entry],
        last_page: 2,
        next_page_url: null,
        per_page: 1,
        total: 2,
        links: [{ url: null }],
      },
      { total: 2, lastPage: 2, hasNext: false, perPage: 1 },
    ],
    ['bare', [entry], { total: null, lastPage: null, hasNext: null, perPage: null }],
  ])('%s', (envelope, page, expected) => {
    expect(read(page)).toMatchObject({ envelope, ...expected });
    expect(read(page).items).toHaveLength(1);
  });

  test('a filtered PHP collection, which comes as an object, and an emptied one', () => {
    expect(read({ data: { 0: entry, 7: entry }, meta: { total: 2 } }).items).toHaveLength(2);
    expect(read({ data: {}, meta: { total: 0 } }).items).toHaveLength(0);
  });

  test('a page within a page', () => {
    expect(read({ data: { data: [entry], total: 9, current_page: 1, last_page: 9 } })).toMatchObject({ total: 9 });
  });

  test('an entry that is no entry, or not UTF-8, leaves its page readable', () => {
    const [before, after] = JSON.stringify({ data: [entry, 'X', null, entry] }).split('X') as [string, string];
    const page = readPageBody(
      Buffer.concat([Buffer.from(before), Buffer.from([0xff, 0x5c, 0x6e]), Buffer.from(after)]),
    );
    if ('reason' in page) throw new Error(page.reason);
    expect(page.items.map((item) => item.entry !== null)).toEqual([true, false, false, true]);
    expect(page.items[1]?.raw).toEqual(Buffer.from([0x22, 0xff, 0x5c, 0x6e, 0x22]));
  });

  test.each([
    ['', 'empty'],
    ['<!doctype html>', 'HTML'],
    ['{"data":[{"id":1}', 'broken off'],
    ['{"message":"ok"}', 'no list'],
    ['null', 'no list'],
    ['{"data":{"id":1}}', 'no list'],
  ])('%j is no page', (text, reason) => {
    const page = readPageBody(Buffer.from(text));
    expect('reason' in page && page.reason).toContain(reason);
  });
});
