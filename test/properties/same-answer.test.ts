import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openReader } from '../../src/main/core/archive/open.ts';
import { type ArchiveReader, BUCKETS } from '../../src/main/core/archive/reader.ts';
import { exportEntries } from '../../src/main/core/export/export.ts';
import { planQuery, type QueryPlan, WHOLE_ARCHIVE } from '../../src/main/core/search/plan.ts';
import { type Random, randomFor } from '../../src/main/core/simulator/random.ts';
import { unwrap } from '../../src/shared/errors.ts';
import type { ExportFormat } from '../../src/shared/export-format.ts';
import { FACETS } from '../../src/shared/facet.ts';
import type { Filter } from '../../src/shared/filter/filter.ts';
import { type Range, resolveRange } from '../../src/shared/filter/range.ts';
import { batchOf, newArchive } from '../support/archive.ts';
import { arrivalsOf, type Wire } from './support/arrivals.ts';
import { arrivalOf, putBeside, sourceOf } from './support/beside.ts';
import { anyFilterBeside, type HostileEntry, hostileEntry, wireOf } from './support/hostile.ts';
import { facetOf, histogramOf, OWN_FIELD } from './support/plain-answers.ts';
import { type Beside, matches } from './support/plain-loop.ts';

const NOW = Date.parse('2026-10-15T12:00:00Z');
const ARCHIVES = 100;
const FILTERS = 30;
const EXPORTED = 2;
// To find a small example of what failed can take long.
const LONGEST_MS = 180_000;
const ZONES = ['UTC', 'Europe/Lisbon', 'Asia/Kathmandu', 'Pacific/Chatham', 'America/St_Johns'];

type Case = { readonly filter: Filter; readonly plan: QueryPlan; readonly wanted: readonly Wire[]; readonly n: number };

const idsOf = (rows: Iterable<{ readonly id: string }>): string[] => Array.from(rows, (row) => row.id);
const within = (wire: Wire, { fromMs, toMs }: Range): boolean => {
  const ts = Date.parse(String(wire.timestamp));
  return (fromMs === null || ts >= fromMs) && (toMs === null || ts <= toMs);
};

function paged(reader: ArchiveReader, plan: QueryPlan, limit: number, direction: 'older' | 'newer'): string[] {
  const ids: string[] = [];
  for (let after: number | null = null; ; ) {
    const page = reader.page(plan, { after, limit, direction });
    ids.push(...idsOf(page.rows));
    after = page.next;
    if (after === null) return ids;
    expect(page.rows).toHaveLength(limit);
  }
}

function checkLists(reader: ArchiveReader, { plan, wanted, n }: Case): void {
  const ids = paged(reader, plan, 1 + (n % 9), 'older');
  expect([...ids].sort()).toEqual(wanted.map((wire) => String(wire.id)).sort());
  expect(paged(reader, plan, 1 + (n % 7), 'newer')).toEqual(ids.toReversed());
  expect(idsOf(reader.rowsAt(plan, 0, 1_000))).toEqual(ids);
  const offset = n % (ids.length + 3);
  expect(idsOf(reader.rowsAt(plan, offset, 5))).toEqual(ids.slice(offset, offset + 5));
  expect(idsOf(reader.rows(plan))).toEqual(ids.toReversed());
  expect(idsOf(reader.rows(plan, 'older'))).toEqual(ids);
}

function checkCounts(reader: ArchiveReader, { plan, wanted, n }: Case, zone: string): void {
  expect(reader.count(plan)).toBe(wanted.length);
  const by = BUCKETS[n % BUCKETS.length]!;
  expect(reader.histogram(plan, by, zone)).toEqual(histogramOf(wanted, by, zone));
  const days = histogramOf(wanted, 'day', zone).map(({ start, count }) => ({ start, count }));
  const { days: listed, rows } = reader.listing(plan, zone, 5);
  expect(listed).toEqual(days);
  expect(rows).toEqual(reader.rowsAt(plan, 0, 5));
}

function checkFacets(
  reader: ArchiveReader,
  { filter, plan, wanted, n }: Case,
  all: readonly Wire[],
  besideOf: (wire: Wire) => Beside,
): void {
  const fromOf = (wire: Wire): string => besideOf(wire).source;
  const field = FACETS[n % FACETS.length]!;
  const check = (answer: ReturnType<ArchiveReader['facet']>, counts: Map<string | null, number>): void => {
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
    expect(answer.values.map((one) => one.count)).toEqual([...counts.values()].sort((a, b) => b - a).slice(0, 4));
    for (const { value, count } of answer.values) expect(count).toBe(counts.get(value));
    expect(answer.values.reduce((sum, one) => sum + one.count, answer.others)).toBe(total);
  };
  check(reader.facet(plan, field, 4), facetOf(wanted, field, fromOf));
  const others = { ...filter, terms: filter.terms.filter((term) => term.field !== OWN_FIELD[field]) };
  const wantedOthers = all.filter((wire) => within(wire, plan) && matches(wire, others, besideOf(wire)));
  check(reader.facet(plan, field, 4, { ignoreOwn: true }), facetOf(wantedOthers, field, fromOf));
  expect(new Map(reader.facet(plan, field, 1_000).values.map((one) => [one.value, one.count]))).toEqual(
    facetOf(wanted, field, fromOf),
  );
}

