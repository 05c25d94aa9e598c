import { fail, ok, type Result } from '../../shared/errors.ts';
import { actOnCase, type CaseAct, type CaseActed } from '../core/investigation/case-acts.ts';
import { CaseBook } from '../core/investigation/case-book.ts';
import type { Answer } from './answer.ts';
import type { CommonOptions } from './common-options.ts';
import type { Terminal } from './terminal.ts';
import { type WritingSession, withWriter } from './writing-session.ts';

export type By = CommonOptions & { readonly by: string };

/** An archive open for a command that writes down something of a case. */
export type Writing = WritingSession & {
  readonly book: CaseBook;
  act(what: CaseAct): Result<CaseActed>;
};

export function writing<T>(
  options: CommonOptions,
  terminal: Terminal,
  work: (writing: Writing) => Result<T> | Promise<Result<T>>,
): Promise<Result<T>> {
  return withWriter(options, terminal, (session) => {
    const book = new CaseBook();
    return work({ ...session, book, act: (what) => actOnCase(session.writer, book, what, session.now) });
  });
}

export function toldOf(id: string, done: Result<CaseActed>): Result<Answer> {
  return done.ok ? told(id, done.value.line) : done;
}

export function told(id: string, line: number | null): Result<Answer> {
  return ok({ json: { id, line }, text: line === null ? 'Nothing changed.' : `Line ${line} of ${id} says so.` });
}

export function instantOf(flag: string, text: string | undefined): Result<number | undefined> {
  if (text === undefined) return ok(undefined);
  const ms = Date.parse(text);
  return Number.isNaN(ms)
    ? fail('bad_input', `--${flag} “${text}” is not an instant.`, 'Write it as 2026-10-15T12:00:00Z.')
    : ok(ms);
}

export function unknown(flag: string, given: string, known: readonly string[]): Extract<Result<never>, { ok: false }> {
  return fail('bad_input', `--${flag} “${given}” is not known.`, `Write ${known.join(', ')}.`);
}
