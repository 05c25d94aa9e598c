import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Clock, Random } from './core/ports.ts';

async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  await delay(Math.max(0, ms), undefined, signal ? { signal } : {}).catch(() => undefined);
}

export const systemClock: Clock = { now: () => Date.now(), sleep };

/** A clock that always shows the same instant. */
export function standingClock(ms: number): Clock {
  return { now: () => ms, sleep };
}

/** A clock set to an instant that goes on from there. */
export function movingClock(ms: number): Clock {
  const started = performance.now();
  return { now: () => Math.floor(ms + performance.now() - started), sleep };
}

export const systemRandom: Random = {
  bytes: (length) => new Uint8Array(randomBytes(length)),
  fraction: Math.random,
};
