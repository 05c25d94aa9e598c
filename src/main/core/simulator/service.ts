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
import { select, servedAt } from './selection.ts';
import { type Truth, truthLines } from './truth.ts';

export const LOG_PATH = '/api/organization/audit-logs';

/** One request as it was dealt with. `status` is 0 where there was no answer; `at` is milliseconds UTC by the clock. */
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
  readonly truth: () => Truth;
  readonly record: (request: RequestRecord) => void;
};

type Reply = {
  readonly status: number;
  readonly body: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
  readonly contentType?: string;
  /** `cut`: the connection breaks in the middle of the body. */
  readonly transport?: 'cut' | 'reset';
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
  const at = service.clock.now();
  if (url.pathname === '/truth/entries' && request.method === 'GET') {
    const served = url.searchParams.get('served') === '1' ? servedAt(at, service.retentionDays) : null;
    response.writeHead(200, { 'Content-Type': 'application/x-ndjson' });
    await pipeline(Readable.from(truthLines(service.log, served)), response);
    return;
  }
  if (url.pathname === '/truth' && request.method === 'GET') {
    await send(request, response, message(200, service.truth()));
    return;
  }
  const reply = await answer(service, request, url);
  const { method = 'GET' } = request;
  const status = reply.transport === 'reset' ? 0 : reply.status;
  service.record({ at, method, url: `${url.pathname}${url.search}`, status, fault: reply.fault ?? null });
  await send(request, response, reply);
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
  const met = service.troubles.troublesOf(`${url.pathname}${url.search}`);
  const fault = met.map((one) => one.fault).join('+') || null;
  const named = fault === null ? {} : { fault };
  let reply: Reply | null = null;
  for (const { trouble } of met) {
    if (trouble.kind === 'delay') await service.clock.sleep(trouble.ms);
    else if (trouble.kind === 'answer') reply = trouble.answer;
    else if (trouble.kind === 'reset') reply = { status: 0, body: '', transport: 'reset' };
    else {
      const whole = await page(service, request, url);
      const half = whole.body.slice(0, Math.max(1, Math.floor(whole.body.length * 0.6)));
      reply = trouble.kind === 'cut' ? { ...whole, transport: 'cut' } : { ...whole, body: half };
    }
  }
  return { ...(reply ?? (await page(service, request, url))), ...named };
}

async function page(service: Service, request: IncomingMessage, url: URL): Promise<Reply> {
  const read = readQuery(url.searchParams, service.perPageMax);
  if ('errors' in read) return message(422, read);
  const query = service.troubles.misread(read);
  const served = servedAt(service.clock.now(), service.retentionDays);
  const found = await select(service.log, served, query);
  const path = `http://${request.headers.host ?? 'localhost'}${LOG_PATH}`;
  return { status: 200, body: wrap(service.envelope, path, url.searchParams, query, found) };
}

async function send(request: IncomingMessage, response: ServerResponse, reply: Reply): Promise<void> {
  if (reply.transport === 'reset') {
    request.socket.resetAndDestroy();
    return;
  }
  const plain = Buffer.from(reply.body);
  const zipped = plain.length >= COMPRESS_FROM_BYTES && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
  const body = zipped ? await compress(plain, { level: 1 }) : plain;
  response.writeHead(reply.status, {
    'Content-Type': reply.contentType ?? 'application/json',
    'Content-Length': body.length,
    'Cache-Control': 'no-cache, private',
    Vary: 'Accept-Encoding',
    ...(zipped && { 'Content-Encoding': 'gzip' }),
    ...reply.headers,
  });
  if (reply.transport === 'cut') {
    response.write(body.subarray(0, Math.max(1, Math.floor(body.length / 2))), () => response.destroy());
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
