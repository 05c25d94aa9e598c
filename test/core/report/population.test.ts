import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestPopulation } from '../../../src/main/core/report/population.ts';

type Entry = { id: string; ts: number };

function digest(entries: readonly Entry[]) {
  const population = digestPopulation();
  for (const entry of entries) population.add(entry);
  return population.finish();
}

/** The definition, as an auditor would write it. */
function plain(entries: readonly Entry[]): string {
  const ordered = [...entries].sort((a, b) => a.ts - b.ts || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  return createHash('sha256')
    .update(ordered.map((entry) => entry.id).join('\n'), 'utf8')
    .digest('hex');
}

const entry = fc.record({ id: fc.string({ unit: 'grapheme' }), ts: fc.integer({ min: 0, max: 400_000 }) });

describe('the digest of a population', () => {
  it('equals the hash of the ids ordered by time and id, whatever the order of arrival within an instant', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(entry, { selector: (e) => e.id, maxLength: 60 }),
        fc.infiniteStream(fc.nat()),
        (entries, keys) => {
          const arrival = entries
            .map((e) => ({ e, key: keys.next().value ?? 0 }))
            .sort((a, b) => a.e.ts - b.e.ts || a.key - b.key)
            .map(({ e }) => e);
          const result = digest(arrival);
          expect(result.sha256).toBe(plain(entries));
          expect(result.count).toBe(entries.length);
        },
      ),
    );
  });

  it('stands a crowded instant that spills over the next ones', () => {
    const crowd = Array.from({ length: 5_000 }, (_, n) => ({ id: `b${n}`, ts: 59_999 }));
    const later = Array.from({ length: 50 }, (_, n) => ({ id: `a${n}`, ts: 60_000 + n }));
    // In the archive's order of keys the crowd reaches into the next milliseconds.
    const mixed = [...crowd.slice(0, 4_950), ...crowd.slice(4_950).flatMap((e, n) => [later[n] as Entry, e])];
    expect(digest(mixed).sha256).toBe(plain([...crowd, ...later]));
  });

  it('names the first and the last entry', () => {
    const result = digest([
      { id: 'b', ts: 1 },
      { id: 'a', ts: 1 },
      { id: 'z', ts: 200_000 },
    ]);
    expect([result.first, result.last]).toEqual([
      { id: 'a', ts: 1 },
      { id: 'z', ts: 200_000 },
    ]);
    expect(digest([])).toMatchObject({ count: 0, first: null, last: null });
  });
});
