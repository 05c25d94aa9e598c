import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { fail, ok, type Result } from '../../shared/errors.ts';
import type { CommonOptions } from './common-options.ts';
import type { Terminal } from './terminal.ts';

/** The passphrase: first line of `--passphrase-file`, else `LOGBOOK_PASSPHRASE`, else asked for on a terminal. */
export async function readPassphrase(
  options: CommonOptions,
  terminal: Terminal,
  repeat = false,
): Promise<Result<string>> {
  if (options.passphraseFile !== undefined) return readFirstLine(options.passphraseFile, terminal, 'passphrase');
  const fromEnv = terminal.env.LOGBOOK_PASSPHRASE;
  if (fromEnv) return ok(fromEnv);
  const typed = await terminal.askSecret('Passphrase');
  if (!typed)
    return fail(
      'bad_input',
      'No passphrase was given.',
      'Use --passphrase-file FILE or LOGBOOK_PASSPHRASE, or run it on a terminal.',
    );
  if (repeat && (await terminal.askSecret('Passphrase, once more')) !== typed) {
    return fail('bad_input', 'The two passphrases differ.', 'Run it again and type the same one twice.');
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
