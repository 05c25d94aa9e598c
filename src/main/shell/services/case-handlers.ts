import { CASE_METHODS } from '../../../shared/case-contract.ts';
import { fail } from '../../../shared/errors.ts';
import type { Handlers } from '../context.ts';

type Methods = keyof typeof CASE_METHODS;

/** Investigations: until a method is there it says so. */
export function caseHandlers(): Pick<Handlers, Methods> {
  const notYet = async () =>
    fail('unexpected', 'Investigations cannot be kept yet.', 'They come with the next version of Logbook.');
  return Object.fromEntries(Object.keys(CASE_METHODS).map((name) => [name, notYet])) as unknown as Pick<
    Handlers,
    Methods
  >;
}
