import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { KdfCost } from '../../src/main/core/archive/key-wrap.ts';
import type { Clock, Random } from '../../src/main/core/ports.ts';

/** Argon2id at its cheapest: the tests are about everything else. */
export const CHEAP_KDF: KdfCost = { memoryKiB: 8, passes: 1, lanes: 1 };

/** A clock that stands still unless told to move; sleeping moves it. */
export function fixedClock(iso: string): Clock & { set(iso: string): void; advance(ms: number): void } {
  let now = Date.parse(iso);
  return {
    now: () => now,
    sleep: async (ms) => {
      now += ms;
    },
    set: (next) => {
      now = Date.parse(next);
    },
    advance: (ms) => {
      now += ms;
    },
  };
}

/** Randomness that repeats for a seed. */
export function seededRandom(seed: string): Random {
  let n = 0;
  const block = (): Buffer => createHash('sha512').update(`${seed}:${n++}`).digest();
  return {
    bytes(length) {
      const parts: Buffer[] = [];
      for (let got = 0; got < length; got += 64) parts.push(block());
      return new Uint8Array(Buffer.concat(parts).subarray(0, length));
    },
    fraction: () => block().readUInt32BE(0) / 2 ** 32,
  };
}

export const realRandom: Random = { bytes: (length) => new Uint8Array(randomBytes(length)), fraction: Math.random };

/** A folder of its own, gone when the test is over. */
export function temporaryFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'logbook-test-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}
