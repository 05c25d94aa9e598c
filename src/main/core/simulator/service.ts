import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Clock } from '../ports.ts';
import { type Envelope, wrap } from './envelope.ts';
import type { TroubleMaker } from './faults/trouble-maker.ts';
import type { Organisation } from './organisation.ts';
import type { Allowance } from './rate-limit.ts';
import { readQuery } from './request.ts';
import { select, servedAt, type View } from './selection.ts';
import { type Truth, truthLines } from './truth.ts';

export const LOG_PATH = '/api/organization/audit-logs';

/** One request as it was dealt with. `status` is 0 where there was no answer; `at` is the server's present, ms UTC. */
export type RequestRecord = {
  readonly at: number;
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly fault: string | null;
};

export type Service = {
  readonly log: Organisation;
  readonly clock: Clock;
  readonly tokens: { readonly admin: string; readonly member: string };
  readonly envelope: Envelope;
  readonly retentionDays: number;
  readonly perPageMax: number;
  readonly troubles: TroubleMaker;
  readonly limit: ((now: number) => Allowance) | null;
  /** Resolves when so many bytes have gone over the link. */
  readonly link: (bytes: number) => Promise<void>;
  readonly truth: () => Truth;
  readonly record: (request: RequestRecord) => void;
};

type Reply = {
  readonly status: number;
  readonly body: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
  readonly contentType?: string;
  /** How the body travels where it does not simply arrive; `silence` and `reset` send nothing at all. */
  readonly transport?: 'cut' | 'reset' | 'garble' | 'silence' | 'stall';
  /** The server's present when it was made, milliseconds UTC. */
  readonly at?: number;
  readonly fault?: string;
};

const compress = promisify(gzip);
const COMPRESS_FROM_BYTES = 1024;

/** The HTTP server of a made-up organisation; the caller lets it listen. */
export function createService(service: Service): Server {
  return createServer((request, response) => {
    handle(service, request, response).catch(() => {
      if (response.headersSent || response.destroyed) response.destroy();
      else response.writeHead(500, { 'Content-Type': 'application/json' }).end('{"message":"Server Error"}');
    });
  });
}

async function handle(service: Service, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  if (url.pathname === '/truth/entries' && request.method === 'GET') {
    const view = url.searchParams.get('served') === '1' ? viewNow(service) : null;
    response.writeHead(200, { 'Content-Type': 'application/x-ndjson' });
    await pipeline(Readable.from(truthLines(service.log, view)), response);
    return;
  }
  if (url.pathname === '/truth' && request.method === 'GET') {
    await send(service, request, response, message(200, service.truth()));
    return;
  }
  const reply = await answer(service, request, url);
  const { method = 'GET' } = request;
  const status = reply.transport === 'reset' || reply.transport === 'silence' ? 0 : reply.status;
  const at = reply.at ?? service.troubles.present(service.clock.now());
  service.record({ at, method, url: `${url.pathname}${url.search}`, status, fault: reply.fault ?? null });
  await send(service, request, response, reply);
}

async function answer(service: Service, request: IncomingMessage, url: URL): Promise<Reply> {
  const route = url.pathname.slice(1);
  if (url.pathname !== LOG_PATH) return message(404, { message: `The route ${route} could not be found.` });
  if (request.method !== 'GET') {
    const text = `The ${request.method} method is not supported for route ${route}. Supported methods: GET.`;
    return { ...message(405, { message: text }), headers: { Allow: 'GET' } };
  }
  const { tokens } = service;
  const token = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (token !== tokens.admin && token !== tokens.member) return message(401, { message: 'Unauthenticated.' });
  if (token === tokens.member) {
    return message(403, {
      message: "You don't have permission to view audit logs.",
      hint: 'Organization logs need the Organization Owner or Admin role.',
    });
  }
  const allowance = service.limit?.(service.clock.now()) ?? null;
  if (allowance && !allowance.allowed) {
    const headers = { ...limitHeaders(allowance), 'Retry-After': String(allowance.retryAfter) };
    return { ...message(429, { message: 'Too Many Attempts.' }), headers };
  }
  const reply = await troubled(service, request, url);
  return { ...reply, headers: { ...(allowance && limitHeaders(allowance)), ...reply.headers } };
}

