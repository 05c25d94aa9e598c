import type { Result } from '../../shared/errors.ts';

/** Time as core sees it. Injected, so that tests and reproducible reports own it. */
export type Clock = {
  /** Milliseconds UTC. */
  now(): number;
  /** Resolves after `ms`, or at once when the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
};

/** Randomness as core sees it: keys, ids and the jitter of retries. */
export type Random = {
  bytes(length: number): Uint8Array;
  /** Uniform in [0, 1). */
  fraction(): number;
};

export type HttpRequest = {
  readonly method: 'GET' | 'POST';
  /** What is sent with a POST. */
  readonly body?: Uint8Array<ArrayBuffer>;
  readonly headers: Readonly<Record<string, string>>;
  /** Redirects come back as they are. */
  readonly redirect: 'manual';
  readonly signal: AbortSignal;
};

/** An answer; its body decompressed, in pieces as they come. An empty piece only tells that something came. */
export type HttpAnswer = {
  readonly status: number;
  readonly headers: Headers;
  readonly body: AsyncIterable<Uint8Array> | null;
};

/** HTTP as core sees it: what it uses of the platform's own `fetch`. */
export type HttpFetch = (url: string, init: HttpRequest) => Promise<HttpAnswer>;

/** Progress of anything longer than a second. `total` is null while unknown. */
export type Progress = { readonly done: number; readonly total: number | null; readonly note: string };

/** Asked by work that runs in one go whether it should stop; an `AbortSignal` is one, a flag in shared memory another. */
export type Cancel = { readonly aborted: boolean };

export type OnProgress = (progress: Progress) => void;

/** Keeps a secret for the user outside the archive (the OS keychain). Absent where none can be trusted. */
export type KeyWrapper = {
  readonly name: string;
  wrap(secret: Uint8Array): Promise<Result<Uint8Array>>;
  unwrap(wrapped: Uint8Array): Promise<Result<Uint8Array>>;
};
