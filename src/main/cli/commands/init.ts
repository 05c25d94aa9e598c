import { basename } from 'node:path';
import { ok, type Result } from '../../../shared/errors.ts';
import { createArchive } from '../../core/archive/open.ts';
import { systemRandom } from '../../system-ports.ts';
import type { Answer } from '../answer.ts';
import { archiveDir, type CommonOptions, clockOf, zoneOf } from '../common-options.ts';
import { readPassphrase, warnOfShortPassphrase } from '../secrets.ts';
import type { Terminal } from '../terminal.ts';

export type InitOptions = CommonOptions & { readonly name?: string };

/** `logbook init`: creates an archive and prints its recovery code, once. */
export async function init(options: InitOptions, terminal: Terminal): Promise<Result<Answer>> {
  const dir = archiveDir(options, terminal);
  if (!dir.ok) return dir;
  const clock = clockOf(options);
  if (!clock.ok) return clock;
  const zone = zoneOf(options, 'UTC');
  if (!zone.ok) return zone;
  const passphrase = await readPassphrase(options, terminal, true);
  if (!passphrase.ok) return passphrase;
  const name = options.name ?? basename(dir.value).replace(/\.logbook$/, '');
  const created = await createArchive(
    dir.value,
    { name, passphrase: passphrase.value, zone: zone.value },
    { clock: clock.value, random: systemRandom, ...(terminal.kdfCost ? { kdfCost: terminal.kdfCost } : {}) },
  );
  if (!created.ok) return created;
  created.value.writer.close();
  warnOfShortPassphrase(passphrase.value, terminal);
  return ok({
    json: {
      archive: dir.value,
      created: true,
      created_at: new Date(clock.value.now()).toISOString(),
      recovery_code: created.value.recoveryCode,
    },
    text: [
      `Created ${dir.value}`,
      '',
      `  Recovery code   ${created.value.recoveryCode}`,
      '',
      'Print it or write it down, and keep it away from this machine. It opens the archive when the passphrase is lost;',
      'it is shown this once and kept nowhere.',
    ].join('\n'),
  });
}
