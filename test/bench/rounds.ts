import { isDeepStrictEqual } from 'node:util';
import { linesOf } from './question.ts';
import type { Rival } from './rivals/rival.ts';
import { summary, type Timing, timed } from './timing.ts';

type Three<T> = readonly [T, T, T];

/**
 * Asks the three the same questions in turn, round after round, each time about something else and each time another of
 * them first. The first round warms up and is not counted. Throws where two of them answer differently.
 */
export async function askAll(
  rivals: Three<Rival>,
  rounds: number,
  entries: number,
): Promise<readonly { readonly name: string; readonly timings: Three<Timing> }[]> {
  const times = new Map<string, Three<number[]>>();
  for (let round = 0; round <= rounds; round++) {
    for (const { name, question } of linesOf(round, entries)) {
      const spent = times.get(name) ?? [[], [], []];
      times.set(name, spent);
      const answers: unknown[] = [];
      for (let turn = 0; turn < rivals.length; turn++) {
        const who = (turn + round) % rivals.length;
        const rival = rivals[who]!;
        const { ms, value } = await timed(() => rival.ask(question));
        if (round > 0) spent[who]!.push(ms);
        answers[who] = rival.compared(question, value);
      }
      for (const [who, answer] of answers.entries()) {
        if (isDeepStrictEqual(answer, answers[0])) continue;
        const [ours, theirs] = [answers[0], answer].map((one) => JSON.stringify(one).slice(0, 400));
        throw new Error(`${name}, ${JSON.stringify(question)}: ${ours} here, ${theirs} from ${rivals[who]?.name}`);
      }
    }
  }
  return [...times].map(([name, [a, b, c]]) => ({ name, timings: [summary(a), summary(b), summary(c)] }));
}
