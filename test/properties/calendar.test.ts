import { expect, it } from 'vitest';
import { BUCKETS } from '../../src/main/core/archive/reader.ts';
import { WHOLE_ARCHIVE } from '../../src/main/core/search/plan.ts';
import { randomFor } from '../../src/main/core/simulator/random.ts';
import { unwrap } from '../../src/shared/errors.ts';
import { batchOf, newArchive } from '../support/archive.ts';
import { histogramOf } from './support/plain-answers.ts';

// Zones whose days are not like others: of 23 and 25 hours, with the change at midnight, in quarters of an hour, twice
// around Ramadan, by half an hour.
const ZONES = [
  'UTC',
  'Europe/Lisbon',
  'America/New_York',
  'America/St_Johns',
  'America/Havana',
  'America/Santiago',
  'Atlantic/Azores',
  'Africa/Cairo',
  'Africa/Casablanca',
  'Asia/Beirut',
  'Asia/Kathmandu',
  'Australia/Eucla',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
  'Australia/Lord_Howe',
];
const ACTIONS = ['user.login', 'tunnel.created', 'billing.refund_issued', 'never.heard_of', ''];
const seed = Number(process.env.LOGBOOK_SEED ?? Math.floor(Math.random() * 2 ** 31));
const lot = randomFor(seed, 'calendar');

// Around the changes of the clocks, at the edges of months and years, on and beside the second.
const MOMENTS = [
  ...['2025-12-31T23:59:59.999Z', '2026-01-01T00:00:00Z', '2024-02-29T12:00:00Z'],
  ...['2026-03-08T07:00:00Z', '2026-03-29T01:00:00Z', '2026-04-04T15:00:00Z', '2026-04-23T22:00:00Z'],
  ...['2026-10-25T01:00:00Z', '2026-11-01T04:59:59.999Z', '2026-11-01T06:00:00Z', '2026-02-15T02:00:00Z'],
].map((iso) => Date.parse(iso));

it('draws the bars of every size in every zone as the calendar on the wall has them', {
  timeout: 120_000,
}, async () => {
  console.log(`calendar: LOGBOOK_SEED=${seed}`);
  const { writer } = await newArchive();
  const span = Date.parse('2026-12-01T00:00:00Z') - Date.parse('2024-01-01T00:00:00Z');
  const scattered = Array.from({ length: 300 }, () => Date.parse('2024-01-01T00:00:00Z') + lot.int(0, span));
  const near = MOMENTS.flatMap((at) => [at, ...Array.from({ length: 25 }, () => at + lot.int(-90, 90) * 60_000)]);
  const wires = [...scattered, ...near].map((ts, i) => ({
    id: i,
    timestamp: new Date(ts).toISOString(),
    action: lot.pick(ACTIONS),
  }));
  for (const part of [wires.slice(0, 200), wires.slice(200)]) unwrap(writer.ingest(batchOf(lot.shuffled(part))));
  for (const zone of ZONES) {
    for (const by of BUCKETS) {
      expect(writer.histogram(WHOLE_ARCHIVE, by, zone), `${by}, ${zone}`).toEqual(histogramOf(wires, by, zone));
    }
  }
});
