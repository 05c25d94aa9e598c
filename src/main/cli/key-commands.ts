import type { Command } from 'commander';
import { fail } from '../../shared/errors.ts';
import { type Outcome, outcome } from './answer.ts';
import { newCode, rekey, reveal, setPassphrase, showKeyStatus } from './commands/key.ts';
import type { CommonOptions } from './common-options.ts';
import type { Terminal } from './terminal.ts';

type PassphraseOptions = CommonOptions & { readonly newPassphraseFile?: string; readonly recoveryCodeFile?: string };
type RevealOptions = CommonOptions & { readonly reveal?: boolean; readonly yes?: boolean };

/** What stands after `logbook key`. `add` makes a command with the options all have, `on` lets it run. */
export function addKeyCommands(
  key: Command,
  add: (name: string, description: string, parent: Command) => Command,
  on: <O extends CommonOptions>(command: Command, run: (options: O) => Outcome | Promise<Outcome>) => Command,
  terminal: Terminal,
): void {
  // Options before the inner command are `key`'s, those after it its own.
  key.enablePositionalOptions().option('--reveal', 'the same as: key reveal --yes');
  on<RevealOptions>(key, async (options) =>
    outcome(
      options.reveal
        ? await reveal({ ...options, yes: true }, terminal)
        : fail('bad_input', 'Nothing was asked of key.', 'logbook key --help shows what it does.'),
    ),
  );
  on(add('status', 'which ways to the data key there are; needs no passphrase', key), (options) =>
    outcome(showKeyStatus(options, terminal)),
  );
  on<PassphraseOptions>(
    add('change-passphrase', 'sets a new passphrase; the recovery code stays valid', key)
      .option(
        '--new-passphrase-file <file>',
        'file whose first line is the new passphrase (else LOGBOOK_NEW_PASSPHRASE, else asked)',
      )
      .option('--recovery-code-file <file>', 'opens with the recovery code in this file instead of the old passphrase'),
    async (options) => outcome(await setPassphrase(options, terminal)),
  );
  on(add('new-recovery-code', 'makes a new recovery code and prints it, once', key), async (options) =>
    outcome(await newCode(options, terminal)),
  );
  on(add('rekey', 'gives the archive a new data key: everything is encrypted anew', key), async (options) =>
    outcome(await rekey(options, terminal)),
  );
  on<RevealOptions>(
    add('reveal', 'prints the raw data key, to open the database in SQLCipher 4', key).option(
      '--yes',
      'yes, whoever sees it can read the archive',
    ),
    async (options) => outcome(await reveal(options, terminal)),
  );
}
