import type { Command } from 'commander';
import { fail } from '../../shared/errors.ts';
import { type Outcome, outcome } from './answer.ts';
import { type CreateOptions, create, type OpenOptions, openIntoFolder, verifyBundle } from './commands/bundle.ts';
import type { CommonOptions } from './common-options.ts';
import { withFilterOptions } from './filter-options.ts';
import type { Terminal } from './terminal.ts';

type Run<O> = (options: O, positional: readonly string[]) => Outcome | Promise<Outcome>;

const PASSPHRASE_FLAG = '--bundle-passphrase-file <file>';
const collect = (value: string, earlier: readonly string[] = []): readonly string[] => [...earlier, value];

/** What stands after `logbook bundle`: evidence for somebody outside. `add` makes a command, `on` lets it run. */
export function addBundleCommands(
  bundle: Command,
  add: (name: string, description: string, parent: Command) => Command,
  on: <O extends CommonOptions>(command: Command, run: Run<O>) => Command,
  terminal: Terminal,
): void {
  bundle.enablePositionalOptions();
  on(bundle, () =>
    outcome(fail('bad_input', 'Nothing was asked of bundle.', 'logbook bundle --help shows what it does.')),
  );
  on<CreateOptions>(
    withFilterOptions(
      add('create [query...]', 'writes the matching entries with all that proves them as one encrypted file', bundle),
    )
      .requiredOption('--out <file>', 'file to write (by convention NAME.age); it appears whole or not at all')
      .option('--recipient <key>', 'public key of age (age1…) that may open it (may be repeated)', collect)
      .option(PASSPHRASE_FLAG, 'file whose first line opens it (else LOGBOOK_BUNDLE_PASSPHRASE, else asked)')
      .option('--pseudonymise', 'names, e-mail addresses and IP addresses become tokens')
      .option('--report <file>', 'a report that goes with it (may be repeated)', collect),
    async (options, query) => outcome(await create(query.join(' '), options, terminal)),
  );
  const reading = (name: string, description: string): Command =>
    add(`${name} <file>`, description, bundle)
      .option(PASSPHRASE_FLAG, 'file whose first line opens it (else LOGBOOK_BUNDLE_PASSPHRASE, else asked)')
      .option('--identity <file>', 'file with the private key of age that opens it (may be repeated)', collect)
      .option('--key <hex>', 'the archive’s public key or its fingerprint, from elsewhere')
      .option('--against <head>', 'a head written down elsewhere, or a file of them (may be repeated)', collect);
  on<OpenOptions>(
    reading('open', 'decrypts a bundle into a folder of its parts').requiredOption('--out <dir>', 'a new folder'),
    (options, [file = '']) => openIntoFolder(file, options, terminal),
  );
  on<OpenOptions>(reading('verify', 'checks a bundle from its bytes up; needs no archive'), (options, [file = '']) =>
    verifyBundle(file, options, terminal),
  );
}
