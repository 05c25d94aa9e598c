const WINDOW_MS = 60_000;

export type Allowance = {
  readonly allowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  readonly retryAfter: number;
};

/** A fixed window of a minute, as Laravel's throttle keeps it. `retryAfter` is whole seconds. */
export function rateLimit(limit: number): (now: number) => Allowance {
  let opened = Number.NEGATIVE_INFINITY;
  let used = 0;
  return (now) => {
    if (now >= opened + WINDOW_MS) {
      opened = now;
      used = 0;
    }
    const allowed = used < limit;
    if (allowed) used++;
    return { allowed, limit, remaining: limit - used, retryAfter: Math.ceil((opened + WINDOW_MS - now) / 1000) };
  };
}
