import { type Random, randomFor } from '../../../src/main/core/simulator/random.ts';
import { hex, makeMetadata } from './metadata.ts';
import { type Deed, makePools, type Person } from './pools.ts';

/** The two years the entries lie in, milliseconds UTC; the end is exclusive. */
export const FIRST_MS = Date.parse('2024-10-01T00:00:00Z');
export const END_MS = Date.parse('2026-10-01T00:00:00Z');
/** The action whose bursts are looked for. */
export const FAILURE = 'user.login_failed';

const HOUR_MS = 3_600_000;
const BURSTS_PER_HOUR = 0.03;
const TABLE = 2 ** 16;

type Moment = { readonly second: number; readonly victim: Person | null };

/**
 * The made-up log, oldest first, one line of JSON an entry in the API's shape: some 550 bytes each, busy in office hours,
 * a few people and actions far more often than the others, bursts of failed sign-ins. The same for a number and a seed.
 */
export function* entryLines(entries: number, seed: number): IterableIterator<string> {
  const pools = makePools(seed);
  const lot = randomFor(seed, 'entries');
  const anyone = skewed(pools.people, 0.85, lot);
  const deed = skewed(pools.deeds, 1.15, lot);
  const failed = pools.deeds.find(({ action }) => action === FAILURE) as Deed;
  const weights = hourWeights(lot);
  const sum = weights.reduce((a, b) => a + b, 0);
  let made = 0;
  let passed = 0;
  for (const [hour, weight] of weights.entries()) {
    passed += weight;
    const here = Math.round((passed / sum) * entries) - made;
    for (const { second, victim } of momentsOf(here, lot, anyone)) {
      const who = victim ?? (lot.chance(0.02) ? null : anyone());
      const what = victim ? failed : deed();
      const timestamp = new Date(FIRST_MS + hour * HOUR_MS + second * 1_000).toISOString();
      const id = `log_${hex(lot, 6)}${((made * 0x9e3779) & 0xffffff).toString(16).padStart(6, '0')}`;
      const targets = what.targetType === null ? undefined : pools.targets[what.targetType];
      const address = who === null || victim || lot.chance(0.06) ? lot.pick(pools.strangers) : lot.pick(who.addresses);
      const agent = who === null ? 'null' : lot.pick(who.agents);
      const team =
        who === null || lot.chance(0.03)
          ? '"team_id":null,"team_name":null'
          : lot.chance(0.1)
            ? lot.pick(pools.teams)
            : who.team;
      yield `{"id":"${id}","timestamp":"${timestamp.slice(0, 19)}Z","actor":${who?.json ?? 'null'},"action":"${what.action}","target":${targets ? lot.pick(targets) : 'null'},"context":{"ip_address":"${address}","user_agent":${agent},${team}},"metadata":${makeMetadata(lot)}}`;
      made++;
    }
  }
}

// Office hours of a company in one zone, quieter at the edges, almost silent at night and at weekends.
function hourWeights(lot: Random): number[] {
  return Array.from({ length: (END_MS - FIRST_MS) / HOUR_MS }, (_, i) => {
    const at = new Date(FIRST_MS + i * HOUR_MS);
    const hour = at.getUTCHours();
    const weekend = at.getUTCDay() % 6 === 0;
    const busy = hour >= 8 && hour < 18 ? 1 : hour >= 6 && hour < 21 ? 0.4 : 0.08;
    return busy * (weekend ? 0.12 : 1) * (0.8 + 0.4 * lot.fraction());
  });
}

function momentsOf(entries: number, lot: Random, anyone: () => Person): readonly Moment[] {
  const moments: Moment[] = [];
  if (lot.chance(BURSTS_PER_HOUR)) {
    const victim = anyone();
    const start = lot.int(0, 3_000);
    const size = Math.min(entries, lot.int(12, 60));
    for (let i = 0; i < size; i++) moments.push({ second: start + i * 9, victim });
  }
  while (moments.length < entries) moments.push({ second: lot.int(0, 3_599), victim: null });
  return moments.sort((a, b) => a.second - b.second);
}

// Draws the first of the values most often, the others after Zipf's law, by one look into a table.
function skewed<T>(values: readonly T[], exponent: number, lot: Random): () => T {
  const weights = values.map((_, i) => 1 / (i + 1) ** exponent);
  const sum = weights.reduce((a, b) => a + b, 0);
  const table: T[] = [];
  let passed = 0;
  for (const [i, value] of values.entries()) {
    passed += weights[i] ?? 0;
    // Each has at least one place, so that nobody is missing.
    const end = Math.max(table.length + 1, Math.round((passed / sum) * TABLE));
    while (table.length < end) table.push(value);
  }
  return () => table[lot.int(0, table.length - 1)] as T;
}
