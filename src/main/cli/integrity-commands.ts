import type { Command } from 'commander';
import { type Outcome, outcome } from './answer.ts';
import { head, seal, type VerifyOptions, verify } from './commands/integrity.ts';
import type { CommonOptions } from './common-options.ts';
import type { Terminal } from './terminal.ts';

type Run<O> = (options: O, positional: readonly string[]) => Outcome | Promise<Outcome>;

/** What proves that nothing was altered, removed or cut off. `add` makes a command, `on` lets it run. */
export function addIntegrityCommands(
  add: (name: string, description: string) => Command,
  on: <O extends CommonOptions>(command: Command, run: Run<O>) => Command,
  terminal: Terminal,
): void {
  on(add('seal', 'seals the finished days that are not sealed yet'), (options) => seal(options, terminal));
  on(add('head', 'prints the newest seal, to be written down elsewhere'), async (options) =>
    outcome(await head(options, terminal)),
  );
  on<VerifyOptions>(
    add('verify', 'recomputes everything: proves that nothing was altered, removed or cut off').option(
      '--against <head>',
      'a head written down elsewhere: a hash, a line of a heads.log, or a file of them (may be repeated)',
      (value: string, earlier: readonly string[] = []) => [...earlier, value],
    ),
    (options) => verify(options, terminal),
  );
}
