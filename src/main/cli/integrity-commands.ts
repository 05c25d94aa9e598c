import type { Command } from 'commander';
import { fail, type Result } from '../../shared/errors.ts';
import { type Answer, type Outcome, outcome } from './answer.ts';
import { headStamp } from './commands/head-stamp.ts';
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
  on<HeadOptions>(
    add('head', 'prints the newest seal, to be written down elsewhere')
      .option('--to <path>', 'writes the heads to this file or folder too, now and at every seal; off ends it')
      .option(
        '--stamp <url>',
        'has heads stamped by this time-stamp authority (RFC 3161), now and at every seal; off ends it',
      )
      .option('--stamp-ca <file>', 'with --stamp: PEM of the root certificate that the authority’s has to lead to'),
    async (options) => outcome(await headOf(options, terminal)),
  );
  on<VerifyOptions>(
    add('verify', 'recomputes everything: proves that nothing was altered, removed or cut off')
      .option(
        '--against <head>',
        'a head written down elsewhere: a hash, a line of a heads.log, or a file of them (may be repeated)',
        (value: string, earlier: readonly string[] = []) => [...earlier, value],
      )
      .option('--stamp-ca <file>', 'PEM of root certificates of time-stamp authorities that you trust'),
    (options) => verify(options, terminal),
  );
}

type HeadOptions = CommonOptions & { readonly to?: string; readonly stamp?: string; readonly stampCa?: string };

function headOf({ to, stamp, stampCa, ...options }: HeadOptions, terminal: Terminal): Promise<Result<Answer>> {
  if (to !== undefined && stamp !== undefined)
    return Promise.resolve(fail('bad_input', '--to and --stamp are two things.', 'Give one after the other.'));
  if (stampCa !== undefined && stamp === undefined)
    return Promise.resolve(fail('bad_input', '--stamp-ca goes with --stamp.', 'Give the authority’s address with it.'));
  if (stamp !== undefined) return headStamp({ ...options, stamp, ...(stampCa !== undefined && { stampCa }) }, terminal);
  return to === undefined ? head(options, terminal) : headTo(to, options, terminal);
}
