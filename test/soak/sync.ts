import { killCampaign } from '../core/sync/support/kill-campaign.ts';

export const title = 'sync: one backfill killed with -9 a hundred times';

/** Prints its figures; true where nothing was lost or doubled and no page fetched more than it must. */
export async function run(say: (line: string) => void): Promise<boolean> {
  const seed = Number(process.env.LOGBOOK_SEED ?? Math.floor(Math.random() * 2 ** 31));
  const result = await killCampaign({ kills: 100, entries: 30_000, days: 90, perPageMax: 20, seed });
  const ratio = result.requests / result.undisturbed;
  say(`seed ${seed}, ${result.entries} entries, ${result.kills} kills`);
  say(`lost ${result.lost}, doubled ${result.doubled}, finished days not complete ${result.incompleteDays}`);
  say(`requests ${result.requests}, undisturbed ${result.undisturbed}: ${ratio.toFixed(2)} times (at most 1.30)`);
  return result.kills === 100 && result.lost + result.doubled + result.incompleteDays === 0 && ratio <= 1.3;
}
