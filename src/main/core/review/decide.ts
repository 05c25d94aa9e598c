import { fail, ok, type Result } from '../../../shared/errors.ts';
import { NEEDS_RATIONALE, type ReviewVerdict, VERDICT_WORDS, VERDICTS_OF } from '../../../shared/review.ts';
import type { Chosen } from '../../../shared/review-contract.ts';
import { fold } from '../../../shared/text.ts';
import type { NewJournalLine } from '../archive/journal.ts';
import { type Acting, actorOf, openReview } from './acting.ts';
import { drawSample } from './draw-sample.ts';
import { FrozenList } from './frozen-list.ts';
import { wholeOf } from './progress.ts';
import type { KeptIdentity, KeptReview } from './review-book.ts';
import { REVIEW_LINES, reviewLine } from './review-lines.ts';
import { isIn, itemsIn, runsOf } from './runs.ts';

export type Saying = {
  readonly id: string;
  readonly by: string;
  readonly verdict: ReviewVerdict;
  readonly rationale: string;
  readonly evidence: string;
  readonly ticket: string;
};

type Line = Result<NewJournalLine>;

/**
 * The line that decides items, and how many. `bad_input` for a decision that does not belong to the review's kind, lacks its
 * rationale or names items outside its scope; `forbidden` where the review is frozen, or the access is one's own.
 */
export function decisionLine(
  acting: Acting,
  chosen: Chosen,
  saying: Saying,
): Result<{ readonly line: NewJournalLine; readonly changed: number }> {
  const { id, verdict } = saying;
  const review = openReview(acting.book, id);
  if (!review.ok) return review;
  const actor = actorOf(acting, saying.by);
  if (!actor.ok) return actor;
  const { kind } = review.value.started;
  if (!VERDICTS_OF[kind].includes(verdict))
    return fail(
      'bad_input',
      `“${VERDICT_WORDS[verdict]}” is not decided of ${kind === 'events' ? 'events' : 'access'}.`,
      `Choose ${VERDICTS_OF[kind].map((one) => VERDICT_WORDS[one].toLowerCase()).join(', ')}.`,
    );
  const rationale = saying.rationale.trim();
  if (NEEDS_RATIONALE.has(verdict) && rationale === '')
    return fail('bad_input', `“${VERDICT_WORDS[verdict]}” gives its reason.`, 'Say in a few words why.');
  const items = itemsToDecide(acting, review.value, actor.value.identity, chosen);
  if (!items.ok) return items;
  const { evidence, ticket } = saying;
  return ok({
    changed: items.value.length,
    line: reviewLine(REVIEW_LINES.decided, id, actor.value, {
      identity: saying.by,
      items: runsOf(items.value),
      verdict,
      rationale,
      evidence: evidence.trim(),
      ticket: ticket.trim(),
    }),
  });
}

/** Takes a decision back. `not_found` where the line decided nothing here, `bad_input` where it was taken back already. */
export function undoLine(acting: Acting, id: string, by: string, line: number): Line {
  const review = openReview(acting.book, id);
  if (!review.ok) return review;
  const actor = actorOf(acting, by);
  if (!actor.ok) return actor;
  const decided = review.value.decisions.line(line);
  if (decided === null) return fail('not_found', `Line ${line} decided nothing in ${id}.`, 'Look at its history.');
  if (decided.undone)
    return fail('bad_input', `The decision of line ${line} was taken back already.`, 'Nothing is to be done.');
  return ok(reviewLine(REVIEW_LINES.undone, id, actor.value, { identity: by, line }));
}

/**
 * Draws a sample, reading every id of the population; `size` 0 goes back to all of it. `bad_input` where it is not smaller
 * than the population, or one was drawn before and no reason is given.
 */
