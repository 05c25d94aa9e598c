import { fail, type Result } from '../../shared/errors.ts';
import type { Verification } from '../../shared/integrity.ts';
import type { Verified } from '../../shared/integrity-contract.ts';
import { keepVerification, verifiedOf } from '../core/archive/integrity/last-verification.ts';
import type { VerifyOptions } from '../core/archive/integrity/verify.ts';
import { parseEntry } from '../core/jetty/parse-entry.ts';
import type { Clock } from '../core/ports.ts';
import { verifyWithReviews } from '../core/review/verify-reviews.ts';
import { systemRandom } from '../system-ports.ts';
import { startVerifiers } from '../worker/verifier-threads.ts';
import { grouped } from './answer.ts';
import type { Unlocked } from './open-archive.ts';

/**
 * Verifies everything, and keeps how that ended where the archive can be written. `threads`: the script of the threads,
 * where there is one.
 */
export async function verifyNow(
  { dir, key }: Unlocked,
  clock: Clock,
  { threads, ...options }: Omit<VerifyOptions, 'parse' | 'helper'> & { readonly threads: string | undefined },
): Promise<Result<{ readonly verification: Verification; readonly kept: Verified }>> {
  const helper = threads === undefined ? {} : { helper: () => startVerifiers(threads, dir, key) };
  const verified = await verifyWithReviews(dir, key, { ...options, ...helper, parse: parseEntry });
  if (!verified.ok) return verified;
  const kept = verifiedOf(verified.value, clock.now(), options.against?.length ?? 0);
  keepVerification(dir, key, kept, { clock, random: systemRandom });
  return { ok: true, value: { verification: verified.value, kept } };
}

export function notAsSealed(found: number): Extract<Result<never>, { ok: false }> {
  return fail(
    'integrity',
    `The archive is not as it was sealed: ${found === 1 ? 'one problem' : `${grouped(found)} problems`}.`,
    'Keep this copy for examination, and compare it with a backup: logbook verify --against HEAD.',
  );
}
