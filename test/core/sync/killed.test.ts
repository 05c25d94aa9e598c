import { expect, test } from 'vitest';
import { killCampaign } from './support/kill-campaign.ts';

// The short form; `npm run soak` kills a hundred times.
test('killed with -9 at random moments: nothing lost, nothing doubled, no page fetched more than it must', async () => {
  const seed = Number(process.env.LOGBOOK_SEED ?? Math.floor(Math.random() * 2 ** 31));
  console.log(`kills: LOGBOOK_SEED=${seed}`);
  const result = await killCampaign({ kills: 6, entries: 1_500, days: 20, perPageMax: 20, seed });
  expect(result).toMatchObject({ kills: 6, lost: 0, doubled: 0, incompleteDays: 0 });
  expect(result.requests).toBeLessThanOrEqual(1.3 * result.undisturbed);
});
