import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { runSync } from '../../../src/main/core/sync/sync.ts';
import { type HostileEntry, hostileEntry, wireOf } from '../../properties/support/hostile.ts';
import { newArchive } from '../../support/archive.ts';
import { clientFor, contentsOf, patientClock } from './support/fixtures.ts';
import { type Served, startTinyServer } from './support/tiny-server.ts';

const ENTRIES = 10_000;
const NOW = Date.parse('2026-04-03T12:00:00Z');

/** What the properties of the archive do not vary: ids that are numbers, other forms of the time, more fields. */
function twist(entry: Record<string, unknown>, n: number): Served {
  const { timestamp, ...rest } = entry as Served;
  const changes: readonly Record<string, unknown>[] = [
    { id: n },
    { timestamp: timestamp.replace('Z', '000Z') },
    { timestamp: new Date(Date.parse(timestamp) + 19_800_000).toISOString().replace('Z', '+05:30') },
    { actor: [], target: '', context: 7, metadata: [[], null, { '': 0 }] },
    { data: [1, 2, 3], meta: { total: 1 }, links: { next: 'x' } },
    { 'né\u0000"\\': '\u2028]}', huge: 123456789012345.25 },
    {},
  ];
  return { ...rest, timestamp, ...changes[n % changes.length] } as Served;
}

test('ten thousand hostile entries are all kept, byte for byte; none is rejected for its shape', async () => {
  const seed = Number(process.env.LOGBOOK_SEED ?? Math.floor(Math.random() * 2 ** 31));
  console.log(`hostile entries: LOGBOOK_SEED=${seed}`);
  const made = fc.sample(hostileEntry, { numRuns: ENTRIES, seed }) as HostileEntry[];
  const entries = made.map((entry, n) => twist(wireOf(entry, `log_${n}`), n));
  const server = await startTinyServer(entries);
  onTestFinished(() => server.close());
  const { writer } = await newArchive();
  const clock = patientClock(NOW);
  const outcome = await runSync({ writer, client: clientFor(server.url, { clock }), clock });
  expect(outcome.achieved).toMatchObject({ complete: true, inserted: ENTRIES, rejected: 0, changed: 0 });
  const truth = new Map(entries.map((entry) => [String(entry.id), JSON.stringify(entry)]));
  expect(contentsOf(writer)).toEqual(truth);
  expect(writer.info()).toMatchObject({ entries: ENTRIES, unreadable: 0, changedUpstream: 0 });
});
