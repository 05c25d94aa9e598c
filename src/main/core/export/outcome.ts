import { z } from 'zod';
import type { ActionInfo } from '../../../shared/action.ts';

/** Which actions tell of something that did not succeed: by meaning, or by a word of the action. */
export const failureSchema = z.strictObject({ meanings: z.array(z.string()), words: z.array(z.string()) });

/** The words an action is made of: `team.member_added` has three. */
export function wordsOf(action: string): readonly string[] {
  return action.toLowerCase().split(/[^\p{L}\p{N}]+/u);
}

/** Jetty logs what happened; an action of no known kind tells nothing of its outcome unless a word does. */
export function outcomeOf(
  action: string,
  info: ActionInfo,
  failure: z.output<typeof failureSchema>,
): 'success' | 'failure' | 'unknown' {
  if (info.meaning !== null && failure.meanings.includes(info.meaning)) return 'failure';
  if (wordsOf(action).some((word) => failure.words.includes(word))) return 'failure';
  return info.category === 'other' ? 'unknown' : 'success';
}
