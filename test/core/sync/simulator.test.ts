import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { ArchiveWriter } from '../../../src/main/core/archive/writer.ts';
import { createClient } from '../../../src/main/core/jetty/client.ts';
import { ENVELOPES } from '../../../src/main/core/simulator/envelope.ts';
import { FAULTS } from '../../../src/main/core/simulator/faults/catalogue.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../../src/main/core/simulator/server.ts';
import { runSync, type SyncOutcome } from '../../../src/main/core/sync/sync.ts';
import { unwrap } from '../../../src/shared/errors.ts';
import { newArchive } from '../../support/archive.ts';
import { realRandom } from '../../support/ports.ts';
import { contentsOf, NOW, patientClock } from './support/fixtures.ts';

const PASSING = FAULTS.map((fault) => fault.name).filter((name) => name !== '401-after');

async function setUp(options: Partial<SimulatorOptions>) {
  const defaults = { port: 0, entries: 500, days: 33, seed: 7, now: NOW, perPageMax: 15 };
  const simulator = unwrap(await startSimulator({ ...defaults, ...options }));
  onTestFinished(() => simulator.close());
  const { writer } = await newArchive();
  const clock = patientClock();
  const sync = () => {
    const client = unwrap(
      createClient({ address: simulator.url, token: simulator.token, fetch, clock, random: realRandom }),
    );
    return runSync({ writer, client, clock });
  };
  return { simulator, writer, sync };
}

async function expectTruth(simulator: Simulator, writer: ArchiveWriter): Promise<void> {
  const lines = (await (await fetch(`${simulator.url}/truth/entries?served=1`)).text()).trim().split('\n');
  const truth = new Map(lines.filter(Boolean).map((line) => [JSON.parse(line).id as string, line]));
  expect(contentsOf(writer)).toEqual(truth);
}

/** Runs until a run says "complete", as a person would; at most a few times. */
async function untilComplete(sync: () => Promise<SyncOutcome>): Promise<number> {
  for (let runs = 1; runs <= 5; runs++) if ((await sync()).achieved.complete) return runs;
  throw new Error('no run was complete');
}

describe.each(ENVELOPES)('the simulator with the envelope %s', (envelope) => {
  test.each(['none', ...PASSING])('and the fault %s: complete means the whole truth', async (fault) => {
    const faults = fault === 'none' ? [] : [fault === 'slow' ? 'slow:1' : fault];
    const { simulator, writer, sync } = await setUp({ envelope, faults });
    expect(await untilComplete(sync)).toBe(1);
    await expectTruth(simulator, writer);
  });
});

test('any mixture of faults, sizes and envelopes: complete means the whole truth', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        envelope: fc.constantFrom(...ENVELOPES),
        faults: fc.subarray(PASSING.map((name) => (name === 'slow' ? 'slow:1' : name))),
        seed: fc.nat(1_000_000),
        entries: fc.integer({ min: 0, max: 600 }),
        days: fc.integer({ min: 1, max: 60 }),
        perPageMax: fc.integer({ min: 5, max: 100 }),
        retentionDays: fc.constantFrom(30, 90, 365),
      }),
      async (options) => {
        const { simulator, writer, sync } = await setUp(options);
        await untilComplete(sync);
        await expectTruth(simulator, writer);
      },
    ),
    { numRuns: 8 },
  );
});

test('a token revoked half way keeps what came, says so, and the next token goes on', async () => {
  const { simulator, writer, sync } = await setUp({ faults: ['401-after:8'] });
  const outcome = await sync();
  expect(outcome).toMatchObject({ ok: false, error: { code: 'unauthenticated' } });
  expect(outcome.achieved).toMatchObject({ complete: false });
  expect(outcome.achieved.inserted).toBe(writer.info().entries);
  expect(outcome.achieved.inserted).toBeGreaterThan(0);
  expect(JSON.stringify(outcome)).not.toContain(simulator.token);
});

test('a member is told which role is needed', async () => {
  const { simulator, writer } = await setUp({});
  const clock = patientClock();
  const client = unwrap(
    createClient({ address: simulator.url, token: simulator.memberToken, fetch, clock, random: realRandom }),
  );
  const outcome = await runSync({ writer, client, clock });
  expect(outcome).toMatchObject({ ok: false, error: { code: 'forbidden' } });
  expect(!outcome.ok && outcome.error.hint).toContain('Owner or Admin');
});

test('a limit of 60 requests a minute is never overrun', async () => {
  let now = NOW;
  const clock = {
    now: () => now,
    sleep: async (ms: number) => {
      now += ms;
    },
  };
  const { simulator, writer } = await setUp({ clock, rateLimitPerMinute: 60, days: 60, entries: 1_500 });
  const client = unwrap(
    createClient({ address: simulator.url, token: simulator.token, fetch, clock, random: realRandom }),
  );
  const outcome = await runSync({ writer, client, clock });
  expect(outcome.achieved.complete).toBe(true);
  expect(simulator.history().filter((request) => request.status === 429)).toEqual([]);
  expect(outcome.achieved.retries).toBe(0);
  await expectTruth(simulator, writer);
});
