import { expect, onTestFinished } from 'vitest';
import type { ArchiveWriter } from '../../../../src/main/core/archive/writer.ts';
import { createClient, type JettyClient } from '../../../../src/main/core/jetty/client.ts';
import { FAULTS } from '../../../../src/main/core/simulator/faults/catalogue.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../../../src/main/core/simulator/server.ts';
import { runSync, type SyncOutcome } from '../../../../src/main/core/sync/sync.ts';
import type { SyncOptions } from '../../../../src/main/core/sync/sync-options.ts';
import { systemFetch } from '../../../../src/main/system-fetch.ts';
import { unwrap } from '../../../../src/shared/errors.ts';
import { newArchive } from '../../../support/archive.ts';
import { realRandom } from '../../../support/ports.ts';
import { contentsOf, NOW, steppingClock } from './fixtures.ts';

/** Faults after which everything is served all the same; those that need a number in tests have one. */
export const PASSING: readonly string[] = FAULTS.map((fault) => fault.name)
  .filter((name) => !['401-after', 'shallow', 'changed', 'vanished'].includes(name))
  .map((name) => ({ slow: 'slow:5', latency: 'latency:20', bandwidth: 'bandwidth:2000' })[name] ?? name);

/** An archive and a simulator that share a clock, on which time passes by what is done and waited for, not by how slow the machine is. */
export async function setUp(options: Partial<SimulatorOptions>) {
  const clock = options.clock ?? steppingClock(options.now ?? NOW, 1);
  // The retention edge lies within the log.
  const defaults = { port: 0, entries: 330, days: 33, retentionDays: 30, seed: 7, now: NOW, perPageMax: 15, clock };
  // By the world's clock. Silence has to end a test some time; elsewhere a busy machine must not look like it.
  const silent = options.faults?.some((fault) => fault === 'silence' || fault === 'stall') ?? false;
  const patience = silent ? 300 : 20_000;
  const simulator = unwrap(await startSimulator({ ...defaults, ...options }));
  onTestFinished(() => simulator.close());
  const { writer, dir, key } = await newArchive();
  const connect = (token = simulator.token): JettyClient =>
    unwrap(
      createClient({
        address: simulator.url,
        token,
        fetch: systemFetch({ compressHere: true }),
        clock,
        random: realRandom,
        limits: { headersMs: patience, silenceMs: patience },
      }),
    );
  const sync = (more: Partial<SyncOptions> = {}) => runSync({ writer, client: connect(), clock, ...more });
  return { simulator, writer, clock, sync, connect, dir, key };
}

/** Runs until a run says "complete", as a person would; every run that was not has said so. */
export async function untilComplete(sync: () => Promise<SyncOutcome>, most = 5): Promise<number> {
  for (let runs = 1; runs <= most; runs++) {
    const outcome = await sync();
    expect(outcome.ok).toBe(outcome.achieved.complete);
    if (outcome.achieved.complete) return runs;
    expect(!outcome.ok && outcome.error.code).toMatch(/^(?:server|network)$/);
  }
  throw new Error('no run was complete');
}

// Where pages are not counted, it takes a while to find the day at which the log begins.
const REQUESTS_TO_FIND_THE_EDGE = { counted: 2, uncounted: 40 };

/**
 * After a run that was complete: everything is here that was served at any time from its beginning until it read the
 * newest page, byte for byte, and nothing else.
 */
export function expectTruth(simulator: Simulator, writer: ArchiveWriter, counted: boolean): void {
  const found = contentsOf(writer);
  const answered = simulator.history().filter((request) => request.status === 200 && request.fault === null);
  // The newest entries are on the first page of a range without an end. That of an earlier day may be answered later than
  // it, when it has to be asked for again.
  const newest = answered.filter(({ url }) => /[?&]page=1(?:&|$)/.test(url) && !/[?&]to=/.test(url));
  const begin = answered[Math.min(REQUESTS_TO_FIND_THE_EDGE[counted ? 'counted' : 'uncounted'], answered.length) - 1];
  const end = newest.at(-1);
  const asText = (raw: Uint8Array) => Buffer.from(raw).toString();
  const missing: string[] = [];
  for (const { id, raw } of simulator.servedBetween(begin?.at ?? 0, end?.at ?? 0)) {
    if (found.get(id) !== asText(raw)) missing.push(asText(raw));
  }
  expect(missing).toEqual([]);
  const everything = new Map(
    [...simulator.servedBetween(0, Number.MAX_SAFE_INTEGER)].map((e) => [e.id, asText(e.raw)]),
  );
  expect([...found].filter(([id, raw]) => everything.get(id) !== raw)).toEqual([]);
  expect(writer.info()).toMatchObject({ changedUpstream: 0, unreadable: 0 });
}
