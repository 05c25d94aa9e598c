import { ingestCampaign } from '../core/archive/support/ingest-campaign.ts';

export const title = 'archive: one archive whose writer is killed with -9 two hundred times';

/** Prints its figures; true where everything acknowledged was there after each kill, once, and every answer right. */
export async function run(say: (line: string) => void): Promise<boolean> {
  const seed = Number(process.env.LOGBOOK_SEED ?? Math.floor(Math.random() * 2 ** 31));
  const kills = Number(process.env.LOGBOOK_KILLS ?? 200);
  say(`seed ${seed}`);
  const result = await ingestCampaign({ kills, seed, largest: 500 }, say);
  say(
    `${result.acknowledged} batches acknowledged, ${result.unheard} committed and not heard of, ${result.entries} entries`,
  );
  for (const problem of result.problems) say(problem);
  return result.problems.length === 0;
}