export function sampleLine(
  acting: Acting,
  id: string,
  {
    by,
    size,
    seed,
    reason,
  }: { readonly by: string; readonly size: number; readonly seed: string; readonly reason: string },
): Line {
  const review = openReview(acting.book, id);
  if (!review.ok) return review;
  const actor = actorOf(acting, by);
  if (!actor.ok) return actor;
  const { population } = review.value.started;
  if (review.value.sample !== null && reason.trim() === '')
    return fail('bad_input', 'A sample that is drawn again gives its reason.', 'Say why the first one does not do.');
  if (size >= population.count)
    return fail(
      'bad_input',
      `The population has ${population.count} items: a sample is smaller.`,
      'Decide the whole population, or draw fewer.',
    );
  const list = new FrozenList(acting.reader, population);
  const drawn = size === 0 ? null : drawSample(ids(list), population.sha256, seed, size);
  return ok(
    reviewLine(REVIEW_LINES.sampled, id, actor.value, {
      identity: by,
      method: 'sha256-rank/1',
      seed,
      size: drawn?.size ?? 0,
      sha256: drawn?.sha256 ?? '',
      chosen: drawn?.chosen ?? null,
      reason: reason.trim(),
    }),
  );
}

/** Says why the days that are not provably whole do not keep the review from being signed. */
export function gapsLine(acting: Acting, id: string, by: string, reason: string): Line {
  const review = openReview(acting.book, id);
  if (!review.ok) return review;
  return reasonLine(acting, REVIEW_LINES.gaps, id, by, reason);
}

/** Gives a review up. What was signed cannot be. */
export function abandonLine(acting: Acting, id: string, by: string, reason: string): Line {
  const review = openReview(acting.book, id);
  if (!review.ok) return review;
  return reasonLine(acting, REVIEW_LINES.abandoned, id, by, reason);
}

/** A line that says no more than who and why. `bad_input` without a reason. */
export function reasonLine(
  acting: Acting,
  kind:
    | typeof REVIEW_LINES.gaps
    | typeof REVIEW_LINES.abandoned
    | typeof REVIEW_LINES.givenBack
    | typeof REVIEW_LINES.closed
    | typeof REVIEW_LINES.reopened
    | typeof REVIEW_LINES.retired,
  subject: string,
  by: string,
  reason: string,
): Line {
  const actor = actorOf(acting, by);
  if (!actor.ok) return actor;
  if (reason.trim() === '') return fail('bad_input', 'This gives its reason.', 'Say in a few words why.');
  return ok(reviewLine(kind, subject, actor.value, { identity: by, reason: reason.trim() }));
}

function itemsToDecide(
  acting: Acting,
  review: KeptReview,
  identity: KeptIdentity,
  chosen: Chosen,
): Result<readonly number[]> {
  const { started, chosen: inSample, decisions } = review;
  const { count } = started.population;
  const isOwn = ownAccess(acting, review, identity);
  if (chosen.kind === 'items') {
    const outside = chosen.items.find((n) => n >= count || (inSample !== null && !isIn(inSample, n)));
    if (outside !== undefined)
      return fail(
        'bad_input',
        outside >= count
          ? `There is no item ${outside + 1}: the population has ${count}.`
          : `Item ${outside + 1} is not in the sample.`,
        'Decide items of the worksheet.',
      );
    const own = chosen.items.find(isOwn);
    if (own !== undefined)
      return fail(
        'forbidden',
        `Item ${own + 1} is the access of ${identity.name}: nobody decides their own.`,
        'Let somebody else decide it.',
      );
    return ok(chosen.items);
  }
  const open: number[] = [];
  let own = 0;
  for (const n of itemsIn(inSample ?? wholeOf(count))) {
    if (decisions.isDecided(n)) continue;
    if (isOwn(n)) own++;
    else open.push(n);
  }
  if (open.length > 0) return ok(open);
  return own > 0
    ? fail(
        'forbidden',
        `What is left is the access of ${identity.name}: nobody decides their own.`,
        'Let somebody else decide it.',
      )
    : fail('bad_input', 'Every item is decided already.', 'Nothing is left to be done.');
}

function ownAccess({ reader }: Acting, { started }: KeptReview, identity: KeptIdentity): (n: number) => boolean {
  if (started.kind === 'events') return () => false;
  const list = new FrozenList(reader, started.population);
  return (n) => {
    const person = list.at(n)?.access?.person;
    if (!person) return false;
    // Somebody the log knows by name alone is told by the name.
    return person.email === null
      ? person.name !== null && fold(person.name) === fold(identity.name)
      : fold(person.email) === fold(identity.email);
  };
}

function* ids(list: FrozenList): IterableIterator<string> {
  for (const { id } of list.all()) yield id;
}
