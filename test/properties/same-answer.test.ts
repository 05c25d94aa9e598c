import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FACETS } from '../../src/main/core/archive/reader.ts';
import { exportEntries } from '../../src/main/core/export/export.ts';
import { planQuery } from '../../src/main/core/search/plan.ts';
import { describeAction } from '../../src/shared/action.ts';
import { unwrap } from '../../src/shared/errors.ts';
import { parseQuery } from '../../src/shared/filter/parse.ts';
import { printQuery } from '../../src/shared/filter/print.ts';
import { resolveRange } from '../../src/shared/filter/range.ts';
import { batchOf, newArchive } from '../support/archive.ts';
import { anyFilter, type HostileEntry, hostileEntry, wireOf } from './support/hostile.ts';
import { matches } from './support/plain-loop.ts';

const NOW = Date.parse('2026-10-15T12:00:00Z');

it('gives the same answer in page, count, facets, histogram, positions and export as a plain loop', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(hostileEntry, { maxLength: 40 }),
      fc.array(anyFilter, { minLength: 8, maxLength: 8 }),
      fc.constantFrom('UTC', 'Europe/Lisbon', 'Asia/Kathmandu'),
      async (entries, filters, zone) => {
        const wires = entries.map((entry, i) => wireOf(entry as HostileEntry, `log_${i}`));
        const { writer, dir } = await newArchive();
        unwrap(writer.ingest(batchOf(wires)));
        for (const filter of filters) {
          const range = resolveRange(filter, zone, NOW);
          const plan = planQuery(filter, zone, NOW);
          expect(plan.ok).toBe(range.ok);
          if (!range.ok || !plan.ok) continue;
          const within = (wire: Record<string, unknown>): boolean => {
            const ts = Date.parse(String(wire.timestamp));
            return (
              (range.value.fromMs === null || ts >= range.value.fromMs) &&
              (range.value.toMs === null || ts <= range.value.toMs)
            );
          };
          const wanted = wires.filter((wire) => within(wire) && matches(wire, filter));
          const wantedIds = wanted.map((wire) => String(wire.id)).sort();

          expect(writer.count(plan.value)).toBe(wanted.length);
          const paged: string[] = [];
          for (let after: number | null = null, more = true; more; ) {
            const page = writer.page(plan.value, { after, limit: 7, direction: 'older' });
            paged.push(...page.rows.map((row) => row.id));
            after = page.next;
            more = after !== null;
          }
          expect([...paged].sort()).toEqual(wantedIds);
          expect(writer.rowsAt(plan.value, 0, 100).map((row) => row.id)).toEqual(paged);
          expect(writer.rowsAt(plan.value, 3, 5).map((row) => row.id)).toEqual(paged.slice(3, 8));
          expect([...writer.rows(plan.value)].map((row) => row.id)).toEqual([...paged].reverse());
          const buckets = writer.histogram(plan.value, 'hour', zone);
          expect(buckets.reduce((sum, bucket) => sum + bucket.count, 0)).toBe(wanted.length);
          for (const field of FACETS) {
            const { values, others } = writer.facet(plan.value, field, 3);
            expect(values.reduce((sum, one) => sum + one.count, others)).toBe(wanted.length);
          }
          const byCategory = new Map<string, number>();
          for (const wire of wanted) {
            const category = describeAction(typeof wire.action === 'string' ? wire.action : '').category;
            byCategory.set(category, (byCategory.get(category) ?? 0) + 1);
          }
          expect(new Map(writer.facet(plan.value, 'category', 10).values.map((v) => [v.value, v.count]))).toEqual(
            byCategory,
          );

          const ndjson = join(dir, 'out.ndjson');
          expect(
            unwrap(
              await exportEntries(writer, plan.value, { format: 'ndjson', out: ndjson, resourcesDir: 'resources' }),
            ).entries,
          ).toBe(wanted.length);
          const lines = readFileSync(ndjson, 'utf8').split('\n').slice(0, -1);
          expect(lines.sort()).toEqual(wanted.map((wire) => JSON.stringify(wire)).sort());
          const csv = join(dir, 'out.csv');
          unwrap(await exportEntries(writer, plan.value, { format: 'csv', out: csv, resourcesDir: 'resources' }));
          expect(parse(readFileSync(csv), { columns: true })).toHaveLength(wanted.length);
        }
        writer.close();
      },
    ),
    { numRuns: 40 },
  );
});

it('parses what it prints, for any filter', () => {
  fc.assert(
    fc.property(anyFilter, (filter) => {
      const parsed = parseQuery(printQuery(filter));
      expect(parsed).toEqual({ ok: true, value: filter });
    }),
    { numRuns: 2_000 },
  );
});

it('never throws on any text, and points inside it', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc
          .array(fc.constantFrom('-', '"', '\\', ':', 'actor', 'from', ' ', 'x', '*', 'ip', '10.0.0.0/8'))
          .map((parts) => parts.join('')),
      ),
      (text) => {
        const parsed = parseQuery(text);
        if (parsed.ok) {
          expect(parseQuery(printQuery(parsed.value))).toEqual(parsed);
        } else {
          expect(parsed.error.at).toBeGreaterThanOrEqual(0);
          expect(parsed.error.at + parsed.error.length).toBeLessThanOrEqual(text.length);
          expect(parsed.error.hint).not.toBe('');
        }
      },
    ),
    { numRuns: 5_000 },
  );
});
