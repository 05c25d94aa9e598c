import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { Agent, type Dispatcher, EnvHttpProxyAgent, request } from 'undici';
import { isLoopback } from './core/jetty/address.ts';
import { DEFAULT_LIMITS } from './core/jetty/exchange.ts';
import type { HttpFetch } from './core/ports.ts';
import { type Environment, proxySettings } from './system-proxy.ts';

// Undici's own request instead of the platform's `fetch`, which is undici too: a third of its processor time for a page,
// and a proxy that is this client's alone and not the process's.

export type SystemFetchOptions = {
  readonly env?: Environment;
  /** The proxy the desktop names for the address, where the environment names none. */
  readonly proxy?: string | null;
  /** Whether this machine's own servers are asked for compressed answers, too; others always are. */
  readonly compressHere?: boolean;
};

const HTTP = { allowH2: false } as const;
const DECODERS: Readonly<Record<string, typeof gunzipSync>> = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
};
const NOTHING = new Uint8Array();

/** HTTP as core wants it, through the system's proxy where there is one; this machine is never asked through it. */
export function systemFetch(options: SystemFetchOptions = {}): HttpFetch {
  const { env = process.env, proxy = null, compressHere = false } = options;
  const direct = new Agent(HTTP);
  let through: Dispatcher | null = null;
  const proxied = (): Dispatcher => {
    const settings = proxySettings(env) ?? (proxy === null ? null : { httpsProxy: proxy, noProxy: '' });
    // Named explicitly throughout: what is left out, the agent would take from the environment by its own rules.
    const none = { httpProxy: '', httpsProxy: '' };
    return settings === null ? direct : new EnvHttpProxyAgent({ ...HTTP, ...none, ...settings });
  };
  return async (url, { method, body, headers, signal }) => {
    const here = isLoopback(new URL(url).hostname);
    if (!here) through ??= proxied();
    const dispatcher = here ? direct : (through ?? direct);
    // Within one machine compressing costs both sides more than it saves.
    const asked = { 'accept-encoding': here && !compressHere ? 'identity' : 'gzip, deflate, br', ...headers };
    const answer = await request(url, { method, body: body ?? null, headers: asked, signal, dispatcher });
    return {
      status: answer.statusCode,
      headers: headersOf(answer.headers),
      body: decoded(answer.body, answer.headers['content-encoding']),
    };
  };
}

function headersOf(fields: Readonly<Record<string, string | string[] | undefined>>): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(fields)) {
    for (const one of [value ?? []].flat()) headers.append(name, one);
  }
  return headers;
}

/** The body as it was before it was compressed. Small bodies are unpacked at once, which is cheaper than piece by piece. */
async function* decoded(body: AsyncIterable<Uint8Array>, encoding: unknown): AsyncIterable<Uint8Array> {
  const decode = typeof encoding === 'string' ? DECODERS[encoding.trim().toLowerCase()] : undefined;
  if (decode === undefined) {
    yield* body;
    return;
  }
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of body) {
    size += piece.length;
    if (size > DEFAULT_LIMITS.bytes) throw Object.assign(new Error('too large'), { code: 'ERR_BUFFER_TOO_LARGE' });
    pieces.push(piece);
    yield NOTHING;
  }
  yield decode(Buffer.concat(pieces), { maxOutputLength: DEFAULT_LIMITS.bytes });
}
