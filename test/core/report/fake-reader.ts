import { createHash } from 'node:crypto';
import type { ArchiveReader, Survey, Tally } from '../../../src/main/core/archive/reader.ts';
import { parseEntryValue } from '../../../src/main/core/jetty/parse-entry.ts';
import type { QueryPlan } from '../../../src/main/core/search/plan.ts';
import type { DayCoverage } from '../../../src/shared/coverage.ts';
import type { EntryRow } from '../../../src/shared/entry.ts';

/** An entry as the server would send it. */
export type Served = { readonly id: string; readonly timestamp: string } & Readonly<Record<string, unknown>>;

/** What a fake archive is made of; days that are not given are complete with what the entries say. */
export type FakeArchive = {
  readonly name?: string;
  readonly entries: readonly Served[];
  readonly coverage?: readonly DayCoverage[];
  readonly unreadable?: number;
  readonly changedUpstream?: number;
};

type Stored = { readonly row: EntryRow; readonly raw: Uint8Array };

/** An archive over an array. Understands the dates, actions and teams of a plan and refuses what it does not do. */
export function fakeReader(archive: FakeArchive): ArchiveReader & { keyOf(id: string): number } {
  const stored = storedOf(archive.entries);
  const byKey = new Map(stored.map((entry) => [entry.row.key, entry]));
  const keys = new Map(stored.map(({ row }) => [row.id, row.key]));
  const within = (plan: QueryPlan): Stored[] => {
    const wanted = { action: new Set<string>(), team: new Set<string>() };
    for (const { field, value } of plan.filter.terms) {
      if (field !== 'action' && field !== 'team') throw new Error(`the fake archive does not filter by ${field}`);
      wanted[field].add(value);
    }
    return stored.filter(
      ({ row }) =>
        (plan.fromMs === null || row.ts >= plan.fromMs) &&
        (plan.toMs === null || row.ts <= plan.toMs) &&
        (wanted.action.size === 0 || wanted.action.has(row.action)) &&
        (wanted.team.size === 0 || wanted.team.has(row.team?.id ?? row.team?.name ?? '')),
    );
  };
  const refuse = (): never => {
    throw new Error('not part of the fake archive');
  };
  return {
    whileWanted: (_given, question) => question(),
    info: () => ({
      archiveId: 'arc_7f3a',
      name: archive.name ?? 'Alfama Systems · production',
      createdAt: Date.UTC(2026, 5, 30, 9, 12),
      zone: 'Europe/Lisbon',
      entries: stored.length,
      unreadable: archive.unreadable ?? 0,
      changedUpstream: archive.changedUpstream ?? 0,
      oldest: stored[0]?.row.ts ?? null,
      newest: stored.at(-1)?.row.ts ?? null,
      version: 412,
    }),
    count: (plan) => within(plan).length,
    *rows(plan, direction = 'newer') {
      const rows = within(plan).map(({ row }) => row);
      yield* direction === 'older' ? rows.reverse() : rows;
    },
    *rawRows(plan) {
      yield* within(plan);
    },
    holds: () => [],
    deletions: () => [],
    newerThan: refuse,
    readAhead: refuse,
    distinct: refuse,
    neighbours: refuse,
    changedEntries: () => [],
    entry(key) {
      const found = byKey.get(key);
      if (!found) return null;
      const sha256 = createHash('sha256').update(found.raw).digest('hex');
      return { ...found, sha256, provenance: { source: 'api', receivedAt: found.row.ts }, versions: [] };
    },
    coverage: (from, to) =>
      (archive.coverage ?? coverageFrom(stored)).filter((day) => day.day >= from && day.day <= to),
    storedOn: (day) => stored.filter(({ row }) => new Date(row.ts).toISOString().startsWith(day)).length,
    page: refuse,
    rowsAt: refuse,
    listing: refuse,
    foldedListing: refuse,
    linesAt: refuse,
    linesOf: refuse,
    facet: refuse,
    histogram: refuse,
    survey: (plan) => {
      const rows = within(plan).map(({ row }) => row);
      return {
        total: rows.length,
        first: rows[0]?.ts ?? null,
        last: rows.at(-1)?.ts ?? null,
        hours: [],
        tallies: { ...NO_TALLIES, actor: talliesOf(rows, 'actor'), team: talliesOf(rows, 'team') },
      };
    },
    tuples: (column) => distinctOf(stored.map(({ row }) => row[column as 'actor'])) as never,
    columns: refuse,
    among: refuse,
    setting: () => null,
    journal: () => [],
    frozenPart: () => null,
    rowsByKey: refuse,
    isBuried: () => false,
    marks: () => ({ entries: [], reviewer: null }),
    identities: refuse,
    lastReceivedAt: () => null,
    head: () => null,
    hasSeal: () => false,
    stamps: () => [],
    isStamped: () => false,
    stampedHead: () => null,
    sealedDays: () => [],
    evidence: refuse,
    dayProofs: () => null,
    seals: () => [].values(),
    signer: () => null,
    keyFor: () => null,
    close: () => undefined,
    keyOf: (id) => keys.get(id) ?? -1,
  };
}

const NO_TALLIES: Survey['tallies'] = {
  actor: [],
  action: [],
  target: [],
  address: [],
  agent: [],
  team: [],
  source: [],
};

function distinctOf<T>(values: readonly T[]): T[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}

function talliesOf<N extends 'actor' | 'team'>(rows: readonly EntryRow[], column: N): Tally<EntryRow[N]>[] {
  const tallies = new Map<string, { value: EntryRow[N]; count: number; first: number; last: number }>();
  for (const row of rows) {
    const key = JSON.stringify(row[column]);
    const tally = tallies.get(key) ?? { value: row[column], count: 0, first: row.ts, last: row.ts };
    tally.count++;
    tally.last = row.ts;
    tallies.set(key, tally);
  }
  return [...tallies.values()];
}

function storedOf(entries: readonly Served[]): Stored[] {
  const parsed = entries.map((served) => {
    const raw = new TextEncoder().encode(JSON.stringify(served));
    const { entry } = parseEntryValue(raw, JSON.parse(JSON.stringify(served)));
    if (entry === null) throw new Error(`not an entry: ${served.id}`);
    return { entry, raw };
  });
  parsed.sort((a, b) => a.entry.ts - b.entry.ts);
  let last = -1;
  return parsed.map(({ entry: { metadata: _metadata, timestamp: _timestamp, ...row }, raw }) => {
    last = Math.max(last + 1, row.ts * 2048);
    return { row: { ...row, key: last }, raw };
  });
}

function coverageFrom(stored: readonly Stored[]): DayCoverage[] {
  const counts = new Map<string, number>();
  const first = stored[0]?.row.ts;
  const last = stored.at(-1)?.row.ts;
  if (first === undefined || last === undefined) return [];
  const DAY = 86_400_000;
  for (let ms = Math.floor(first / DAY) * DAY; ms <= last; ms += DAY)
    counts.set(new Date(ms).toISOString().slice(0, 10), 0);
  for (const { row } of stored) {
    const day = new Date(row.ts).toISOString().slice(0, 10);
    counts.set(day, (counts.get(day) ?? 0) + 1);
  }
  return [...counts].map(([day, n]) => ({
    day,
    state: 'complete',
    served: n,
    stored: n,
    checkedAt: new Date(Date.parse(day) + 30 * 3_600_000).toISOString(),
    note: null,
  }));
}
