import { type Random, randomFor } from '../../../src/main/core/simulator/random.ts';

export type Wire = Readonly<Record<string, unknown>>;

/**
 * How entries come to an archive: batch after batch in an order drawn by chance, some of them again, some again with
 * other content. What came first under an id is the entry; `versions` counts what came under it afterwards.
 */
export type Arrivals = {
  readonly batches: readonly (readonly Wire[])[];
  /** What is there once the first n batches are in. */
  after(n: number): { readonly entries: readonly Wire[]; readonly versions: number; readonly unreadable: number };
};

const UNREADABLE: readonly Wire[] = [{ no: 'time' }, { id: 'x', timestamp: 'yesterday' }, { timestamp: 17 }];

export function arrivalsOf(wires: readonly Wire[], seed: number): Arrivals {
  const lot = randomFor(seed, 'arrivals');
  const order = lot.shuffled(wires);
  const cuts = Array.from({ length: lot.int(0, 4) }, () => lot.int(0, order.length)).sort((a, b) => a - b);
  const parts = [0, ...cuts].map((from, i) => order.slice(from, cuts[i] ?? order.length));
  const states = [{ entries: [] as readonly Wire[], versions: 0, unreadable: 0 }];
  const seen = new Set<Wire>();
  const batches = parts.map((fresh, i) => {
    const before = states[i]!;
    // Changed only where an earlier batch brought the entry: within one batch it is the archive that decides the order.
    const changed = before.entries.filter(() => lot.chance(0.15)).map((wire) => changedFrom(wire, lot));
    const again = [...before.entries, ...fresh].filter(() => lot.chance(0.2));
    const junk = UNREADABLE.filter(() => lot.chance(0.1));
    const newJunk = junk.filter((wire) => !seen.has(wire));
    for (const wire of junk) seen.add(wire);
    states.push({
      entries: [...before.entries, ...fresh],
      versions: before.versions + changed.length,
      unreadable: before.unreadable + newJunk.length,
    });
    return lot.shuffled([...fresh, ...again, ...changed, ...changed.slice(0, 1), ...junk]);
  });
  return { batches, after: (n) => states[n] ?? states[0]! };
}

// Another time and another action: whoever counted the version instead of the entry would be found out.
function changedFrom(wire: Wire, lot: Random): Wire {
  const day = String(lot.int(10, 28));
  return {
    ...wire,
    timestamp: `2026-02-${day}T00:00:00Z`,
    action: 'version.changed',
    metadata: { change: lot.fraction() },
  };
}
