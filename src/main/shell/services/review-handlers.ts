import { fail } from '../../../shared/errors.ts';
import type { Handlers } from '../context.ts';

type Methods = Extract<
  keyof Handlers,
  `reviews.${string}` | `exceptions.${string}` | `identities.${string}` | `leavers.${string}`
>;

/** Reviews. */
export function reviewHandlers(): Pick<Handlers, Methods> {
  const later = async () => fail('unexpected', 'Reviews are not there yet.', 'Wait for the next version.');
  return {
    'reviews.list': later,
    'reviews.savePlan': later,
    'reviews.preview': later,
    'reviews.start': later,
    'reviews.startAddendum': later,
    'reviews.open': later,
    'reviews.items': later,
    'reviews.findings': later,
    'reviews.history': later,
    'reviews.decide': later,
    'reviews.undo': later,
    'reviews.sample': later,
    'reviews.acknowledgeGaps': later,
    'reviews.sign': later,
    'reviews.giveBack': later,
    'reviews.abandon': later,
    'reviews.export': later,
    'exceptions.list': later,
    'exceptions.raise': later,
    'exceptions.update': later,
    'exceptions.retest': later,
    'exceptions.close': later,
    'exceptions.reopen': later,
    'identities.list': later,
    'identities.create': later,
    'identities.changePin': later,
    'identities.retire': later,
    'leavers.compare': later,
    'leavers.kept': later,
  };
}
