import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openReader } from '../../src/main/core/archive/open.ts';
import { type QueryPlan, WHOLE_ARCHIVE } from '../../src/main/core/search/plan.ts';
import type { EntryRow } from '../../src/shared/entry.ts';
import { unwrap } from '../../src/shared/errors.ts';
import { dayOf } from '../../src/shared/instant.ts';
import { LONGEST_RUN } from '../../src/shared/limits.ts';
import { batchOf, newArchive } from '../support/archive.ts';

const START = Date.parse('2026-10-24T20:00:00Z');
/** The day of UTC that an entry lies in: its own, but for one moved by a burst in the last millisecond of it. */
const KEYS_PER_DAY = 2_048 * 86_400_000;
const ZONES = ['UTC', 'Europe/Lisbon', 'Asia/Kolkata', 'America/St_Johns'] as const;

type Made = {
  readonly action: string;
  readonly address: string | null;
  readonly actor: string | null;
  readonly target: string;
  readonly minutes: number;
  readonly times: number;
};

const made = fc.record({
  action: fc.constantFrom('user.login_failed', 'tunnel.started'),
  address: fc.constantFrom('203.0.113.7', '198.51.100.4', null),
  actor: fc.constantFrom('ines', 'bob', null),
  target: fc.constantFrom('t1', 't2'),
  minutes: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 400 })),
  times: fc.integer({ min: 1, max: 5 }),
});

function wiresOf(list: readonly Made[]): object[] {
  let at = START;
  return list.flatMap(({ times, minutes, action, address, actor, target }, i) => {
    at += minutes * 60_000;
    return Array.from({ length: times }, (_none, n) => {
      at += n === 0 ? 0 : 7_000;
      return {
        id: `log_${i}_${n}`,
        timestamp: new Date(at).toISOString(),
        action,
        actor: actor === null ? null : { id: actor },
        target: { type: 'tunnel', id: target },
        context: address === null ? {} : { ip_address: address },
      };
    });
  });
}

/** What a plain loop over the rows, newest first, makes of them. */
function foldedPlainly(rows: readonly EntryRow[], zone: string): readonly (readonly EntryRow[])[] {
  const said = ({ key, ts, action, address, actor }: EntryRow): string =>
    JSON.stringify([Math.floor(key / KEYS_PER_DAY), dayOf(ts, zone), action, address, address === null ? actor : null]);
  const runs: EntryRow[][] = [];
  for (const row of rows) {
    const run = runs.at(-1);
    if (run?.[0] && said(run[0]) === said(row)) run.push(row);
    else runs.push([row]);
  }
  // Long ones are counted from the oldest; what is left of fewer than three stands for itself.
  return runs.flatMap((run) => {
    const lines: EntryRow[][] = [];
    for (let end = run.length; end > 0; ) {
      const length = Math.min(LONGEST_RUN, end);
      const first = length < 3 ? end - 1 : end - length;
      lines.unshift(run.slice(first, end));
      end = first;
    }
    return lines;
  });
}

async function checked(wires: readonly object[], plan: QueryPlan, zone: string, page: number): Promise<void> {
  const { writer, dir, key } = await newArchive();
  const reader = unwrap(openReader(dir, key));
  unwrap(writer.ingest(batchOf(wires)));
  const rows = [...reader.rows(plan, 'older')];
  const lines = foldedPlainly(rows, zone);
  const { days, lines: newest } = reader.foldedListing(plan, zone, page);

  let position = 0;
  const expected = lines.map((run, index) => {
    const [row, oldest] = [run[0]!, run.at(-1)!];
    const different = (of: (one: EntryRow) => unknown): number =>
      new Set(run.map((one) => JSON.stringify(of(one)))).size;
    const line = {
      row,
      index,
      position,
      run:
        run.length === 1
          ? null
          : {
              keys: run.map((one) => one.key),
              since: oldest.ts,
              actors: different((one) => one.actor),
              targets: different((one) => one.target),
              teams: 1,
            },
    };
    position += run.length;
    return line;
  });
  expect(newest).toEqual(expected.slice(0, page));
  for (let at = 0; at <= lines.length; at += page)
    expect(reader.linesAt(plan, zone, at, page)).toEqual(expected.slice(at, at + page));
  expect(position).toBe(reader.count(plan));

  const listed = reader.listing(plan, zone, 1).days;
  expect(days.map(({ start, count }) => ({ start, count }))).toEqual(listed);
  const linesOn = new Map<string, number>();
  for (const { row } of expected) {
    const day = dayOf(row.ts, zone);
    linesOn.set(day, (linesOn.get(day) ?? 0) + 1);
  }
  expect(days.map(({ start, lines: n }) => [dayOf(start, zone), n])).toEqual([...linesOn].reverse());

  const every = [...reader.rows(WHOLE_ARCHIVE, 'older')].map((row) => row.key);
  const lineWith = new Map(expected.flatMap((line) => (line.run?.keys ?? [line.row.key]).map((one) => [one, line])));
  expect(reader.linesOf(plan, zone, [...every, 17])).toEqual([...every.map((one) => lineWith.get(one) ?? null), null]);
  reader.close();
  writer.close();
}

it('repeats are folded as a plain loop folds them: on any page, by any key, in any zone', {
  timeout: 120_000,
}, async () => {
  const only = fc.constantFrom<QueryPlan>(
    WHOLE_ARCHIVE,
    { ...WHOLE_ARCHIVE, filter: { terms: [{ field: 'actor', value: 'ines', negated: true }] } },
    { ...WHOLE_ARCHIVE, filter: { terms: [{ field: 'action', value: 'user.login_failed', negated: false }] } },
    { ...WHOLE_ARCHIVE, fromMs: START + 3_600_000, toMs: START + 30 * 3_600_000 },
    { ...WHOLE_ARCHIVE, filter: { terms: [{ field: 'action', value: 'nobody.did', negated: false }] } },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(made, { maxLength: 40 }),
      only,
      fc.constantFrom(...ZONES),
      fc.integer({ min: 1, max: 7 }),
      (list, plan, zone, page) => checked(wiresOf(list), plan, zone, page),
    ),
    { numRuns: 60 },
  );
});

it('a line holds so many entries at most; what is over stands before it', async () => {
  const alike = { action: 'user.login_failed', address: '203.0.113.7', actor: 'ines', target: 't1', minutes: 0 };
  for (const times of [LONGEST_RUN, LONGEST_RUN + 2, 2 * LONGEST_RUN + 500]) {
    // Seven seconds between them: all of them within one day of both calendars.
    await checked(wiresOf([{ ...alike, minutes: 300, times }]), WHOLE_ARCHIVE, 'UTC', 3);
  }
});

it('more entries in one instant than a time key has places are folded like any others', async () => {
  const burst = Array.from({ length: 5_000 }, (_none, i) => ({
    id: `log_${i}`,
    timestamp: '2026-10-24T23:59:59.999Z',
    action: i % 400 < 2 ? 'user.login' : 'user.login_failed',
    actor: { id: 'ines' },
    context: { ip_address: '203.0.113.7' },
  }));
  await checked(burst, WHOLE_ARCHIVE, 'Europe/Lisbon', 50);
});
