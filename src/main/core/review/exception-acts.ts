import { fail, ok, type Result } from '../../../shared/errors.ts';
import { isDay } from '../../../shared/instant.ts';
import type { RetestResult } from '../../../shared/review.ts';
import type { ExceptionFields } from '../../../shared/review-schema.ts';
import type { NewJournalLine } from '../archive/journal.ts';
import { type Acting, actorOf, exceptionToChange, openReview } from './acting.ts';
import { reasonLine } from './decide.ts';
import { exceptionState } from './exception-state.ts';
import { REVIEW_LINES, type ReviewBody, reviewLine } from './review-lines.ts';
import { runsOf } from './runs.ts';

type Line = Result<NewJournalLine>;
type Some = ReviewBody<typeof REVIEW_LINES.updated>['fields'];

/** Raises an exception about items, or about none in particular. It says at least what is wrong. */
export function raiseLine(
  acting: Acting,
  id: string,
  by: string,
  items: readonly number[],
  fields: ExceptionFields,
): Line {
  const review = openReview(acting.book, id);
  if (!review.ok) return review;
  const actor = actorOf(acting, by);
  if (!actor.ok) return actor;
  if (fields.nature.trim() === '')
    return fail('bad_input', 'An exception says what is wrong.', 'Describe it in a sentence.');
  const outside = items.find((n) => n >= review.value.started.population.count);
  if (outside !== undefined) return fail('bad_input', `There is no item ${outside + 1}.`, 'Look at the worksheet.');
  const due = checkDue(fields);
  if (!due.ok) return due;
  return ok(reviewLine(REVIEW_LINES.raised, id, actor.value, { identity: by, items: runsOf(items), fields }));
}

/** Says more of an exception. `bad_input` where it is closed or withdrawn. */
export function updateLine(acting: Acting, id: string, by: string, fields: Some): Line {
  const found = openException(acting, id);
  if (!found.ok) return found;
  const actor = actorOf(acting, by);
  if (!actor.ok) return actor;
  const due = checkDue(fields);
  if (!due.ok) return due;
  return ok(reviewLine(REVIEW_LINES.updated, id, actor.value, { identity: by, fields }));
}

/** Writes down how a re-test ended. */
export function retestLine(acting: Acting, id: string, by: string, result: RetestResult, note: string): Line {
  const found = openException(acting, id);
  if (!found.ok) return found;
  const actor = actorOf(acting, by);
  if (!actor.ok) return actor;
  if (result !== 'passed' && note.trim() === '')
    return fail('bad_input', 'A re-test that did not pass says why.', 'Describe it in a sentence.');
  return ok(reviewLine(REVIEW_LINES.retested, id, actor.value, { identity: by, result, note: note.trim() }));
}

/** Closes an exception. `bad_input` before cause, remediation and a re-test that was passed or not needed. */
export function closeLine(acting: Acting, id: string, by: string, reason: string): Line {
  const found = openException(acting, id);
  if (!found.ok) return found;
  const { fields, retest } = found.value;
  const missing = [
    ...(fields.cause === '' ? ['its cause'] : []),
    ...(fields.remediation === '' ? ['its remediation'] : []),
    ...(retest === null || retest.result === 'failed' ? ['a re-test that passed'] : []),
  ];
  if (missing.length > 0)
    return fail('bad_input', `${id} cannot be closed: ${missing.join(', ')} is not there.`, 'Write that down first.');
  return reasonLine(acting, REVIEW_LINES.closed, id, by, reason);
}

/** Opens a closed exception again. */
export function reopenLine(acting: Acting, id: string, by: string, reason: string): Line {
  const found = exceptionToChange(acting.book, id);
  if (!found.ok) return found;
  if (exceptionState(acting.book, found.value.exception).status !== 'closed')
    return fail('bad_input', `${id} is not closed.`, 'Nothing is to be done.');
  return reasonLine(acting, REVIEW_LINES.reopened, id, by, reason);
}

function openException(acting: Acting, id: string) {
  const found = exceptionToChange(acting.book, id);
  if (!found.ok) return found;
  const { status } = exceptionState(acting.book, found.value.exception);
  return status === 'open'
    ? ok(found.value.exception)
    : fail(
        'bad_input',
        `${id} is ${status}.`,
        status === 'closed' ? 'Open it again first.' : 'The decision it came from was taken back.',
      );
}

function checkDue({ due }: Some): Result<void> {
  return due === undefined || due === null || isDay(due)
    ? ok(undefined)
    : fail('bad_input', `“${due}” is not a date.`, 'Write it as 2026-01-31.');
}
