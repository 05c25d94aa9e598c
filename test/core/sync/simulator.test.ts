import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createClient } from '../../../src/main/core/jetty/client.ts';
import type { HttpFetch } from '../../../src/main/core/ports.ts';
import { ENVELOPES } from '../../../src/main/core/simulator/envelope.ts';
import { runSync } from '../../../src/main/core/sync/sync.ts';
import { vanishedUpstream } from '../../../src/main/core/sync/vanished.ts';
import { unwrap } from '../../../src/shared/errors.ts';
import { realRandom } from '../../support/ports.ts';
import { expectTruth, PASSING, setUp, untilComplete } from './support/against-simulator.ts';
import { contentsOf, fastClock, NOW } from './support/fixtures.ts';

const isCounted = (envelope: string) => envelope === 'length-aware' || envelope === 'flat';

/** Faults that only time limits end: nearly all of what they take is waiting. */
const WAITING: readonly string[] = ['silence', 'stall'];
const BUSY = ['none', ...PASSING.filter((fault) => !WAITING.includes(fault))];

async function wholeTruth(envelope: (typeof ENVELOPES)[number], fault: string): Promise<void> {
  const faults = fault === 'none' ? [] : [fault];
  const small = WAITING.includes(fault) ? { entries: 40, days: 4, perPageMax: 8 } : {};
  const { simulator, writer, sync } = await setUp({ envelope, faults, ...small });
  const runs = await untilComplete(sync);
  expect(runs).toBeLessThanOrEqual(fault === 'redirect' ? 2 : 1);
  expectTruth(simulator, writer, isCounted(envelope));
}

describe.each(ENVELOPES)('the simulator with the envelope %s', (envelope) => {
  test.each(BUSY)('and the fault %s: complete means the whole truth', (fault) => wholeTruth(envelope, fault));
});

test.each(WAITING)('the fault %s with every envelope at once: complete means the whole truth', async (fault) => {
  await Promise.all(ENVELOPES.map((envelope) => wholeTruth(envelope, fault)));
});

const SEED = Number(process.env.LOGBOOK_SEED ?? Math.floor(Math.random() * 2 ** 31));

test('any mixture of faults, sizes, envelopes and plans: complete means the whole truth', async () => {
  console.log(`mixtures of faults: LOGBOOK_SEED=${SEED}`);
  const quick = PASSING.filter((fault) => !WAITING.includes(fault));
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        envelope: fc.constantFrom(...ENVELOPES),
        faults: fc.subarray(quick, { maxLength: 6 }),
        seed: fc.nat(1_000_000),
        entries: fc.integer({ min: 0, max: 400 }),
        days: fc.integer({ min: 1, max: 45 }),
        perPageMax: fc.integer({ min: 5, max: 100 }),
        retentionDays: fc.constantFrom(30, 90, 365),
      }),
      fc.boolean(),
      async (options, planKnown) => {
        const { simulator, writer, sync } = await setUp(options);
        const plan = ({ 30: 'harbor', 90: 'coastal', 365: 'fleet' } as const)[options.retentionDays];
        await untilComplete(() => sync(planKnown ? { plan } : {}));
        expectTruth(simulator, writer, isCounted(options.envelope));
      },
    ),
    { numRuns: Number(process.env.LOGBOOK_RUNS ?? 10), seed: SEED },
  );
});

test('a token revoked half way keeps what came, says so, and the next token goes on', async () => {
  const { simulator, writer, sync } = await setUp({ faults: ['401-after:8'], retentionDays: 365 });
  const outcome = await sync();
  expect(outcome).toMatchObject({ ok: false, error: { code: 'unauthenticated' } });
  expect(outcome.achieved).toMatchObject({ complete: false });
  expect(outcome.achieved.inserted).toBe(writer.info().entries);
  expect(outcome.achieved.inserted).toBeGreaterThan(0);
  expect(JSON.stringify(outcome)).not.toContain(simulator.token);
});

test('a member is told which role is needed', async () => {
  const { simulator, writer, connect, clock } = await setUp({});
  const outcome = await runSync({ writer, client: connect(simulator.memberToken), clock });
  expect(outcome).toMatchObject({ ok: false, error: { code: 'forbidden' } });
  expect(!outcome.ok && outcome.error.hint).toContain('Owner or Admin');
});

