import { ok, type Result } from '../../shared/errors.ts';
import { openReader, openWriter, peekArchive, unlockArchive } from '../core/archive/open.ts';
import type { ArchiveReader } from '../core/archive/reader.ts';
import type { ArchiveWriter } from '../core/archive/writer.ts';
import type { Clock } from '../core/ports.ts';
import { systemRandom } from '../system-ports.ts';
import { archiveDir, type CommonOptions } from './common-options.ts';
import { readPassphrase } from './secrets.ts';
import type { Terminal } from './terminal.ts';

/** Opens the archive of a command for reading, with the passphrase from wherever it comes. */
export async function openForReading(options: CommonOptions, terminal: Terminal): Promise<Result<ArchiveReader>> {
  const unlocked = await unlock(options, terminal);
  return unlocked.ok ? openReader(unlocked.value.dir, unlocked.value.key) : unlocked;
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

async function unlock(options: CommonOptions, terminal: Terminal): Promise<Result<{ dir: string; key: Uint8Array }>> {
  const dir = archiveDir(options, terminal);
  if (!dir.ok) return dir;
  // A folder that is no archive is told apart before anybody is asked for a passphrase.
  const known = peekArchive(dir.value);
  if (!known.ok) return known;
  const passphrase = await readPassphrase(options, terminal);
  if (!passphrase.ok) return passphrase;
  const key = await unlockArchive(dir.value, { passphrase: passphrase.value });
  return key.ok ? ok({ dir: dir.value, key: key.value }) : key;
}
