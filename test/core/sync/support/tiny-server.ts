import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Served = { readonly id: string; readonly timestamp: string; readonly [key: string]: unknown };
export type TinyEnvelope = 'paginated' | 'simple' | 'flat' | 'bare';

export type Asked = {
  readonly from: string | null;
  readonly to: string | null;
  readonly page: number;
  readonly perPage: number;
  readonly number: number;
};

/** What a test may do to a server while it is asked. */
export type Behaviour = {
  envelope?: TinyEnvelope;
  perPageMax?: number;
  order?: 'newest' | 'oldest' | 'shuffled_seconds';
  ignoreDates?: boolean;
  /** The server's midnight, hours east of UTC. */
  zoneHours?: number;
  /** Before each answer: may change the log or answer by itself (then true is returned). */
  before?: (asked: Asked, response: ServerResponse, server: TinyServer) => boolean | undefined;
  /** A last change to the list that will be cut into pages. */
  arrange?: (entries: Served[], asked: Asked) => Served[];
};

export type TinyServer = {
  readonly url: string;
  readonly asked: Asked[];
  entries: Served[];
  behaviour: Behaviour;
  close(): Promise<void>;
};

export const TOKEN = 'tiny-token-1234567890';

/** A log over real HTTP, small enough that a test can say exactly how it misbehaves. */
export async function startTinyServer(entries: readonly Served[], behaviour: Behaviour = {}): Promise<TinyServer> {
  const http = createServer((request, response) => answer(request, response, server));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const server: TinyServer = {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    asked: [],
    entries: [...entries],
    behaviour,
    close: () =>
      new Promise((resolve) => {
        http.closeAllConnections();
        http.close(() => resolve());
      }),
  };
  return server;
}

let turn = 0;

function answer(request: IncomingMessage, response: ServerResponse, server: TinyServer): void {
  const { behaviour } = server;
  const url = new URL(request.url ?? '/', server.url);
  if (url.pathname !== '/api/organization/audit-logs') {
    response.writeHead(404, { 'content-type': 'application/json' }).end('{"message":"Not found."}');
    return;
  }
  if (request.headers.authorization !== `Bearer ${TOKEN}`) {
    response.writeHead(401, { 'content-type': 'application/json' }).end('{"message":"Unauthenticated."}');
    return;
  }
  const asked: Asked = {
    from: url.searchParams.get('from'),
    to: url.searchParams.get('to'),
    page: Number(url.searchParams.get('page') ?? 1),
    perPage: Math.min(behaviour.perPageMax ?? 100, Number(url.searchParams.get('per_page') ?? 15)),
    number: server.asked.length + 1,
  };
  server.asked.push(asked);
  if (behaviour.before?.(asked, response, server)) return;
  const selected = server.entries.filter((entry) => isAsked(entry, asked, behaviour));
  const ordered = arrange(selected, behaviour);
  const list = behaviour.arrange?.(ordered, asked) ?? ordered;
  const start = (asked.page - 1) * asked.perPage;
  const data = list.slice(start, start + asked.perPage);
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(wrap(behaviour.envelope ?? 'paginated', data, list.length, asked)));
}

function isAsked(entry: Served, asked: Asked, behaviour: Behaviour): boolean {
  if (behaviour.ignoreDates) return true;
  const local = Date.parse(entry.timestamp) + (behaviour.zoneHours ?? 0) * 3_600_000;
  const day = new Date(local).toISOString().slice(0, 10);
  return (asked.from === null || day >= asked.from) && (asked.to === null || day <= asked.to);
}

function arrange(entries: readonly Served[], behaviour: Behaviour): Served[] {
  const sign = behaviour.order === 'oldest' ? 1 : -1;
  turn++;
  const tie = (id: string) => {
    if (behaviour.order !== 'shuffled_seconds') return id;
    return String((Number.parseInt(`${id.replace(/\D/g, '')}`, 10) * (turn * 7919 + 13)) % 10_007).padStart(6, '0');
  };
  return [...entries].sort(
    (a, b) => sign * (Date.parse(a.timestamp) - Date.parse(b.timestamp)) || (tie(a.id) < tie(b.id) ? -1 : 1),
  );
}

function wrap(envelope: TinyEnvelope, data: Served[], total: number, { page, perPage }: Asked): unknown {
  const last = Math.max(1, Math.ceil(total / perPage));
  const next = page < last ? `/next?page=${page + 1}` : null;
  switch (envelope) {
    case 'bare':
      return data;
    case 'flat':
      return { current_page: page, data, last_page: last, next_page_url: next, per_page: perPage, total };
    case 'simple':
      return { data, links: { first: '/1', prev: null, next }, meta: { current_page: page, per_page: perPage } };
    case 'paginated':
      return {
        data,
        links: { first: '/1', last: `/${last}`, prev: null, next },
        meta: { current_page: page, last_page: last, per_page: perPage, total },
      };
  }
}
