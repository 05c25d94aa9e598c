import type { Clock } from '../ports.ts';
import type { RequestLimit } from './client.ts';
import { MARGIN_MS, serverTime } from './retry.ts';

/**
 * Keeps all requests of a client, those under way at the same time included, within what the server allows: none before
 * a `Retry-After` has passed, and none beyond `X-RateLimit-Remaining`, so that the limit is respected before it bites.
 */
export type Pace = {
  /** Until when nothing may be sent and why, or null. Milliseconds UTC. */
  hold(): Hold | null;
  /** That instant has been waited for. */
  waited(hold: Hold): void;
  /** A request is sent. */
  sent(): void;
  /** It has ended; `headers` are those of its answer, null where there was none. */
  ended(headers: Headers | null): void;
  /** Nothing may be sent for so many milliseconds. */
  pause(ms: number, why: string): void;
  /** The limit the server names; null where it names none. */
  limit(): RequestLimit | null;
  /**
   * Whether what the server allows is not known: before its first answer, and once an allowance or what it asked to wait is
   * over. Then one asks and the others wait for what it is told, or all would be refused at once.
   */
  unsure(): boolean;
};

export type Hold = { readonly until: number; readonly why: string };

const LIMIT_WINDOW_MS = 60_000;
const USED_UP = 'the server allows no more requests this minute';

export function createPace(clock: Clock): Pace {
  let windowStart = clock.now();
  let remaining = Number.POSITIVE_INFINITY;
  let resetAt: number | null = null;
  let underWay = 0;
  let held: Hold | null = null;
  let perMinute: number | null = null;
  let unsure = true;

  const note = (headers: Headers) => {
    perMinute = headerNumber(headers, 'x-ratelimit-limit') ?? perMinute;
    const left = headerNumber(headers, 'x-ratelimit-remaining');
    if (left === null) return;
    // Where the server itself says how long to wait there is nothing to guess.
    if (headers.has('retry-after')) {
      remaining = Number.POSITIVE_INFINITY;
      return;
    }
    // The allowance rises by itself when a new window has begun; a little, when answers overtake each other.
    const begun = remaining === Number.POSITIVE_INFINITY || left > remaining + underWay;
    if (begun || left === remaining) windowStart = clock.now();
    remaining = begun ? left : Math.min(left, remaining);
    resetAt = resetTime(headers, clock.now());
  };

  return {
    hold() {
      if (held === null && remaining - underWay <= 0) {
        const until = Math.min(resetAt ?? windowStart + LIMIT_WINDOW_MS, clock.now() + LIMIT_WINDOW_MS) + MARGIN_MS;
        // Asked once; if the guess was short, the server says how long with a 429.
        remaining = Number.POSITIVE_INFINITY;
        held = { until: Math.max(until, clock.now() + MARGIN_MS), why: USED_UP };
        unsure = true;
      }
      if (held !== null && held.until <= clock.now()) held = null;
      return held;
    },
    waited(hold) {
      if (held !== null && held.until <= hold.until) held = null;
    },
    sent() {
      underWay++;
    },
    ended(headers) {
      underWay--;
      if (headers === null) return;
      unsure = false;
      note(headers);
    },
    pause(ms, why) {
      const until = clock.now() + ms;
      if (held === null || held.until < until) held = { until, why };
      unsure = true;
    },
    unsure: () => unsure,
    limit() {
      if (perMinute === null || perMinute === 0) return null;
      const waiting = held !== null && held.until > clock.now();
      const left = waiting ? 0 : Math.max(0, Math.min(remaining, perMinute) - underWay);
      const resetsAt = waiting ? (held?.until ?? 0) : (resetAt ?? windowStart + LIMIT_WINDOW_MS);
      return { perMinute, left, resetsAt };
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
