import { fail, type Result } from '../../../shared/errors.ts';
import { parseVerified, type Verified } from '../../../shared/integrity-contract.ts';
import { VERIFIED_SETTING as SETTING } from '../../core/archive/integrity/last-verification.ts';
import type { Session } from './open-session.ts';

// What was found since an archive was opened: one that is only read keeps nothing, and a sync keeps one waiting.
const found = new WeakMap<Session, Verified>();

/** How it was verified since it was opened; for what reads the archive itself, and may not find it kept there. */
export function verifiedHere(session: Session): Verified | undefined {
  return found.get(session);
}

/** How the last verification of an archive ended; null where there was none. */
export async function lastVerified(session: Session): Promise<Verified | null> {
  const here = found.get(session);
  if (here !== undefined) return here;
  const kept = await session.reader.call('setting', { name: SETTING });
  return kept.ok ? parseVerified(kept.value) : null;
}

/** Keeps how a verification ended, in the archive itself where it can be written. */
export function keepVerified(session: Session, verified: Verified): void {
  found.set(session, verified);
  const writer = session.writer();
  if (writer.ok) void writer.value.call('setSetting', { name: SETTING, value: JSON.stringify(verified) });
}

/** Refuses where the last verification found something: nothing leaves an archive as if it were whole. */
export async function refuseIfBroken(session: Session): Promise<Extract<Result<never>, { ok: false }> | null> {
  const verified = await lastVerified(session);
  if (verified === null || verified.found === 0) return null;
  return fail(
    'integrity',
    'The archive is not as it was sealed: exports and reports are held.',
    'The Archive screen names what is wrong. Restore a sound copy, or verify again.',
  );
}
