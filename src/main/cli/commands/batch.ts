import { performance } from 'node:perf_hooks';
import { split } from 'shlex';
import type { CommonOptions } from '../common-options.ts';
import { answerOf, type Ended, exitOf, failureOf, notePrinted } from '../ended.ts';
import { EXIT } from '../exit-code.ts';
import { linesOf } from '../lines.ts';
import type { Terminal } from '../terminal.ts';
import { warmArchives } from '../warm-archives.ts';

/** Runs one command line and says how it ended, printing no answer. */
export type RunCommand = (argv: readonly string[], terminal: Terminal) => Promise<Ended>;

/**
 * `logbook batch`: commands from standard input, one a line as typed after `logbook`, in this process with the archive kept
 * open. A line of JSON each: what the command prints with --json, with `ms` and `exit` added. Options of the batch are what
 * a line takes where it says nothing. Returns the batch's own exit code.
 */
export async function batch(options: CommonOptions, terminal: Terminal, run: RunCommand): Promise<number> {
  const { json: _json, ...defaults } = options;
  const { env, cwd, resourcesDir, kdfCost, signal, err } = terminal;
  const typed = await askAhead(options, terminal);
  const warm = warmArchives();
  const lineTerminal: Terminal = {
    env,
    cwd,
    resourcesDir,
    ...(kdfCost ? { kdfCost } : {}),
    signal,
    err,
    out: err,
    interactive: false,
    // Standard input holds the commands: whoever is to be asked was asked before.
    askSecret: async (question) => (question === 'Passphrase' ? typed : null),
    warm,
    defaults,
  };
  try {
    for await (const line of linesOf(terminal.input?.() ?? noInput())) {
      if (signal.aborted) break;
      const text = line.trim();
      if (text === '' || text.startsWith('#')) continue;
      const started = performance.now();
      const ended = await runLine(text, lineTerminal, run);
      terminal.out(`${documentOf(ended, performance.now() - started)}\n`);
      const printed = answerOf(ended)?.printed;
      if (printed) await notePrinted(printed, terminal);
    }
    return signal.aborted ? EXIT.cancelled : EXIT.done;
  } finally {
    warm.close();
  }
}

async function runLine(text: string, terminal: Terminal, run: RunCommand): Promise<Ended> {
  let argv: string[];
  try {
    argv = split(text);
  } catch {
    return { kind: 'usage', message: 'The line has a quotation that is not closed.' };
  }
  return run(argv, terminal);
}

/** The command's JSON with the failure, `exit` and `ms` (milliseconds, to the microsecond) added. */
function documentOf(ended: Ended, ms: number): string {
  const answer = answerOf(ended);
  const failed = failureOf(ended);
  const added = {
    ...(ended.kind === 'help' ? { help: ended.text } : {}),
    ...(failed ? { error: { code: failed.code, message: failed.message, hint: failed.hint } } : {}),
    exit: exitOf(ended),
    ms: Math.round(ms * 1000) / 1000,
  };
  // Raw entries are never parsed and written anew, so the members are joined as text.
  if (answer?.jsonText !== undefined)
    return `${answer.jsonText.trimEnd().slice(0, -1)},${JSON.stringify(added).slice(1)}`;
  return answer ? JSON.stringify({ ...(answer.json as object), ...added }) : JSON.stringify(added);
}

async function askAhead(options: CommonOptions, terminal: Terminal): Promise<string | null> {
  const known = options.passphraseFile !== undefined || terminal.env.LOGBOOK_PASSPHRASE;
  return known || options.archive === undefined ? null : terminal.askSecret('Passphrase');
}

async function* noInput(): AsyncGenerator<string> {}
