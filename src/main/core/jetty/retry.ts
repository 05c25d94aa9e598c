import type { Clock, Random } from '../ports.ts';

/** How often and how long a request is tried. All times in milliseconds. */
export type RetryPolicy = {
  /** Tries of one request that may end in a fault; waits a server asked for are not counted. */
  readonly tries: number;
  readonly firstWait: number;
  readonly longestWait: number;
  /** A server that asks for more patience than this ends the run; it can be taken up later. */
  readonly longestAskedWait: number;
  /** How often one request may be told to slow down before the run ends. */
  readonly slowDowns: number;
};

export const DEFAULT_RETRY: RetryPolicy = {
  tries: 6,
  firstWait: 500,
  longestWait: 20_000,
  longestAskedWait: 15 * 60_000,
  slowDowns: 60,
};

// Timers may fire a little early, and a server counts from the moment it answered, not from when we read it.
const MARGIN_MS = 50;
const LIMIT_WINDOW_MS = 60_000;

/**
 * Milliseconds to wait before the next try: "full jitter", uniform between nothing and an exponentially growing limit.
 * `attempt` counts from 1. Source: Brooker, "Exponential Backoff and Jitter", AWS Architecture Blog, 2015.
 */
export function backoff(attempt: number, policy: RetryPolicy, random: Random): number {
  return Math.round(random.fraction() * Math.min(policy.longestWait, policy.firstWait * 2 ** (attempt - 1)));
}

/**
 * Milliseconds a `Retry-After` header asks for, in either form; null where there is none that can be read. A date is
 * measured against the server's own `Date`, so that a wrong clock here does not matter. Source: RFC 9110 §10.2.3.
 */
export function retryAfter(headers: Headers, now: number): number | null {
  const value = headers.get('retry-after')?.trim();
  if (value === undefined || value === '') return null;
  if (/^\d+(\.\d+)?$/.test(value)) return Math.ceil(Number(value) * 1000) + MARGIN_MS;
  const until = Date.parse(value);
  if (Number.isNaN(until)) return null;
  return Math.max(0, until - (serverTime(headers) ?? now)) + MARGIN_MS;
}

/** What the server's clock says, milliseconds UTC, to the second; null where it says nothing. */
export function serverTime(headers: Headers): number | null {
  const date = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(date) ? null : date;
}

/** Keeps count of `X-RateLimit-Remaining`, so that the limit is respected before the server has to say so. */
export type Pace = {
  /** Takes note of an answer's headers. */
  note(headers: Headers): void;
  /** Milliseconds to wait before the next request; mostly nothing. */
  wait(): number;
};

export function createPace(clock: Clock): Pace {
  let windowStart = clock.now();
  let remaining = Number.POSITIVE_INFINITY;
  let resetAt: number | null = null;
  return {
    note(headers) {
      const left = headerNumber(headers, 'x-ratelimit-remaining');
      if (left === null) return;
      // Where the server itself says how long to wait there is nothing to guess.
      if (headers.has('retry-after')) {
        remaining = Number.POSITIVE_INFINITY;
        return;
      }
      // The allowance only rises when a new window has begun.
      if (left >= remaining || remaining === Number.POSITIVE_INFINITY) windowStart = clock.now();
      remaining = left;
      resetAt = resetTime(headers, clock.now());
    },
    wait() {
      if (remaining > 0) return 0;
      const until = resetAt ?? windowStart + LIMIT_WINDOW_MS;
      // Asked once; if the guess was short, the server says how long with a 429.
      remaining = Number.POSITIVE_INFINITY;
      return Math.max(0, Math.min(until - clock.now(), LIMIT_WINDOW_MS)) + MARGIN_MS;
    },
  };
}

function resetTime(headers: Headers, now: number): number | null {
  const reset = headerNumber(headers, 'x-ratelimit-reset');
  if (reset === null) return null;
  // Some servers give an instant in seconds, some the seconds that are left.
  return reset > 1_000_000_000 ? now + (reset * 1000 - (serverTime(headers) ?? now)) : now + reset * 1000;
}

function headerNumber(headers: Headers, name: string): number | null {
  const value = headers.get(name)?.trim() ?? '';
  return /^\d+$/.test(value) ? Number(value) : null;
}
