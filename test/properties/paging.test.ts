import { expect, it } from 'vitest';
import { openReader } from '../../src/main/core/archive/open.ts';
import type { ArchiveReader } from '../../src/main/core/archive/reader.ts';
import { type QueryPlan, WHOLE_ARCHIVE } from '../../src/main/core/search/plan.ts';
import { randomFor } from '../../src/main/core/simulator/random.ts';
import type { EntryRow } from '../../src/shared/entry.ts';
import { unwrap } from '../../src/shared/errors.ts';
import { batchOf, newArchive } from '../support/archive.ts';

// Bursts as servers with whole-second timestamps make them: more entries in one instant than a page holds, and more than
// a millisecond of the time key has places.

const SECOND = Date.parse('2026-03-29T00:59:59Z');
const KEYS_PER_MS = 2_048;
const BURSTS: readonly (readonly [offsetMs: number, entries: number])[] = [
  [-86_400_000, 40],
  [-1, 300],
  [0, 2 * KEYS_PER_MS + 700],
  // Full already, where the burst before it runs over.
  [1, KEYS_PER_MS + 20],
  [2, 5],
  [1_000, KEYS_PER_MS],
  [2_000, 1_000],
  [86_400_000, 300],
];

type Sent = { readonly id: string; readonly ts: number; readonly action: string };

const seed = Number(process.env.LOGBOOK_SEED ?? Math.floor(Math.random() * 2 ** 31));
const lot = randomFor(seed, 'paging');
const sent: readonly Sent[] = BURSTS.flatMap(([offset, entries]) =>
  Array.from({ length: entries }, (_, i) => ({
    id: `log_${offset}_${i}`,
    ts: SECOND + offset,
    action: i % 50 === 0 ? 'user.login_failed' : 'user.login',
  })),
);
const wireOf = ({ id, ts, action }: Sent) => ({ id, timestamp: new Date(ts).toISOString(), action });
const action = (value: string): QueryPlan => ({
  ...WHOLE_ARCHIVE,
  filter: { terms: [{ field: 'action', value, negated: false }] },
});
const period = (from: number, to: number): QueryPlan => ({
  ...WHOLE_ARCHIVE,
  fromMs: SECOND + from,
  toMs: SECOND + to,
});

/** Batches of random size in random order, through one archive; the reader is there before the first of them. */
async function filledArchive(): Promise<{ reader: ArchiveReader; close(): void }> {
  const { writer, dir, key } = await newArchive();
  const reader = unwrap(openReader(dir, key));
  const order = lot.shuffled(sent);
  for (let from = 0; from < order.length; ) {
    const to = from + lot.int(1, 3_000);
    unwrap(writer.ingest(batchOf(order.slice(from, to).map(wireOf))));
    from = to;
    expect(reader.count(WHOLE_ARCHIVE)).toBe(Math.min(to, order.length));
  }
  return {
    reader,
    close() {
      reader.close();
      writer.close();
    },
  };
}

const PLANS: readonly (readonly [name: string, plan: QueryPlan, wanted: (one: Sent) => boolean])[] = [
  ['everything', WHOLE_ARCHIVE, () => true],
  ['one action', action('user.login_failed'), (one) => one.action === 'user.login_failed'],
  ['nothing', action('nobody.did'), () => false],
  ['the instant of the burst', period(0, 0), ({ ts }) => ts === SECOND],
  ['the millisecond after it', period(1, 1), ({ ts }) => ts === SECOND + 1],
  ['up to the burst', period(-86_400_000, 0), ({ ts }) => ts <= SECOND],
  ['from after the burst', period(1, 86_400_000), ({ ts }) => ts > SECOND],
  ['the second after it', period(1_000, 1_999), ({ ts }) => ts === SECOND + 1_000],
];

it('lists bursts whole: both ways, from every cursor and at any position', { timeout: 120_000 }, async () => {
  console.log(`paging: LOGBOOK_SEED=${seed}`);
  const { reader, close } = await filledArchive();
  for (const [name, plan, wanted] of PLANS) {
    const rows = [...reader.rows(plan, 'older')];
    const those = sent.filter(wanted);
    expect(rows.map((row) => `${row.id} ${row.ts}`).sort(), name).toEqual(those.map((o) => `${o.id} ${o.ts}`).sort());
    expect(reader.count(plan), name).toBe(those.length);
    for (let i = 1; i < rows.length; i++) if (rows[i]!.key >= rows[i - 1]!.key) expect.fail(`${name}: order at ${i}`);
    checkPages(reader, plan, rows);
    checkCursors(reader, plan, rows);
    checkPositions(reader, plan, rows);
  }
  close();
});

function checkPages(reader: ArchiveReader, plan: QueryPlan, rows: readonly EntryRow[]): void {
  for (const direction of ['older', 'newer'] as const) {
    const ordered = direction === 'older' ? rows : rows.toReversed();
    const found: EntryRow[] = [];
    for (let after: number | null = null, more = true; more; more = after !== null) {
      const page = reader.page(plan, { after, limit: 197, direction });
      found.push(...page.rows);
      after = page.next;
    }
    expect(found).toEqual(ordered);
  }
}

// From each row's own key, from the gaps beside it, and from beyond both ends.
function checkCursors(reader: ArchiveReader, plan: QueryPlan, rows: readonly EntryRow[]): void {
  const every = Math.max(1, Math.floor(rows.length / 150));
  const keys = rows.filter((_, i) => i % every === 0 || i < 5).map((row) => row.key);
  for (const key of [...keys, ...keys.flatMap((key) => [key - 1, key + 1]), 0, Number.MAX_SAFE_INTEGER]) {
    const older = rows.findIndex((row) => row.key < key);
    const newer = rows.findLastIndex((row) => row.key > key);
    const wanted = {
      older: older < 0 ? [] : rows.slice(older, older + 3),
      newer: newer < 0 ? [] : rows.slice(Math.max(0, newer - 2), newer + 1).toReversed(),
    };
    for (const direction of ['older', 'newer'] as const) {
      const page = reader.page(plan, { after: key, limit: 3, direction });
      expect(page.rows).toEqual(wanted[direction]);
      const left = direction === 'older' ? (older < 0 ? 0 : rows.length - older) : newer + 1;
      expect(page.next).toBe(left > 3 ? wanted[direction].at(-1)?.key : null);
    }
  }
}

function checkPositions(reader: ArchiveReader, plan: QueryPlan, rows: readonly EntryRow[]): void {
  for (let i = 0; i < 60; i++) {
    const offset = lot.int(0, rows.length + 10);
    const limit = lot.int(1, 300);
    expect(reader.rowsAt(plan, offset, limit)).toEqual(rows.slice(offset, offset + limit));
  }
}

it('keeps entries of one instant in the order of the file, newest first or oldest first', async () => {
  for (const direction of ['oldest first', 'newest first']) {
    const { writer } = await newArchive();
    const ids = Array.from({ length: 3 * KEYS_PER_MS }, (_, i) => `log_${i}`);
    const edge = { id: 'edge', timestamp: new Date(SECOND + 60_000).toISOString() };
    const wires = ids.map((id) => ({ id, timestamp: new Date(SECOND).toISOString() }));
    const oldestFirst = [...wires, edge];
    unwrap(writer.ingest(batchOf(direction === 'oldest first' ? oldestFirst : oldestFirst.toReversed())));
    expect([...writer.rows(WHOLE_ARCHIVE)].map((row) => row.id)).toEqual([...ids, 'edge']);
  }
});
