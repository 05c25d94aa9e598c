import { ok, type Result } from '../../shared/errors.ts';
import { keyStatus } from '../core/archive/keys.ts';
import { openReader, openWriter, peekArchive, unlockArchive } from '../core/archive/open.ts';
import type { ArchiveReader } from '../core/archive/reader.ts';
import type { ArchiveWriter } from '../core/archive/writer.ts';
import type { Clock } from '../core/ports.ts';
import { systemRandom } from '../system-ports.ts';
import { archiveDir, type CommonOptions } from './common-options.ts';
import { readPassphrase } from './secrets.ts';
import type { Terminal } from './terminal.ts';

/** A reader for the length of a command; `release` closes it, unless a batch keeps it warm. */
export type Lease = { readonly reader: ArchiveReader; release(): void };

/** An archive whose passphrase was right. */
export type Unlocked = { readonly dir: string; readonly key: Uint8Array; readonly passphrase: string };

/** Opens the archive of a command for reading, with the passphrase from wherever it comes. */
export async function openForReading(options: CommonOptions, terminal: Terminal): Promise<Result<Lease>> {
  const unlocked = await unlock(options, terminal);
  return unlocked.ok ? readUnlocked(unlocked.value, terminal) : unlocked;
}

/** The same, of an archive that is unlocked already. */
export function readUnlocked({ dir, key }: Unlocked, terminal: Terminal): Result<Lease> {
  const { warm } = terminal;
  const held = warm?.reader(dir, key);
  if (held) return ok({ reader: held, release: () => undefined });
  // A command by itself asks once: what it reads need not be kept.
  const reader = openReader(dir, key, warm ? 'present' : 'moment');
  if (!reader.ok) return reader;
  warm?.keepReader(dir, key, reader.value);
  return ok({ reader: reader.value, release: () => (warm ? undefined : reader.value.close()) });
}

/** Opens it for writing; `in_use` where another writer holds it. */
export async function openForWriting(
  options: CommonOptions,
  terminal: Terminal,
  clock: Clock,
): Promise<Result<ArchiveWriter>> {
  const unlocked = await unlock(options, terminal);
  return unlocked.ok ? openWriter(unlocked.value.dir, unlocked.value.key, { clock, random: systemRandom }) : unlocked;
}

/** Unlocks the archive of a command with its passphrase. */
export async function unlock(options: CommonOptions, terminal: Terminal): Promise<Result<Unlocked>> {
  const dir = archiveDir(options, terminal);
  if (!dir.ok) return dir;
  // A folder that is no archive is told apart before anybody is asked for a passphrase.
  const known = peekArchive(dir.value);
  if (!known.ok) return known;
  const passphrase = await readPassphrase(options, terminal);
  if (!passphrase.ok) return passphrase;
  const held = terminal.warm?.key(dir.value, passphrase.value);
  if (held) return ok({ dir: dir.value, key: held, passphrase: passphrase.value });
  const key = await unlockArchive(dir.value, { passphrase: passphrase.value });
  if (!key.ok) return key;
  terminal.warm?.keepKey(dir.value, passphrase.value, key.value);
  warnOfUnseenCode(dir.value, terminal);
  return ok({ dir: dir.value, key: key.value, passphrase: passphrase.value });
}

function warnOfUnseenCode(dir: string, terminal: Terminal): void {
  const status = keyStatus(dir);
  if (status.ok && status.value.recoveryCodeNotShown) {
    terminal.err(
      'Nobody has seen the present recovery code: what made it was cut off before it was shown. Make a new one with logbook key new-recovery-code.\n',
    );
  }
}
