import { resolve } from 'node:path';
import type { Command } from 'commander';
import { fail, ok, type Result } from '../../shared/errors.ts';
import { isZone } from '../../shared/instant.ts';
import type { Clock } from '../core/ports.ts';
import { movingClock, standingClock, systemClock } from '../system-ports.ts';
import type { Terminal } from './terminal.ts';

/** Options every command takes, as commander hands them over. */
export type CommonOptions = {
  readonly archive?: string;
  readonly passphraseFile?: string;
  readonly json?: boolean;
  readonly now?: string;
  readonly tz?: string;
  readonly debug?: boolean;
};

/** Adds the options every command has. */
export function withCommonOptions(command: Command): Command {
  return command
    .option('--archive <dir>', 'the archive, a directory (by convention NAME.logbook)')
    .option('--passphrase-file <file>', 'file whose first line is the passphrase (else LOGBOOK_PASSPHRASE, else asked)')
    .option('--json', 'one JSON document on standard output and nothing else there')
    .option('--now <iso>', 'sets the clock, for tests and reproducible reports')
    .option('--tz <zone>', 'zone of day boundaries and office hours (default: the archive’s setting)')
    .option('--debug', 'shows the stack of an unexpected fault');
}

/** The archive directory, absolute. */
export function archiveDir(options: CommonOptions, terminal: Terminal): Result<string> {
  return options.archive
    ? ok(resolve(terminal.cwd, options.archive))
    : fail('bad_input', 'No archive was named.', 'Add --archive DIR.');
}

/** The clock of a command: `--now` stands still where results must repeat, and runs on where time has to pass. */
export function clockOf(options: CommonOptions, kind: 'standing' | 'moving' = 'standing'): Result<Clock> {
  if (options.now === undefined) return ok(systemClock);
  const ms = Date.parse(options.now);
  if (Number.isNaN(ms))
    return fail('bad_input', `--now “${options.now}” is not an instant.`, 'Write it as 2026-10-15T12:00:00Z.');
  return ok(kind === 'standing' ? standingClock(ms) : movingClock(ms));
}

/** The zone asked for, else the archive's. */
export function zoneOf(options: CommonOptions, archiveZone: string): Result<string> {
  if (options.tz === undefined) return ok(archiveZone);
  return isZone(options.tz)
    ? ok(options.tz)
    : fail('bad_input', `--tz “${options.tz}” is not a time zone.`, 'Use a name such as UTC or Europe/Lisbon.');
}
