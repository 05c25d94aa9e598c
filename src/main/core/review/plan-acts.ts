import { fail, ok, type Result } from '../../../shared/errors.ts';
import type { NewJournalLine } from '../archive/journal.ts';
import type { Acting } from './acting.ts';
import { plansOf } from './plans.ts';
import { REVIEW_LINES, type ReviewBody, reviewLine } from './review-lines.ts';

/** The line that makes a plan (`id` null) or changes one; its id. `bad_input` where the filter holds dates. */
export function planLine(
  { book, reader, now }: Acting,
  id: string | null,
  plan: ReviewBody<typeof REVIEW_LINES.plan>,
  by: string,
): Result<{ readonly id: string; readonly line: NewJournalLine }> {
  if (by.trim() === '' || plan.name.trim() === '')
    return fail('bad_input', 'A plan has a name, and names who made it.', 'Give both.');
  const { from, to, last } = plan.filter;
  if (from !== undefined || to !== undefined || last !== undefined)
    return fail('bad_input', 'A plan’s period follows from its calendar.', 'Take the dates out of the query.');
  const known = plansOf(book, reader.info().createdAt).map((one) => one.plan.id);
  if (id !== null && !known.includes(id))
    return fail('not_found', `There is no plan ${id}.`, `There are ${known.join(', ')}.`);
  const named = id ?? freeId(plan.name, new Set(known));
  return ok({ id: named, line: reviewLine(REVIEW_LINES.plan, named, { by: by.trim(), at: now }, plan) });
}

function freeId(name: string, taken: ReadonlySet<string>): string {
  const base =
    name
      .normalize('NFKD')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 40) || 'plan';
  let id = base;
  for (let n = 2; taken.has(id); n++) id = `${base}-${n}`;
  return id;
}
