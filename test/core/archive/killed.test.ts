import { expect, test } from 'vitest';
import { ingestCampaign } from './support/ingest-campaign.ts';

// The short form; `npm run soak -- ingest` kills two hundred times.
test('killed with -9 while it stores: nothing acknowledged is lost, nothing doubled, every answer right', {
  timeout: 300_000,
}, async () => {
  const seed = Number(process.env.LOGBOOK_SEED ?? Math.floor(Math.random() * 2 ** 31));
  console.log(`kills: LOGBOOK_SEED=${seed}`);
  const result = await ingestCampaign({ kills: 8, seed, largest: 300 });
  expect(result.problems).toEqual([]);
  expect(result.acknowledged).toBeGreaterThan(0);
});
