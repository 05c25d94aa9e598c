import { fail, type Result } from '../../../../shared/errors.ts';
import type { Verification } from '../../../../shared/integrity.ts';
import { parseVerified, type Verified } from '../../../../shared/integrity-contract.ts';
import { NEWEST_SCHEMA, schemaVersion } from '../migrate.ts';
import { type ArchivePorts, openWriter } from '../open.ts';
import { openForReading } from '../read-only-medium.ts';
import type { ArchiveReader } from '../reader.ts';

/** Name of the setting in which an archive keeps how its last verification ended. */
export const VERIFIED_SETTING = 'verified';
const TOLD = 50;

/** What is kept of a verification. `at` in milliseconds UTC; `against` heads from elsewhere were given. */
export function verifiedOf(verification: Verification, at: number, against = 0): Verified {
  const { found, entries, days, seals, head, problems } = verification;
  const messages = problems.slice(0, TOLD).map(({ what, message }) => ({ what, message }));
  return { at, found, entries, days, messages, chain: { seals, head: head?.hash ?? null, against } };
}

/** Keeps how a verification ended, where the archive can be written and is of the newest form; else nothing happens. */
export function keepVerification(dir: string, key: Uint8Array, verified: Verified, ports: ArchivePorts): void {
  const db = openForReading(dir, key);
  if (!db.ok) return;
  const version = schemaVersion(db.value);
  db.value.close();
  if (!version.ok || version.value !== NEWEST_SCHEMA) return;
  const writer = openWriter(dir, key, ports);
  if (!writer.ok) return;
  writer.value.setSetting(VERIFIED_SETTING, JSON.stringify(verified));
  writer.value.close();
}

/** Refuses where the last verification found something: nothing leaves an archive as if it were whole. */
export function heldIfBroken(reader: Pick<ArchiveReader, 'setting'>): Extract<Result<never>, { ok: false }> | null {
  const verified = parseVerified(reader.setting(VERIFIED_SETTING));
  if (verified === null || verified.found === 0) return null;
  return fail(
    'integrity',
    'The last verification found that the archive is not as it was sealed: exports, reports and bundles are held.',
    'logbook verify names what is wrong. Restore a sound copy, or verify again.',
  );
}
