import type { Batch } from '../../../../src/main/core/archive/writer.ts';
import { parseEntry } from '../../../../src/main/core/jetty/parse-entry.ts';
import { randomFor } from '../../../../src/main/core/simulator/random.ts';

// Batches that a seed and a number give, the same in every process: days in any order, bursts in one millisecond, values
// never seen before, entries again and entries changed, and what nobody can read.

export type Wire = Readonly<Record<string, unknown>>;

const FIRST_DAY = Date.parse('2026-01-01T00:00:00Z');
const DAY_MS = 86_400_000;
const DAYS = 60;
const ACTIONS = ['user.login', 'user.login_failed', 'tunnel.created', 'tunnel.deleted', 'team.member_added', 'new.one'];
const REASONS = ['No longer needed', 'Überfällig', 'rotation', 'quarterly review'];

/** The entries that batch `n` brings for the first time. */
export function freshWires(seed: number, n: number, largest: number): readonly Wire[] {
  const lot = randomFor(seed, 'fresh', n);
  const burst = lot.chance(0.1);
  const size = burst ? lot.int(largest, 3 * largest) : lot.int(1, largest);
  const day = FIRST_DAY + lot.int(0, DAYS - 1) * DAY_MS;
  const instant = day + lot.int(0, 86_399) * 1_000;
  return Array.from({ length: size }, (_, i) => {
    // A log that grows meets more and more people, and hardly ever the same address twice.
    const actor = lot.int(0, 5 + n);
    return {
      id: `log_${n}_${i}`,
      timestamp: new Date(burst ? instant : day + lot.int(0, 86_399) * 1_000).toISOString(),
      actor: lot.chance(0.05) ? null : { id: `user_${actor}`, name: `Person ${actor}`, email: `p${actor}@example.com` },
      action: lot.pick(ACTIONS),
      target: {
        type: 'tunnel',
        id: `tunnel_${lot.int(0, 40 * (n + 1))}`,
        name: `staging-${lot.int(0, 50)}.example.com`,
      },
      context: {
        ip_address: `10.${n % 256}.${lot.int(0, 255)}.${lot.int(0, 255)}`,
        user_agent: `agent/${lot.int(0, 20)}`,
      },
      metadata: lot.chance(0.3) ? [] : { reason: lot.pick(REASONS), request_id: lot.hex(16) },
    };
  });
}

/** Batch `n` as the values that come: fresh ones, ones of a batch before, some of those changed, junk. */
export function wiresOf(seed: number, n: number, largest: number): readonly Wire[] {
  const lot = randomFor(seed, 'batch', n);
  const before = n > 0 && lot.chance(0.5) ? freshWires(seed, lot.int(0, n - 1), largest) : [];
  const again = before.filter(() => lot.chance(0.2));
  const changed = before
    .filter(() => lot.chance(0.05))
    .map((wire) => ({ ...wire, action: 'version.changed', metadata: { change: n } }));
  const junk = lot.chance(0.2) ? [{ junk: n }] : [];
  return [...lot.shuffled([...freshWires(seed, n, largest), ...again]), ...changed, ...junk];
}

/** Batch `n` as the archive takes it. Its number is committed with it, as the state of a walk. */
export function batchAt(seed: number, n: number, largest: number): Batch {
  return {
    items: wiresOf(seed, n, largest).map((wire) => parseEntry(Buffer.from(JSON.stringify(wire)))),
    source: { kind: 'file', detail: 'stream' },
    receivedAt: FIRST_DAY + DAYS * DAY_MS + n,
    ledger: [{ kind: 'walk', day: '2026-01-01', state: String(n) }],
  };
}
