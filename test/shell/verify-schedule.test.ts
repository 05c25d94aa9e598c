import { expect, it, onTestFinished } from 'vitest';
import { VERIFIED_SETTING } from '../../src/main/core/archive/integrity/last-verification.ts';
import { lastVerified } from '../../src/main/shell/services/last-verified.ts';
import type { Session } from '../../src/main/shell/services/open-session.ts';
import { createVault } from '../../src/main/shell/services/vault.ts';
import { scheduleVerifying, VERIFY_DAYS_SETTING } from '../../src/main/shell/services/verify-schedule.ts';
import { ok } from '../../src/shared/errors.ts';
import type { IntegrityProblem, Verification } from '../../src/shared/integrity.ts';
import { parseVerified } from '../../src/shared/integrity-contract.ts';
import { handClock } from '../support/hand-clock.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const START = Date.parse('2026-10-15T09:00:00Z');
const ALTERED: IntegrityProblem = {
  what: 'altered',
  part: 'coverage',
  day: '2026-10-10',
  entry: null,
  message: 'The coverage of 2026-10-10 is not as it was sealed.',
};

// Only what the schedule asks of a session; over real threads it is in integrity-services.test.ts.
function setUp(last: { readonly at: number } | null, options: { readonly bundle?: true; readonly demo?: true } = {}) {
  const clock = handClock(START);
  const vault = createVault();
  const told: string[] = [];
  const verifiedAt: number[] = [];
  const settings = new Map<string, string>();
  let problems: readonly IntegrityProblem[] = [];
  if (last !== null)
    settings.set(VERIFIED_SETTING, JSON.stringify({ at: last.at, found: 0, entries: 5, days: 1, messages: [] }));
  const verification = (): Verification => ({
    ok: problems.length === 0,
    entries: 7,
    days: 2,
    seals: 2,
    unsealed: 0,
    head: null,
    stamps: { count: 0, trusted: 0 },
    found: problems.length,
    problems,
  });
  const thread = {
    call: async (name: string, input: { name: string; value: string }) => {
      if (name === 'quickCheck') return ok([]);
      if (name === 'verify') {
        verifiedAt.push(clock.now());
        return ok(verification());
      }
      if (name === 'setSetting') settings.set(input.name, input.value);
      return ok(settings.get(input.name) ?? null);
    },
  };
  const session = {
    id: 'a',
    demo: options.demo ?? false,
    reader: thread,
    analyst: async () => ok(thread),
    writer: () => ok(thread),
    aside: async (_mib: number, work: (one: typeof thread) => unknown) => work(thread),
    state: async () => ok({ entries: 7, bundle: options.bundle ? {} : null }),
    close: async () => undefined,
  } as unknown as Session;
  const verifying = scheduleVerifying({ announce: (name) => void told.push(name) }, vault, clock);
  onTestFinished(() => verifying.stop());
  return {
    clock,
    vault,
    told,
    verifiedAt,
    session,
    setDays: (days: number) => settings.set(VERIFY_DAYS_SETTING, String(days)),
    breakIt: () => {
      problems = [ALTERED];
    },
    kept: () => parseVerified(settings.get(VERIFIED_SETTING) ?? null),
    open: () => vault.replace(async () => ok(session)),
  };
}

it('verifies everything a week after the last time, not before; keeps what was found, and tells the window', async () => {
  const { clock, verifiedAt, kept, told, open } = setUp({ at: START - 6 * DAY });
  await open();
  await clock.advance(23 * HOUR);
  expect([verifiedAt, told]).toEqual([[], []]);
  await clock.advance(2 * HOUR);
  expect(verifiedAt).toHaveLength(1);
  const [first] = verifiedAt;
  expect(first).toBeGreaterThanOrEqual(START + DAY);
  expect(first).toBeLessThanOrEqual(START + DAY + HOUR);
  expect(kept()).toMatchObject({ at: first, found: 0, entries: 7, days: 2 });
  expect(told).toEqual(['integrity.changed']);
  await clock.advance(6 * DAY + 22 * HOUR);
  expect(verifiedAt).toHaveLength(1);
  await clock.advance(3 * HOUR);
  expect(verifiedAt).toHaveLength(2);
});

it('verifies an archive that never was a minute after it is opened: whoever opens it comes first', async () => {
  const { clock, verifiedAt, open } = setUp(null);
  await open();
  await clock.advance(MINUTE - 1);
  expect(verifiedAt).toEqual([]);
  await clock.advance(1);
  expect(verifiedAt).toEqual([START + MINUTE]);
});

it('what it finds is what the banner shows, and holds exports', async () => {
  const { clock, breakIt, kept, session, open } = setUp({ at: START - 8 * DAY });
  breakIt();
  await open();
  await clock.advance(MINUTE);
  const found = { found: 1, messages: [{ what: 'altered', message: ALTERED.message }] };
  expect(kept()).toMatchObject(found);
  expect(await lastVerified(session)).toMatchObject(found);
});

it('goes by the days that are set, and stops with its archive; a bundle and the demo are not verified', async () => {
  const month = setUp({ at: START - 8 * DAY });
  month.setDays(30);
  await month.open();
  await month.clock.advance(2 * DAY);
  expect(month.verifiedAt).toEqual([]);
  month.setDays(1);
  await month.clock.advance(HOUR);
  expect(month.verifiedAt).toHaveLength(1);
  month.setDays(0);
  await month.clock.advance(3 * DAY);
  expect(month.verifiedAt).toHaveLength(1);
  month.setDays(1);
  await month.vault.close();
  await month.clock.advance(3 * DAY);
  expect(month.verifiedAt).toHaveLength(1);
  for (const options of [{ bundle: true }, { demo: true }] as const) {
    const other = setUp(null, options);
    await other.open();
    await other.clock.advance(2 * DAY);
    expect(other.verifiedAt).toEqual([]);
  }
});
