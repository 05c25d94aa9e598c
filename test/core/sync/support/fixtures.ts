import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { ArchiveReader } from '../../../../src/main/core/archive/reader.ts';
import { type ClientOptions, createClient, type JettyClient } from '../../../../src/main/core/jetty/client.ts';
import type { Clock, Random } from '../../../../src/main/core/ports.ts';
import { systemFetch } from '../../../../src/main/system-fetch.ts';
import { unwrap } from '../../../../src/shared/errors.ts';

import { type Served, TOKEN } from './tiny-server.ts';

export const NOW = Date.parse('2026-03-31T15:00:00Z');
export const DAY = 86_400_000;

// Not of test/support: that loads vitest, and a process to be killed runs without it.
export const chance: Random = { bytes: (length) => new Uint8Array(randomBytes(length)), fraction: Math.random };

/** A clock that stands still; waits pass at once and are written down. */
export function patientClock(now = NOW): Clock & { waits: number[] } {
  const waits: number[] = [];
  return {
    waits,
    now: () => now,
    sleep: async (ms) => {
      waits.push(ms);
    },
  };
}

/** A clock that moves a step with every look at it, and by what is slept: as fast on any machine. Steps in milliseconds. */
export function steppingClock(start: number, step: number): Clock {
  let now = start;
  return {
    now: () => {
      now += step;
      return now;
    },
    async sleep(ms) {
      now += Math.ceil(ms);
      await pause();
    },
  };
}

/**
 * A clock that runs so many times faster than the world's, and on which nobody wakes too early: a timer may fire within
 * the millisecond before, which is seconds here.
 */
export function fastClock(start = NOW, times = 2_000): Clock {
  const began = performance.now();
  const now = () => Math.floor(start + (performance.now() - began) * times);
  return {
    now,
    async sleep(ms, signal) {
      const until = now() + ms;
      while (now() < until && !signal?.aborted) await pause(Math.max(1, (until - now()) / times));
    },
  };
}

export function clientFor(url: string, options: Partial<ClientOptions> = {}): JettyClient {
  return unwrap(
    createClient({
      address: url,
      token: TOKEN,
      fetch: systemFetch(),
      clock: patientClock(),
      random: chance,
      ...options,
    }),
  );
}

/** `perDay` entries on each of the `days` days before `NOW`'s, and until `NOW` on that day; deterministic. */
export function makeLog(days: number, perDay: number, now = NOW): Served[] {
  const entries: Served[] = [];
  const today = Math.floor(now / DAY) * DAY;
  for (let d = days; d >= 0; d--) {
    for (let i = 0; i < perDay; i++) {
      const ts = today - d * DAY + Math.floor((i + 0.5) * (DAY / perDay));
      if (ts < now) entries.push(entryAt(`log_${days - d}_${i}`, ts));
    }
  }
  return entries;
}

export function entryAt(id: string, ts: number): Served {
  return {
    id,
    timestamp: new Date(ts).toISOString().replace('.000Z', 'Z'),
    actor: { id: 'user_1', name: 'Zoë Ångström', email: 'zoe@example.com' },
    action: 'tunnel.started',
    target: null,
    context: { ip_address: '203.0.113.7', user_agent: 'curl/8', team_id: null, team_name: null },
    metadata: [],
  };
}

const ALL = { filter: { terms: [] }, fromMs: null, toMs: null } as const;

/** Id to content of everything an archive holds. */
export function contentsOf(reader: ArchiveReader): Map<string, string> {
  const found = new Map<string, string>();
  for (const { row, raw } of reader.rawRows(ALL)) found.set(row.id, Buffer.from(raw).toString());
  return found;
}

export function truthOf(entries: readonly Served[]): Map<string, string> {
  return new Map(entries.map((entry) => [entry.id, JSON.stringify(entry)]));
}