test.each([['429:7'], ['429-date:9']])('with %s no request leaves before Retry-After has passed', async (fault) => {
  const { simulator, writer, clock } = await setUp({ faults: [fault], perPageMax: 5, clock: fastClock(NOW, 5_000) });
  const sent: number[] = [];
  const quiet: { readonly from: number; readonly to: number }[] = [];
  const watched: HttpFetch = async (url, init) => {
    sent.push(clock.now());
    const response = await fetch(url, init);
    const from = clock.now();
    const wait = response.headers.get('retry-after');
    if (wait !== null) {
      const ms = /^\d+$/.test(wait)
        ? Number(wait) * 1000
        : Date.parse(wait) - Date.parse(response.headers.get('date') ?? '');
      quiet.push({ from, to: from + ms });
    }
    return response;
  };
  const client = unwrap(
    createClient({ address: simulator.url, token: simulator.token, fetch: watched, clock, random: realRandom }),
  );
  const outcome = await runSync({ writer, client, clock });
  expect(outcome.achieved).toMatchObject({ complete: true, retries: quiet.length });
  expect(quiet.length).toBeGreaterThan(10);
  const early = sent.filter((at) => quiet.some(({ from, to }) => at > from && at < to));
  expect(early).toEqual([]);
});

describe('days with more pages than the server serves', () => {
  const deep = { faults: ['shallow:8'], perPageMax: 5, entries: 900, days: 12 };

  test.each(ENVELOPES.filter(isCounted))('are taken apart where entries are counted (%s)', async (envelope) => {
    const { simulator, writer, sync } = await setUp({ ...deep, envelope });
    // The first run learns which actions and people there are.
    for (let run = 0; run < 3; run++) await sync();
    const found = contentsOf(writer);
    // Today's entries still move, and nothing proves a sum that moves.
    const missing = [...simulator.servedBetween(NOW, NOW)].filter(({ id }) => !found.has(id));
    expect(missing.map((entry) => new Date(entry.ts).toISOString().slice(0, 10))).toEqual([]);
    const before = writer.coverage('2026-03-21', '2026-03-30').map((day) => day.state);
    expect(before).toEqual(before.map(() => 'complete'));
  });

  test.each(ENVELOPES.filter((name) => !isCounted(name)))(
    'stay partial elsewhere, and it is said (%s)',
    async (envelope) => {
      const { writer, sync } = await setUp({ ...deep, envelope });
      const outcome = await sync();
      expect(outcome).toMatchObject({ ok: false, error: { code: 'server' }, achieved: { complete: false } });
      const noted = writer.coverage('2026-03-21', '2026-03-30').filter((day) => day.state === 'partial');
      expect(noted.length).toBeGreaterThan(0);
      expect(noted[0]?.note).toContain('no page after the 8th');
    },
  );
});

describe('what changes upstream after it was fetched', () => {
  test('another content under a known id is kept beside what was there', async () => {
    const { writer, sync } = await setUp({ faults: ['changed:30'], days: 8, entries: 200, perPageMax: 50 });
    await untilComplete(sync);
    const before = contentsOf(writer);
    let changed = 0;
    for (let run = 0; run < 4; run++) changed += (await sync({ full: true })).achieved.changed;
    expect(changed).toBeGreaterThan(0);
    expect(writer.info().changedUpstream).toBe(changed);
    expect(contentsOf(writer)).toEqual(before);
  });

  test('entries that vanish are told by a reconciling run, raised, and stay', async () => {
    const { writer, sync, simulator } = await setUp({ faults: ['vanished:40'], days: 8, entries: 200, perPageMax: 50 });
    await untilComplete(sync);
    const before = contentsOf(writer);
    for (let run = 0; run < 4; run++) await sync({ full: true });
    const outcome = await sync({ reconcile: true });
    expect(outcome.achieved.complete).toBe(true);
    const today = new Date(NOW).toISOString().slice(0, 10);
    const served = new Set(servedIds(await truthLines(simulator.url)));
    const gone = [...before.keys()].filter((id) => !served.has(id) && !isOf(before, id, today));
    expect(gone.length).toBeGreaterThan(0);
    expect(outcome.achieved.vanished).toBe(gone.length);
    expect(
      vanishedUpstream(writer)
        .map((one) => one.id)
        .sort(),
    ).toEqual(gone.sort());
    expect(contentsOf(writer)).toEqual(before);
    expect((await sync({ reconcile: true })).achieved.vanished).toBe(gone.length);
    expect((await sync()).achieved.vanished).toBe(0);
  });
});

function servedIds(lines: readonly string[]): string[] {
  return lines.map((line) => JSON.parse(line).id as string);
}

async function truthLines(url: string): Promise<string[]> {
  return (await (await fetch(`${url}/truth/entries?served=1`)).text()).split('\n').filter(Boolean);
}

function isOf(entries: ReadonlyMap<string, string>, id: string, day: string): boolean {
  return JSON.parse(entries.get(id) ?? '{}').timestamp.startsWith(day);
}
