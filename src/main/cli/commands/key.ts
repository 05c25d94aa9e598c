import { fail, ok, type Result } from '../../../shared/errors.ts';
import {
  changePassphrase,
  confirmRecoveryCode,
  keyStatus,
  replaceRecoveryCode,
  sqlcipherKeyPragma,
} from '../../core/archive/keys.ts';
import { type ArchivePorts, unlockArchive } from '../../core/archive/open.ts';
import { rekeyArchive } from '../../core/archive/rekey.ts';
import { systemRandom } from '../../system-ports.ts';
import { type Answer, columns } from '../answer.ts';
import { archiveDir, type CommonOptions, clockOf } from '../common-options.ts';
import { unlock } from '../open-archive.ts';
import { readFirstLine, readNewPassphrase, warnOfShortPassphrase } from '../secrets.ts';
import type { Terminal } from '../terminal.ts';

const KEEP_IT = [
  'Print it or write it down, and keep it away from this machine. It opens the archive when the passphrase is lost;',
  'it is shown this once and kept nowhere. The code before it opens nothing any more.',
];

/** `logbook key status`: which ways to the data key there are. Needs no passphrase. */
export function showKeyStatus(options: CommonOptions, terminal: Terminal): Result<Answer> {
  const dir = archiveDir(options, terminal);
  if (!dir.ok) return dir;
  const status = keyStatus(dir.value);
  if (!status.ok) return status;
  const { keyId, wraps, rekeyPending, recoveryCodeNotShown } = status.value;
  return ok({
    json: {
      archive: dir.value,
      key_id: keyId,
      wraps,
      rekey_pending: rekeyPending,
      recovery_code_not_shown: recoveryCodeNotShown,
    },
    text: [
      columns(wraps.map((wrap) => [wrap.kind, wrap.created ?? 'date unknown', wrap.method])),
      ...(rekeyPending ? ['The data key is being changed, or that was cut off; the next opening settles it.'] : []),
      ...(recoveryCodeNotShown
        ? ['Nobody has seen the present recovery code: make a new one with logbook key new-recovery-code.']
        : []),
    ].join('\n'),
  });
}

/** `logbook key change-passphrase`: by the present passphrase, or by the recovery code where that is lost. */
export async function setPassphrase(
  options: CommonOptions & { readonly newPassphraseFile?: string; readonly recoveryCodeFile?: string },
  terminal: Terminal,
): Promise<Result<Answer>> {
  const opened = await unlockEither(options, terminal);
  if (!opened.ok) return opened;
  const ports = portsOf(options, terminal);
  if (!ports.ok) return ports;
  const passphrase = await readNewPassphrase(options, terminal);
  if (!passphrase.ok) return passphrase;
  const { dir, key } = opened.value;
  const changed = await changePassphrase(dir, key, passphrase.value, ports.value);
  if (!changed.ok) return changed;
  terminal.warm?.forget(dir);
  warnOfShortPassphrase(passphrase.value, terminal);
  return ok({ json: { changed: true }, text: 'The passphrase was changed. The recovery code stays as it is.' });
}

/** `logbook key new-recovery-code`: printed once; the one before opens nothing any more. */
export async function newCode(options: CommonOptions, terminal: Terminal): Promise<Result<Answer>> {
  const opened = await unlock(options, terminal);
  if (!opened.ok) return opened;
  const ports = portsOf(options, terminal);
  if (!ports.ok) return ports;
  const code = await replaceRecoveryCode(opened.value.dir, opened.value.key, ports.value);
  if (!code.ok) return code;
  return ok({
    printed: () => confirmRecoveryCode(opened.value.dir, code.value),
    json: { recovery_code: code.value },
    text: ['', `  Recovery code   ${code.value}`, '', ...KEEP_IT].join('\n'),
  });
}

/** `logbook key rekey`: a new data key, the whole archive encrypted anew. */
export async function rekey(options: CommonOptions, terminal: Terminal): Promise<Result<Answer>> {
  const opened = await unlock(options, terminal);
  if (!opened.ok) return opened;
  const ports = portsOf(options, terminal);
  if (!ports.ok) return ports;
  const { dir, passphrase } = opened.value;
  // A batch's own reader would be somebody who has the archive open.
  terminal.warm?.forget(dir);
  const done = await rekeyArchive(dir, passphrase, ports.value, {
    ...(terminal.interactive ? { onStep: (step) => terminal.err(`${step} …\n`) } : {}),
  });
  if (!done.ok) return done;
  const { recoveryCode, dropped } = done.value;
  if (dropped.length > 0)
    terminal.err(
      'The keychain could not be given the new key from here: unlock with the passphrase, and add it again.\n',
    );
  return ok({
    printed: () => confirmRecoveryCode(dir, recoveryCode),
    json: { rekeyed: true, recovery_code: recoveryCode, dropped },
    text: [
      'The archive has a new data key; the passphrase is as before.',
      '',
      `  Recovery code   ${recoveryCode}`,
      '',
      ...KEEP_IT,
      'Backups made before are under the old key, and open with the old recovery code or the passphrase of then.',
    ].join('\n'),
  });
}

/** `logbook key reveal`: the raw data key, to open the database in SQLCipher 4. */
export async function reveal(
  options: CommonOptions & { readonly yes?: boolean },
  terminal: Terminal,
): Promise<Result<Answer>> {
  if (!options.yes) {
    return fail(
      'bad_input',
      'The raw data key opens the archive without any passphrase, for whoever sees it.',
      'Add --yes to have it shown.',
    );
  }
  const opened = await unlock(options, terminal);
  if (!opened.ok) return opened;
  const hex = Buffer.from(opened.value.key).toString('hex');
  const pragmas = [sqlcipherKeyPragma(opened.value.key)];
  terminal.err(
    'Warning: whoever has this key can read the archive without the passphrase. Keep it out of files, shell histories and messages; logbook key rekey makes it worthless.\n',
  );
  return ok({
    json: { key: hex, database: 'entries.db', format: 'SQLCipher 4, default settings', pragmas },
    text: [hex, '', 'In SQLCipher 4, on entries.db of the archive, before anything else:', ...pragmas].join('\n'),
  });
}

async function unlockEither(
  options: CommonOptions & { readonly recoveryCodeFile?: string },
  terminal: Terminal,
): Promise<Result<{ dir: string; key: Uint8Array }>> {
  if (options.recoveryCodeFile === undefined) return unlock(options, terminal);
  const dir = archiveDir(options, terminal);
  if (!dir.ok) return dir;
  const recoveryCode = readFirstLine(options.recoveryCodeFile, terminal, 'recovery code');
  if (!recoveryCode.ok) return recoveryCode;
  const key = await unlockArchive(dir.value, { recoveryCode: recoveryCode.value });
  return key.ok ? ok({ dir: dir.value, key: key.value }) : key;
}

function portsOf(options: CommonOptions, terminal: Terminal): Result<ArchivePorts> {
  const clock = clockOf(options);
  if (!clock.ok) return clock;
  return ok({ clock: clock.value, random: systemRandom, ...(terminal.kdfCost ? { kdfCost: terminal.kdfCost } : {}) });
}
