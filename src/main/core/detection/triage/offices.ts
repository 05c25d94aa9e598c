import { fail, ok, type Result } from '../../../../shared/errors.ts';
import { type Office, officeProblem } from '../../../../shared/office.ts';
import { type DecisionWriter, lineOf } from './decide.ts';
import { KINDS } from './register.ts';

/**
 * Writes down all offices there are from now on; none is the default again. `bad_input` where nobody is named or an office
 * cannot be used.
 */
export function setOffices(
  writer: DecisionWriter,
  offices: readonly Office[],
  word: { readonly by: string; readonly at: number },
): Result<void> {
  if (word.by.trim() === '') return fail('bad_input', 'A change of offices names who made it.', 'Give your name.');
  if (new Set(offices.map((office) => office.id)).size !== offices.length)
    return fail('bad_input', 'Two of the offices are the same.', 'Remove one of them.');
  for (const office of offices) {
    const problem = officeProblem(office, offices);
    if (problem)
      return fail('bad_input', `${office.name || 'An office'}: ${problem.message}`, 'Correct it and try again.');
  }
  const tidy = offices.map((office) => ({
    ...office,
    name: office.name.trim(),
    weekdays: [...new Set(office.weekdays)].sort((a, b) => a - b),
    holidays: office.holidays.toSorted((a, b) => (a.date < b.date ? -1 : 1)),
  }));
  const line = lineOf(KINDS.offices, 'offices', { ...word, reason: '' }, { offices: tidy });
  const written = writer.appendJournal([line]);
  return written.ok ? ok(undefined) : written;
}
