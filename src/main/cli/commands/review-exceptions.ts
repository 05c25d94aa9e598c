import { fail, ok, type Result } from '../../../shared/errors.ts';
import { EXTENTS, RETEST_RESULTS } from '../../../shared/review.ts';
import type { ReviewAct } from '../../core/review/acts.ts';
import { type Answer, printable } from '../answer.ts';
import type { CommonOptions } from '../common-options.ts';
import { jsonForm } from '../json-form.ts';
import { writingReviews } from '../review-session.ts';
import type { Terminal } from '../terminal.ts';
import { listExceptions, wholeNumber } from './review-read.ts';

export type ExceptionOptions = CommonOptions & {
  readonly by?: string;
  readonly raise?: string;
  readonly item?: readonly string[];
  readonly nature?: string;
  readonly cause?: string;
  readonly extent?: string;
  readonly remediation?: string;
  readonly owner?: string;
  readonly due?: string;
  readonly control?: string;
  readonly ticket?: string;
  readonly retest?: string;
  readonly note?: string;
  readonly close?: string;
  readonly reopen?: string;
};

/** `logbook review exception [ID]`: lists, raises (a review's id), or says more (an exception's id). */
export function exception(id: string | null, options: ExceptionOptions, terminal: Terminal): Promise<Result<Answer>> {
  const acts = exceptionActs(id ?? '', options);
  if (!acts.ok) return Promise.resolve(acts);
  if (acts.value.length === 0) return listExceptions(id, options, terminal);
  return writingReviews(options, terminal, ({ act, identity, reviews, now }) => {
    if (options.by === undefined) return fail('bad_input', 'Somebody says this.', 'Add --by with an identity.');
    const by = identity(options.by);
    if (!by.ok) return by;
    let about = id ?? '';
    for (const what of acts.value) {
      const done = act({ ...what, by: by.value } as ReviewAct);
      if (!done.ok) return done;
      if (what.kind === 'raise') about = `X-${done.value.line}`;
    }
    const one = reviews.exception(about, now);
    return ok({ json: jsonForm(one), text: `${about} is ${one?.status}: ${printable(one?.nature ?? '')}` });
  });
}

type WithoutBy<T> = T extends unknown ? Omit<T, 'by'> : never;

function exceptionActs(id: string, options: ExceptionOptions): Result<WithoutBy<ReviewAct>[]> {
  const { nature, cause, remediation, owner, due, control, ticket } = options;
  const extent = EXTENTS.find((one) => one === options.extent);
  if (options.extent !== undefined && extent === undefined)
    return fail('bad_input', `--extent “${options.extent}” is not known.`, `Write ${EXTENTS.join(', ')}.`);
  const result = RETEST_RESULTS.find((one) => one === options.retest);
  if (options.retest !== undefined && result === undefined)
    return fail('bad_input', `--retest “${options.retest}” is not known.`, `Write ${RETEST_RESULTS.join(', ')}.`);
  const items = numbersOf(options.item);
  if (!items.ok) return items;
  const said = Object.fromEntries(
    Object.entries({ nature, cause, extent, remediation, owner, due, control, ticket }).filter(
      ([, value]) => value !== undefined,
    ),
  );
  const acts: WithoutBy<ReviewAct>[] = [];
  if (options.raise !== undefined) {
    const blank = { cause: '', extent: 'unknown', remediation: '', owner: null, due: null, control: null, ticket: '' };
    const fields = { ...blank, ...said, nature: options.raise } as Extract<ReviewAct, { kind: 'raise' }>['fields'];
    return ok([{ kind: 'raise', id, items: items.value, fields }]);
  }
  if (Object.keys(said).length > 0) acts.push({ kind: 'update', id, fields: said });
  if (result !== undefined) acts.push({ kind: 'retest', id, result, note: options.note ?? '' });
  if (options.close !== undefined) acts.push({ kind: 'close', id, reason: options.close });
  if (options.reopen !== undefined) acts.push({ kind: 'reopen', id, reason: options.reopen });
  return ok(acts);
}

/** Items as they are counted on the command line, from 1. */
export function numbersOf(given: readonly string[] | undefined): Result<number[]> {
  const numbers: number[] = [];
  for (const text of given ?? []) {
    const number = wholeNumber('item', text);
    if (!number.ok) return number;
    if (number.value === 0) return fail('bad_input', 'Items are counted from 1.', 'Look at logbook review items.');
    numbers.push(number.value - 1);
  }
  return ok(numbers);
}
