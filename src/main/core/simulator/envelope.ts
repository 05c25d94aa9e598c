import type { DayEntry } from './draft.ts';
import type { LogQuery } from './request.ts';
import type { Selection } from './selection.ts';

/** The shapes in which Laravel hands out a page, and the bare array that a proxy may leave of it. */
export const ENVELOPES = ['length-aware', 'simple', 'flat', 'array'] as const;
export type Envelope = (typeof ENVELOPES)[number];

type Field = readonly [name: string, value: unknown];

/** Writes a page around the entries' own bytes, which are passed through untouched. */
export function wrap(
  envelope: Envelope,
  path: string,
  params: URLSearchParams,
  query: LogQuery,
  found: Selection,
): Buffer {
  const { page, perPage } = query;
  const lastPage = Math.max(1, Math.ceil(found.total / perPage));
  const shown = found.entries.length;
  const from = shown === 0 ? null : (page - 1) * perPage + 1;
  const to = shown === 0 ? null : (page - 1) * perPage + shown;
  const link = (number: number) => linkTo(path, params, number);
  const previous = page > 1 ? link(page - 1) : null;
  const next = page < lastPage ? link(page + 1) : null;
  const data = list(found.entries);

  if (envelope === 'array') return data;
  if (envelope === 'flat') {
    const before: Field[] = [['current_page', page]];
    const after: Field[] = [
      ['first_page_url', link(1)],
      ['from', from],
      ['last_page', lastPage],
      ['last_page_url', link(lastPage)],
      ['next_page_url', next],
      ['path', path],
      ['per_page', perPage],
      ['prev_page_url', previous],
      ['to', to],
      ['total', found.total],
    ];
    return around(before, data, after);
  }
  const complete = envelope === 'length-aware';
  const links = { first: link(1), ...(complete && { last: link(lastPage) }), prev: previous, next };
  const meta = {
    current_page: page,
    from,
    ...(complete && { last_page: lastPage }),
    path,
    per_page: perPage,
    to,
    ...(complete && { total: found.total }),
  };
  return around([], data, [
    ['links', links],
    ['meta', meta],
  ]);
}

function list(entries: readonly DayEntry[]): Buffer {
  const parts = entries.flatMap((entry, i) => (i === 0 ? [entry.raw] : [COMMA, entry.raw]));
  return Buffer.concat([Buffer.from('['), ...parts, Buffer.from(']')]);
}

function around(before: readonly Field[], data: Buffer, after: readonly Field[]): Buffer {
  const write = ([name, value]: Field) => `${JSON.stringify(name)}:${JSON.stringify(value)}`;
  const head = `{${[...before.map(write), '"data":'].join(',')}`;
  return Buffer.concat([Buffer.from(head), data, Buffer.from(`,${after.map(write).join(',')}}`)]);
}

function linkTo(path: string, params: URLSearchParams, page: number): string {
  const query = new URLSearchParams(params);
  query.set('page', String(page));
  return `${path}?${query}`;
}

const COMMA = Buffer.from(',');
