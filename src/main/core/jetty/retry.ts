import type { Random } from '../ports.ts';

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

/** Timers may fire a little early, and a server counts from the moment it answered, not from when we read it. */
export const MARGIN_MS = 50;

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
