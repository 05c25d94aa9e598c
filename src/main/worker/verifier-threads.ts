import { availableParallelism } from 'node:os';
import { ok, type Result } from '../../shared/errors.ts';
import type { VerifyHelper } from '../core/archive/integrity/verify-helper.ts';
import type { SharesFound } from '../core/archive/integrity/verify-shares.ts';
import type { VerifierCalls } from './integrity-calls.ts';
import { startThread } from './thread-client.ts';

// Beyond these, reading the file is what takes the time.
const MOST_HELPERS = 3;

// What a verification holds at a time is a day and some blocks; collected early, the rest does not pile up.
const MEMORY_MIB = 512;

/**
 * Starts threads that take their parts of the verification of an archive, one for each processor that has nothing to do with it yet, up
 * to three; `script` is that of the threads. Those that do not start are done without.
 */
export async function startVerifiers(
  script: string,
  dir: string,
  key: Uint8Array,
  count = Math.max(1, Math.min(MOST_HELPERS, availableParallelism() - 1)),
): Promise<Result<VerifyHelper>> {
  const started = await Promise.all(Array.from({ length: count }, () => startVerifier(script, dir, key)));
  const helpers = started.flatMap((one) => (one.ok ? [one.value] : []));
  const [first] = helpers;
  if (first === undefined) return started[0] as Result<VerifyHelper>;
  return ok({
    begin: () => beginAtOnce(helpers),
    file: () => first.file(),
    days: async (shares) => putTogether(await Promise.all(helpers.map((one) => one.days(shares)))),
    close: async () => void (await Promise.all(helpers.map((one) => one.close()))),
  });
}

async function startVerifier(script: string, dir: string, key: Uint8Array): Promise<Result<VerifyHelper>> {
  const thread = await startThread<VerifierCalls>(script, { role: 'verifier', dir, key }, MEMORY_MIB);
  if (!thread.ok) return thread;
  const { call, close } = thread.value;
  return ok({
    begin: () => call('beginVerifying', null),
    file: () => call('verifyFile', null),
    days: (shares) => call('verifyDays', shares),
    close,
  });
}

// A name that no moment has where they do not look at the same one: whoever asks has them begin again.
async function beginAtOnce(helpers: readonly VerifyHelper[]): Promise<Result<string>> {
  const moments = await Promise.all(helpers.map((one) => one.begin()));
  const failed = moments.find((one) => !one.ok);
  if (failed !== undefined) return failed;
  const names = new Set(moments.flatMap((one) => (one.ok ? [one.value] : [])));
  return ok(names.size === 1 ? [...names].join('') : '');
}

// The days of one that failed on the way are missing here, and are checked by whoever gave them out.
function putTogether(parts: readonly Result<SharesFound>[]): Result<SharesFound> {
  const found = parts.flatMap((part) => (part.ok ? [part.value] : []));
  return ok({
    days: found.flatMap((part) => part.days),
    seen: found.flatMap((part) => part.seen),
    broken: [...new Set(found.flatMap((part) => part.broken))],
  });
}
