import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { fail, ok, type Result } from '../../shared/errors.ts';
import type { CommonOptions } from './common-options.ts';
import type { Terminal } from './terminal.ts';

const ADVISED_LENGTH = 12;

/** The passphrase: first line of `--passphrase-file`, else `LOGBOOK_PASSPHRASE`, else asked for on a terminal. */
export function readPassphrase(options: CommonOptions, terminal: Terminal, repeat = false): Promise<Result<string>> {
  return readSecret(
    {
      file: options.passphraseFile,
      variable: 'LOGBOOK_PASSPHRASE',
      flag: '--passphrase-file',
      what: 'passphrase',
      repeat,
    },
    terminal,
  );
}

/** The new passphrase: `--new-passphrase-file`, else `LOGBOOK_NEW_PASSPHRASE`, else asked for, twice. */
export function readNewPassphrase(
  options: { readonly newPassphraseFile?: string },
  terminal: Terminal,
): Promise<Result<string>> {
  return readSecret(
    {
      file: options.newPassphraseFile,
      variable: 'LOGBOOK_NEW_PASSPHRASE',
      flag: '--new-passphrase-file',
      what: 'new passphrase',
      repeat: true,
    },
    terminal,
  );
}

/** The passphrase of an evidence bundle: `--bundle-passphrase-file`, else `LOGBOOK_BUNDLE_PASSPHRASE`, else asked for. */
export function readBundlePassphrase(
  options: { readonly bundlePassphraseFile?: string },
  terminal: Terminal,
  repeat: boolean,
): Promise<Result<string>> {
  return readSecret(
    {
      file: options.bundlePassphraseFile,
      variable: 'LOGBOOK_BUNDLE_PASSPHRASE',
      flag: '--bundle-passphrase-file',
      what: 'passphrase of the bundle',
      repeat,
    },
    terminal,
  );
}

/** The PIN of an identity: `--pin-file`, else `LOGBOOK_PIN`, else asked for, twice where it is a new one. */
export function readPin(
  options: { readonly pinFile?: string },
  terminal: Terminal,
  repeat = false,
): Promise<Result<string>> {
  return readSecret(
    { file: options.pinFile, variable: 'LOGBOOK_PIN', flag: '--pin-file', what: 'PIN', repeat },
    terminal,
  );
}

/** The new PIN: `--new-pin-file`, else `LOGBOOK_NEW_PIN`, else asked for, twice. */
export function readNewPin(options: { readonly newPinFile?: string }, terminal: Terminal): Promise<Result<string>> {
  return readSecret(
    { file: options.newPinFile, variable: 'LOGBOOK_NEW_PIN', flag: '--new-pin-file', what: 'new PIN', repeat: true },
    terminal,
  );
}

/** Says so where a passphrase was chosen that is easily guessed; it is taken all the same. */
export function warnOfShortPassphrase(passphrase: string, terminal: Terminal): void {
  if (passphrase.length < ADVISED_LENGTH)
    terminal.err(`The passphrase is short; ${ADVISED_LENGTH} characters or more are safer. It was set all the same.\n`);
}

async function readSecret(
  from: { file: string | undefined; variable: string; flag: string; what: string; repeat: boolean },
  terminal: Terminal,
): Promise<Result<string>> {
  const { file, variable, flag, what, repeat } = from;
  if (file !== undefined) return readFirstLine(file, terminal, what);
  const fromEnv = terminal.env[variable];
  if (fromEnv) return ok(fromEnv);
  const name = `${what[0]?.toUpperCase()}${what.slice(1)}`;
  const typed = await terminal.askSecret(name);
  if (!typed)
    return fail('bad_input', `No ${what} was given.`, `Use ${flag} FILE or ${variable}, or run it on a terminal.`);
  if (repeat && (await terminal.askSecret(`${name}, once more`)) !== typed) {
    return fail(
      'bad_input',
      `The two ${what === 'PIN' || what === 'new PIN' ? 'PINs' : 'passphrases'} differ.`,
      'Run it again and type the same one twice.',
    );
  }
  return ok(typed);
}

/** The first line of a file that holds a secret. The file's content never appears in an error. */
export function readFirstLine(file: string, terminal: Terminal, what: string): Result<string> {
  try {
    const line =
      readFileSync(resolve(terminal.cwd, file), 'utf8')
        .replace(/^\uFEFF/, '')
        .split(/\r?\n/, 1)[0] ?? '';
    return line === ''
      ? fail('bad_input', `The ${what} file ${basename(file)} is empty.`, `Put the ${what} on its first line.`)
      : ok(line);
  } catch {
    return fail('bad_input', `The ${what} file ${file} cannot be read.`, 'Check its name and permissions.');
  }
}
