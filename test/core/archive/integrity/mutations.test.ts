import { expect, test } from 'vitest';
import { mutationCampaign } from './support/mutation-campaign.ts';

// The short form; `npm run soak -- integrity` alters five hundred times.
test('whatever is altered past Logbook, verify reports it and names the place', { timeout: 300_000 }, async () => {
  const seed = Number(process.env.LOGBOOK_SEED ?? Math.floor(Math.random() * 2 ** 31));
  console.log(`alterations: LOGBOOK_SEED=${seed}`);
  const result = await mutationCampaign({ times: 40, seed });
  expect(result.missed).toEqual([]);
  expect(Object.keys(result.byKind).length).toBeGreaterThan(30);
});
