import { ok, type Result } from '../../shared/errors.ts';
import type { VerifyHelper } from '../core/archive/integrity/verify-helper.ts';
import type { VerifierCalls } from './integrity-calls.ts';
import { startThread } from './thread-client.ts';

/** Starts a thread that takes a part of the verification of an archive; `script` is that of the threads. */
export async function startVerifier(script: string, dir: string, key: Uint8Array): Promise<Result<VerifyHelper>> {
  const thread = await startThread<VerifierCalls>(script, { role: 'verifier', dir, key });
  if (!thread.ok) return thread;
  const { call, close } = thread.value;
  return ok({
    begin: () => call('beginVerifying', null),
    file: () => call('verifyFile', null),
    days: (shares) => call('verifyDays', shares),
    close,
  });
}
