import { mutationCampaign } from '../core/archive/integrity/support/mutation-campaign.ts';
import { untouchedCampaign } from '../core/archive/integrity/support/untouched-campaign.ts';

export const title = 'integrity: five hundred alterations, a hundred untouched archives whose writer is killed with -9';

/** Prints its figures; true where every alteration was reported in the right place, and nothing of what was untouched. */
export async function run(say: (line: string) => void): Promise<boolean> {
  const seed = Number(process.env.LOGBOOK_SEED ?? Math.floor(Math.random() * 2 ** 31));
  say(`seed ${seed}`);
  const altered = await mutationCampaign({ times: 500, seed }, say);
  say(
    `${altered.altered} alterations of ${Object.keys(altered.byKind).length} kinds, ${altered.missed.length} not reported`,
  );
  for (const one of altered.missed) say(one);
  const untouched = await untouchedCampaign({ archives: 100, kills: 3, seed }, say);
  say(`${untouched.archives} untouched archives, ${untouched.kills} kills, ${untouched.seals} seals`);
  for (const one of untouched.problems) say(one);
  return altered.missed.length + untouched.problems.length === 0;
}
