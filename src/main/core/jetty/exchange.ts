import type { HttpAnswer, HttpFetch } from '../ports.ts';

/** Bounds of one request. Times in milliseconds, size in bytes after decompression. */
export type ExchangeLimits = {
  /** Until the answer's headers are there. */
  readonly headersMs: number;
  /** The longest silence within a body. */
  readonly silenceMs: number;
  /** Until the body is whole. */
  readonly wholeMs: number;
  readonly bytes: number;
};

export const DEFAULT_LIMITS: ExchangeLimits = {
  headersMs: 30_000,
  silenceMs: 30_000,
  wholeMs: 300_000,
  bytes: 64 * 1024 * 1024,
};

/** What became of one request: an answer, or the reason there is none. `permanent` faults do not pass by waiting. */
export type Exchange =
  | { readonly kind: 'answer'; readonly status: number; readonly headers: Headers; readonly body: Uint8Array }
  | { readonly kind: 'fault'; readonly reason: string; readonly permanent: boolean }
  | { readonly kind: 'cancelled' };

type Watch = {
  readonly signal: AbortSignal;
  /** Restarts the limit on silence. */
  expect(ms: number, reason: string): void;
  fault(): string | null;
  end(): void;
};

/** One GET, or a POST of what is to be sent, read to its end within bounds. Redirects come back as they are. */
export async function exchange(
  fetch: HttpFetch,
  url: string,
  headers: Record<string, string>,
  limits: ExchangeLimits,
  signal?: AbortSignal,
  body?: Uint8Array<ArrayBuffer>,
): Promise<Exchange> {
  if (signal?.aborted) return { kind: 'cancelled' };
  const watch = startWatch(limits, signal);
  try {
    watch.expect(limits.headersMs, `no answer within ${seconds(limits.headersMs)}`);
    const sent = body === undefined ? ({ method: 'GET' } as const) : ({ method: 'POST', body } as const);
    const response = await fetch(url, { ...sent, headers, redirect: 'manual', signal: watch.signal });
    const received = await readBody(response, limits, watch);
    if (received === null) return TOO_LARGE;
    return { kind: 'answer', status: response.status, headers: response.headers, body: received };
  } catch (error) {
    if (signal?.aborted) return { kind: 'cancelled' };
    const silence = watch.fault();
    return silence === null ? networkFault(error) : { kind: 'fault', reason: silence, permanent: false };
  } finally {
    watch.end();
  }
}

function startWatch(limits: ExchangeLimits, outer?: AbortSignal): Watch {
  const abort = new AbortController();
  let fault: string | null = null;
  const stop = (reason: string) => {
    fault ??= reason;
    abort.abort();
  };
  const cancel = () => abort.abort();
  outer?.addEventListener('abort', cancel, { once: true });
  const whole = setTimeout(stop, limits.wholeMs, `the answer was not whole after ${seconds(limits.wholeMs)}`);
  let silence: ReturnType<typeof setTimeout> | undefined;
  return {
    signal: abort.signal,
    expect(ms, reason) {
      clearTimeout(silence);
      silence = setTimeout(stop, ms, reason);
    },
    fault: () => fault,
    end() {
      clearTimeout(silence);
      clearTimeout(whole);
      outer?.removeEventListener('abort', cancel);
    },
  };
}

async function readBody(response: HttpAnswer, limits: ExchangeLimits, watch: Watch): Promise<Uint8Array | null> {
  const reason = `the answer stopped for ${seconds(limits.silenceMs)}`;
  watch.expect(limits.silenceMs, reason);
  if (response.body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    watch.expect(limits.silenceMs, reason);
    size += chunk.length;
    if (size > limits.bytes) return null;
    if (chunk.length > 0) chunks.push(chunk);
  }
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, size);
}

const TOO_LARGE: Exchange = { kind: 'fault', reason: 'the answer is too large', permanent: true };

const CERTIFICATE = /^(?:CERT_|ERR_TLS_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|ERR_SSL_)/;

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'it refuses connections',
  ECONNRESET: 'the connection was reset',
  EPIPE: 'the connection was reset',
  UND_ERR_SOCKET: 'the connection broke off',
  ENOTFOUND: 'its name is unknown',
  EAI_AGAIN: 'its name could not be looked up',
  ETIMEDOUT: 'it did not answer in time',
  UND_ERR_CONNECT_TIMEOUT: 'it did not answer in time',
  UND_ERR_HEADERS_TIMEOUT: 'it did not answer in time',
  UND_ERR_BODY_TIMEOUT: 'the answer stopped half way',
  EHOSTUNREACH: 'there is no way to it from this network',
  ENETUNREACH: 'there is no network',
  Z_DATA_ERROR: 'its compressed answer is damaged',
  Z_BUF_ERROR: 'its compressed answer broke off',
  UND_ERR_ABORTED: 'the proxy did not let it through',
};

const BAD_PROXY = 'the proxy that the system names (HTTPS_PROXY, or the desktop) cannot be used';

function networkFault(error: unknown): Exchange {
  const code = errorCode(error);
  if (code !== null && CERTIFICATE.test(code)) {
    return { kind: 'fault', reason: `its certificate is not trusted (${code})`, permanent: true };
  }
  if (code === 'ERR_BUFFER_TOO_LARGE') return TOO_LARGE;
  if (code === 'UND_ERR_INVALID_ARG' || code === 'ERR_INVALID_URL') {
    return { kind: 'fault', reason: BAD_PROXY, permanent: true };
  }
  const reason = code === null ? 'the connection broke off' : (REASONS[code] ?? `the connection failed (${code})`);
  return { kind: 'fault', reason, permanent: false };
}

// The platform wraps the cause of a failed fetch once or twice; where several addresses were tried, in a list.
function errorCode(error: unknown): string | null {
  let at: unknown = error;
  for (let depth = 0; depth < 5 && typeof at === 'object' && at !== null; depth++) {
    const { code, cause, errors } = at as { code?: unknown; cause?: unknown; errors?: unknown };
    if (typeof code === 'string' && /^[A-Z0-9_]+$/.test(code)) return code;
    at = cause ?? (Array.isArray(errors) ? errors[0] : undefined);
  }
  return null;
}

function seconds(ms: number): string {
  return `${Math.max(1, Math.round(ms / 1000))} s`;
}
