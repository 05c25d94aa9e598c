import type { SignCheck } from '../../../shared/review-schema.ts';
import { exceptionState } from './exception-state.ts';
import { progressOf } from './progress.ts';
import type { KeptReview, ReviewBook } from './review-book.ts';

/** What has to hold before somebody signs, and whether it does. */
export function signChecks(book: ReviewBook, review: KeptReview, late: number): SignCheck[] {
  const { started, gaps, signatures } = review;
  const { scope, decided } = progressOf(review);
  const left = scope - decided;
  const bare = review.decisions.withoutReason();
  const gapDays = started.coverage.filter(({ state }) => state !== 'complete').length;
  const unowned = book
    .exceptionsOf(review.id)
    .filter((one) => exceptionState(book, one).status === 'open')
    .filter(({ fields }) => fields.nature === '' || fields.owner === null || fields.due === null).length;
  const isSigned = signatures.some(({ role }) => role === 'reviewer');
  const people = new Set(signatures.map(({ email }) => email)).size === signatures.length;
  return [
    check('population', 0, `Population of ${started.population.count} frozen and hashed`, ''),
    check('decided', left, 'Every item is decided', `${many(left, 'item is', 'items are')} still to be decided`),
    check(
      'rationale',
      bare,
      'Every decision that needs a reason has one',
      `${many(bare, 'decision', 'decisions')} without a reason`,
    ),
    check(
      'coverage',
      gaps === null ? gapDays : 0,
      gapDays === 0
        ? 'Every day of the period is complete'
        : `${many(gapDays, 'day', 'days')} not provably whole, acknowledged`,
      `${many(gapDays, 'day is', 'days are')} not provably whole: acknowledge ${gapDays === 1 ? 'it' : 'them'} with a reason`,
    ),
    check(
      'exceptions',
      unowned,
      'Every open exception has an owner and a due date',
      `${many(unowned, 'open exception has', 'open exceptions have')} no nature, owner or due date`,
    ),
    // What comes late for a signed review is an addendum’s; before, it may be taken in by starting anew.
    check(
      'late',
      0,
      late === 0
        ? 'No entry arrived late'
        : `${many(late, 'entry', 'entries')} arrived late: ${isSigned ? 'open an addendum' : 'an addendum can take them in'}`,
      '',
    ),
    check(
      'people',
      people ? 0 : 1,
      'Preparer and reviewer are different people',
      'Preparer and reviewer are the same person',
    ),
  ];
}

function check(id: SignCheck['id'], left: number, well: string, not: string): SignCheck {
  return { id, ok: left === 0, sentence: left === 0 ? well : not, left };
}

function many(n: number, one: string, more: string): string {
  return `${n} ${n === 1 ? one : more}`;
}
