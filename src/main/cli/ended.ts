import { setImmediate as breath } from 'node:timers/promises';
import { type Failure, failure } from '../../shared/errors.ts';
import type { Answer, Outcome } from './answer.ts';
import { EXIT, exitCodeOf } from './exit-code.ts';
import type { Terminal } from './terminal.ts';

/** How a command line ended. */
export type Ended =
  | { readonly kind: 'outcome'; readonly asJson: boolean; readonly outcome: Outcome }
  | { readonly kind: 'help'; readonly text: string }
  /** The line was not understood; `help` is shown instead of the message where there is nothing better to say. */
  | { readonly kind: 'usage'; readonly message: string; readonly help?: string }
  | { readonly kind: 'fault'; readonly stack: string | null }
  /** The command has printed everything itself. */
  | { readonly kind: 'exit'; readonly code: number };

const FAULT = failure(
  'unexpected',
  'Something unexpected went wrong.',
  'Run again with --debug and report what it prints.',
);

export function exitOf(ended: Ended): number {
  if (ended.kind === 'help') return EXIT.done;
  if (ended.kind === 'exit') return ended.code;
  const failed = failureOf(ended);
  return failed === null ? EXIT.done : exitCodeOf(failed.code);
}

/** What went wrong, null where nothing did. */
export function failureOf(ended: Ended): Failure | null {
  if (ended.kind === 'outcome') return ended.outcome.result.ok ? null : ended.outcome.result.error;
  if (ended.kind === 'fault') return FAULT;
  if (ended.kind !== 'usage') return null;
  return failure('bad_input', ended.message, 'logbook --help shows every command, COMMAND --help its flags.');
}

/** What was answered or, before a failure, achieved. */
export function answerOf(ended: Ended): Answer | null {
  if (ended.kind !== 'outcome') return null;
  const { result, achieved } = ended.outcome;
  return result.ok ? result.value : (achieved ?? null);
}

export function jsonOf(answer: Answer): string {
  return answer.jsonText ?? JSON.stringify(answer.json);
}

/** One line: what failed, on what, what to do next. */
export function errorLine(f: Failure): string {
  return `logbook: ${f.message} ${f.hint}`.replace(/\s*\n\s*/g, ' ');
}

/** Notes that an answer has been written out. Where its reader has gone away, the process ends before that. */
export async function notePrinted(
  printed: NonNullable<Answer['printed']>,
  terminal: Pick<Terminal, 'err'>,
): Promise<void> {
  await breath();
  const noted = await printed();
  if (!noted.ok) terminal.err(`${errorLine(noted.error)}\n`);
}
