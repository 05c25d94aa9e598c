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
  let stampedBy: Output<'integrity.stamping'>['by'] = null;
  let end: ((result: Result<Verified>) => void) | null = null;
  const sound = { at: now, found: 0, entries: 12_345, days: 81, messages: [], chain: null };
  page.logbook.integrityGet = async () => ({
    ok: true,
    value: {
      head: { hash: 'c4'.repeat(32), day: '2026-10-13', sealedDays: 81, fingerprint: 'bf'.repeat(32) },
      verified,
      stamp: { at: now, authority: 'Example Time Authority', trusted: true, isNewest: true },
    },
  });
  page.logbook.integrityDays = async () => ({ ok: true, value: ['2026-10-12', '2026-10-13'] });
  page.logbook.integritySettings = async () => ({ ok: true, value: { verifyDays: 7, copies: null } });
  page.logbook.integrityStamping = async () => ({ ok: true, value: { by: stampedBy } });
  page.logbook.integrityStampBy = async ({ url, withRoot }: { url: string; withRoot: boolean }) => {
    if (!url.startsWith('https://')) {
      const message = 'The address of the time-stamp authority cannot be read.';
      const error = {
        code: 'bad_input',
        message,
        hint: 'Give it as its operator writes it.',
        retryable: false,
      } as const;
      return { ok: false, error };
    }
    const failed = 'The time-stamp authority tsa.example could not be asked: it refuses connections.';
    stampedBy = { url, root: withRoot ? 'Example Root' : null, at: now, failed: withRoot ? null : failed };
    return { ok: true, value: {} };
  };
  page.logbook.integrityStampByNobody = async () => {
    stampedBy = null;
    return { ok: true, value: {} };
  };
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
