import { expect, test } from 'vitest';
import { untouchedCampaign } from './support/untouched-campaign.ts';

// The short form; `npm run soak -- integrity` does it with a hundred archives.
test('nothing is reported of an archive that nobody altered, killed with -9 while it seals', {
  timeout: 300_000,
}, async () => {
  const seed = Number(process.env.LOGBOOK_SEED ?? Math.floor(Math.random() * 2 ** 31));
  console.log(`untouched: LOGBOOK_SEED=${seed}`);
  const result = await untouchedCampaign({ archives: 3, kills: 3, seed });
  expect(result.problems).toEqual([]);
  expect(result.seals).toBeGreaterThan(0);
});
