import type { Command } from 'commander';
import { type Outcome, outcome } from './answer.ts';
import { head, headTo, seal, type VerifyOptions, verify } from './commands/integrity.ts';
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
  on<CommonOptions & { readonly to?: string }>(
    add('head', 'prints the newest seal, to be written down elsewhere').option(
      '--to <path>',
      'writes the heads to this file or folder too, now and at every seal; off ends it',
    ),
    async (options) =>
      outcome(options.to === undefined ? await head(options, terminal) : await headTo(options.to, options, terminal)),
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