async function checkExports(reader: ArchiveReader, { plan, wanted, n }: Case, dir: string): Promise<void> {
  const exported = async (format: ExportFormat): Promise<string> => {
    const out = join(dir, `${n}.${format}`);
    const done = await exportEntries(reader, plan, { format, out, resourcesDir: 'resources' });
    expect(unwrap(done).entries).toBe(wanted.length);
    return out;
  };
  const texts = wanted.map((wire) => JSON.stringify(wire)).sort();
  const lines = readFileSync(await exported('ndjson'), 'utf8')
    .split('\n')
    .slice(0, -1);
  expect(lines.sort()).toEqual(texts);
  const array = JSON.parse(readFileSync(await exported('json'), 'utf8')) as unknown[];
  expect(array.map((wire) => JSON.stringify(wire)).sort()).toEqual(texts);
  expect(parse(readFileSync(await exported('csv')), { columns: true })).toHaveLength(wanted.length);
  const duck = await DuckDBInstance.create();
  const connection = await duck.connect();
  const counted = await connection.runAndReadAll(`SELECT count(*)::INTEGER FROM '${await exported('parquet')}'`);
  expect(counted.getRows()).toEqual([[wanted.length]]);
  connection.closeSync();
  duck.closeSync();
}

// Entries picked one by one out of an answer, and all of it but those.
function checkListed(reader: ArchiveReader, { plan }: Case, lot: Random): void {
  const rows = [...reader.rows(plan)];
  const picked = new Set(rows.filter(() => lot.chance(0.4)).map((row) => row.key));
  for (const negated of [false, true]) {
    const narrowed = { ...plan, listed: { keys: lot.shuffled([...picked, 1]), negated } };
    const wanted = rows.filter((row) => picked.has(row.key) !== negated).map((row) => row.id);
    expect(idsOf(reader.rows(narrowed))).toEqual(wanted);
    expect(reader.count(narrowed)).toBe(wanted.length);
  }
}

it(
  'gives the same answers as a plain loop, to the writer and to a reader that was there before the entries',
  async () => {
    let asked = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(hostileEntry, { maxLength: 40 }),
        fc.array(anyFilterBeside, { minLength: FILTERS, maxLength: FILTERS }),
        fc.constantFrom(...ZONES),
        fc.nat(),
        async (entries, filters, zone, seed) => {
          const wires = entries.map((entry, i) => wireOf(entry as HostileEntry, i % 2 ? `log_${i}` : i));
          const { writer, dir, key } = await newArchive();
          const reader = unwrap(openReader(dir, key));
          const arrivals = arrivalsOf(wires, seed);
          arrivals.batches.forEach((batch, i) => {
            unwrap(writer.ingest({ ...batchOf(batch, sourceOf(i)), receivedAt: arrivalOf(i) }));
            const { entries: there, versions, unreadable } = arrivals.after(i + 1);
            for (const side of [writer, reader]) {
              expect(side.info()).toMatchObject({ entries: there.length, changedUpstream: versions, unreadable });
              expect(side.count(WHOLE_ARCHIVE)).toBe(there.length);
            }
            expect(idsOf(reader.rows(WHOLE_ARCHIVE)).sort()).toEqual(there.map((wire) => String(wire.id)).sort());
          });
          const lot = randomFor(seed, 'questions');
          const besideOf = putBeside(writer, arrivals, lot);
          for (const [i, filter] of filters.entries()) {
            const range = resolveRange(filter, zone, NOW);
            const plan = planQuery(filter, zone, NOW);
            expect(plan.ok).toBe(range.ok);
            if (!range.ok || !plan.ok) continue;
            const wanted = wires.filter((wire) => within(wire, range.value) && matches(wire, filter, besideOf(wire)));
            const one: Case = { filter, plan: plan.value, wanted, n: lot.int(0, 1_000_000) };
            const side = lot.chance(0.5) ? reader : writer;
            checkCounts(side, one, zone);
            checkLists(side, one);
            checkFacets(side, one, wires, besideOf);
            checkListed(side, one, lot);
            if (i < EXPORTED && lot.chance(0.5)) await checkExports(side, one, dir);
            asked++;
          }
          reader.close();
          writer.close();
        },
      ),
      { numRuns: ARCHIVES, interruptAfterTimeLimit: LONGEST_MS },
    );
    expect(asked).toBeGreaterThan((ARCHIVES * FILTERS) / 2);
  },
  2 * LONGEST_MS,
);
