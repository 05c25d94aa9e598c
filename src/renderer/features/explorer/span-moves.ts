import type { Span } from './answer.ts';

/** The shortest span that zooming makes: a minute. */
const SHORTEST = 60_000;
const LONGEST = 50 * 366 * 86_400_000;

/** The span of the same length just before (-1) or just after (1). */
export function shifted({ fromMs, toMs }: Span, direction: 1 | -1): Span {
  const length = toMs - fromMs + 1;
  return { fromMs: fromMs + direction * length, toMs: toMs + direction * length };
}

/** The span around the same middle, so many times as long; whole minutes, and never shorter than one or longer than a working life. */
export function zoomed({ fromMs, toMs }: Span, times: number): Span {
  const length = Math.min(LONGEST, Math.max(SHORTEST, (toMs - fromMs + 1) * times));
  const middle = (fromMs + toMs + 1) / 2;
  const start = Math.floor((middle - length / 2) / SHORTEST) * SHORTEST;
  return { fromMs: start, toMs: start + Math.ceil(length / SHORTEST) * SHORTEST - 1 };
}
