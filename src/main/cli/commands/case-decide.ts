import { REMEDIES, type Remedy, SCOPE_KINDS, type ScopeKind } from '../../../shared/case.ts';
import { CASE_METHODS } from '../../../shared/case-contract.ts';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import { placesOfArchive } from '../../core/geo/shipped-places.ts';
import type { CaseAct } from '../../core/investigation/case-acts.ts';
import { remediesOfCase, scopeOfCase } from '../../core/investigation/case-scope.ts';
import { caseOf } from '../../core/investigation/read-cases.ts';
import { type Answer, printable } from '../answer.ts';
import { type By, told, unknown, writing } from '../case-session.ts';
import { archiveDir } from '../common-options.ts';
import type { Terminal } from '../terminal.ts';

export type DecideOptions = By & {
  readonly as: string;
  readonly kind?: string;
  readonly remedy?: string;
  readonly note?: string;
};

const OF_THINGS = ['accepted', 'rejected', 'undecided'] as const;
const OF_REMEDIES = ['by_hand', 'not_needed', 'undecided'] as const;

/** What can be said with `--as`: of a thing in scope, or of a remedy. */
export const DECISIONS = [...new Set([...OF_THINGS, ...OF_REMEDIES])];

type Named = { readonly kind: ScopeKind; readonly value: string };
type Wanted = { readonly kind: ScopeKind | undefined; readonly value: string; readonly remedy: Remedy | undefined };

/**
 * `logbook case decide CASE VALUE`: says of a thing whether it is in scope, or with `--remedy` of what should follow for
 * it. Only of what `case scope` or `case check` lists, or of what was decided before: a slip of the pen decides nothing.
 */
export async function decideInCase(
  id: string,
  value: string,
  options: DecideOptions,
  terminal: Terminal,
): Promise<Result<Answer>> {
  const kind = SCOPE_KINDS.find((one) => one === options.kind);
  const remedy = REMEDIES.find((one) => one === options.remedy);
  const { by, note = '' } = options;
  if (options.kind !== undefined && kind === undefined) return unknown('kind', options.kind, SCOPE_KINDS);
  if (options.remedy !== undefined && remedy === undefined) return unknown('remedy', options.remedy, REMEDIES);
  const known: readonly string[] = remedy === undefined ? OF_THINGS : OF_REMEDIES;
  if (!known.includes(options.as)) return unknown('as', options.as, known);
  const verdict = options.as === 'undecided' ? null : options.as;
  if (remedy !== undefined && verdict !== null && note.trim() === '')
    return fail('bad_input', 'The log cannot tell why.', 'Say with --note how it is known, or why it is not needed.');
  const dir = archiveDir(options, terminal);
  if (!dir.ok) return dir;
  const places = placesOfArchive(dir.value);
  return writing(options, terminal, ({ writer, book, act }) => {
    const state = caseOf(book.refresh(writer), id);
    if (!state.ok) return state;
    const listed: readonly Named[] =
      remedy === undefined
        ? [...scopeOfCase(writer, places, state.value, null).scope.things, ...state.value.things]
        : [
            ...remediesOfCase(writer, places, state.value).flatMap((one) => (one.remedy === remedy ? one.thing : [])),
            ...state.value.remedies.filter((one) => one.remedy === remedy),
          ];
    const found = theOne(listed, { kind, value, remedy }, id);
    if (!found.ok) return found;
    const what = actOf({ id, by, ...found.value }, verdict, remedy, note);
    if (!what.ok) return what;
    const done = act(what.value);
    if (!done.ok) return done;
    return told(id, done.value.line);
  });
}

function actOf(
  thing: Named & { readonly id: string; readonly by: string },
  verdict: string | null,
  remedy: Remedy | undefined,
  note: string,
): Result<CaseAct> {
  if (remedy === undefined) {
    const said = CASE_METHODS['cases.decideThing'].input.safeParse({ ...thing, verdict });
    if (said.success) return ok({ do: 'decideThing', ...said.data });
  } else {
    const said = CASE_METHODS['cases.decideRemedy'].input.safeParse({ ...thing, remedy, verdict, note });
    if (said.success) return ok({ do: 'decideRemedy', ...said.data });
  }
  return fail('bad_input', 'That cannot be said.', 'A name has at most 120 characters, a note 20,000.');
}

/** The thing of that value, whose kind need only be given where the value alone does not tell. */
function theOne(listed: readonly Named[], { kind, value, remedy }: Wanted, id: string): Result<Named> {
  const named = listed.filter((one) => one.value === value && (kind === undefined || one.kind === kind));
  const kinds = [...new Set(named.map((one) => one.kind))];
  const [only] = kinds;
  if (only === undefined)
    return fail(
      'not_found',
      remedy === undefined
        ? `“${printable(value)}” is not in the scope of ${id}.`
        : `${id} asks for no ${remedy} of “${printable(value)}”.`,
      `Take the value from “logbook case ${remedy === undefined ? 'scope' : 'check'} ${id} --json”.`,
    );
  return kinds.length === 1
    ? ok({ kind: only, value })
    : fail('bad_input', `“${printable(value)}” is of several kinds.`, `Add --kind ${kinds.join(' or ')}.`);
}
