import type { Output } from '../../src/shared/contract.ts';
import type { Result } from '../../src/shared/errors.ts';
import type { FakeOptions } from './fake-bridge.ts';

/**
 * What the main process answers about seals, in memory, on top of the fake bridge. Put into a page as text, so it reaches
 * for nothing outside itself. `fake.broken` makes the next verification find something; it waits for `fake.verified()`.
 */
export function installFakeIntegrity({ now }: FakeOptions): void {
  type Verified = Output<'integrity.verify'>;
  const page = window as unknown as {
    logbook: Record<string, (input: never) => Promise<Result<unknown>>>;
    fake: { broken?: boolean; verified?: () => void; emit: (event: string, payload: unknown) => void };
  };
  let verified: Verified | null = null;
  let end: ((result: Result<Verified>) => void) | null = null;
  const sound = { at: now, found: 0, entries: 12_345, days: 81, messages: [] };
  page.logbook.integrityGet = async () => ({
    ok: true,
    value: {
      head: { hash: 'c4'.repeat(32), day: '2026-10-13', sealedDays: 81, fingerprint: 'bf'.repeat(32) },
      verified,
    },
  });
  page.logbook.integritySettings = async () => ({ ok: true, value: { verifyDays: 7, copies: null } });
  page.logbook.integrityVerify = () => {
    page.fake.emit('task.progress', { done: 20, total: 100, note: '2026-08-01' });
    return new Promise((resolve) => {
      end = resolve;
    });
  };
  page.fake.verified = () => {
    const message = 'The entry log_7 of 2026-08-01 is not as it was sealed: its bytes have been altered.';
    verified = page.fake.broken ? { ...sound, found: 1, messages: [{ what: 'altered', message }] } : sound;
    end?.({ ok: true, value: verified });
  };
  const cancelTask = page.logbook.taskCancel!;
  page.logbook.taskCancel = (input: never) => {
    const error = {
      code: 'cancelled',
      message: 'The verification was cancelled.',
      hint: 'Start it again to know.',
      retryable: false,
    } as const;
    end?.({ ok: false, error });
    return cancelTask(input);
  };
}