async function troubled(service: Service, request: IncomingMessage, url: URL): Promise<Reply> {
  const { troubles, clock } = service;
  const met = troubles.troublesOf(`${url.pathname}${url.search}`, troubles.present(clock.now()));
  const fault = met.map((one) => one.fault).join('+') || null;
  const named = fault === null ? {} : { fault };
  let reply: Reply | null = null;
  for (const { trouble } of met) {
    if (trouble.kind === 'delay') await clock.sleep(trouble.ms);
    else if (trouble.kind === 'answer') reply = trouble.answer;
    else if (trouble.kind === 'reset' || trouble.kind === 'silence') {
      reply = { status: 0, body: '', transport: trouble.kind };
    } else {
      const whole = await page(service, request, url);
      const half = whole.body.slice(0, Math.max(1, Math.floor(whole.body.length * 0.6)));
      reply = trouble.kind === 'truncate' ? { ...whole, body: half } : { ...whole, transport: trouble.kind };
    }
  }
  return { ...(reply ?? (await page(service, request, url))), ...named };
}

async function page(service: Service, request: IncomingMessage, url: URL): Promise<Reply> {
  const read = readQuery(url.searchParams, service.perPageMax);
  if ('errors' in read) return message(422, read);
  const asked = { page: read.page, perPage: Number(url.searchParams.get('per_page') ?? read.perPage) };
  const refused = service.troubles.refuse(asked);
  if (refused) return message(422, refused);
  const query = service.troubles.misread(read);
  const view = viewNow(service);
  const found = await select(service.log, view, query);
  const path = `http://${request.headers.host ?? 'localhost'}${LOG_PATH}`;
  return { status: 200, body: wrap(service.envelope, path, url.searchParams, query, found), at: view.to };
}

function viewNow({ troubles, clock, retentionDays }: Service): View {
  return { ...servedAt(troubles.present(clock.now()), retentionDays), ...troubles.view() };
}

async function send(service: Service, request: IncomingMessage, response: ServerResponse, reply: Reply): Promise<void> {
  const { transport } = reply;
  if (transport === 'reset') request.socket.resetAndDestroy();
  if (transport === 'reset' || transport === 'silence') return;
  const plain = Buffer.from(reply.body);
  const accepted = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
  const zipped = accepted && (plain.length >= COMPRESS_FROM_BYTES || transport === 'garble');
  const body = zipped ? await compress(plain, { level: 1 }) : plain;
  if (transport === 'garble') body.fill(0x55, Math.floor(body.length / 2));
  await service.link(body.length);
  response.writeHead(reply.status, {
    Date: new Date(service.troubles.present(service.clock.now())).toUTCString(),
    'Content-Type': reply.contentType ?? 'application/json',
    'Content-Length': body.length,
    'Cache-Control': 'no-cache, private',
    Vary: 'Accept-Encoding',
    ...(zipped && { 'Content-Encoding': 'gzip' }),
    ...reply.headers,
  });
  if (transport === 'cut' || transport === 'stall') {
    const half = body.subarray(0, Math.max(1, Math.floor(body.length / 2)));
    response.write(half, () => transport === 'cut' && response.destroy());
    return;
  }
  response.end(body);
}

function message(status: number, body: object): Reply {
  return { status, body: JSON.stringify(body) };
}

function limitHeaders(allowance: Allowance): Readonly<Record<string, string>> {
  return { 'X-RateLimit-Limit': String(allowance.limit), 'X-RateLimit-Remaining': String(allowance.remaining) };
}
