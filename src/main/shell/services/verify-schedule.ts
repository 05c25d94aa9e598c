import { verifiedOf } from '../../core/archive/integrity/last-verification.ts';
import type { Clock } from '../../core/ports.ts';
import type { ServiceContext } from '../context.ts';
import { keepVerified, lastVerified } from './last-verified.ts';
import type { Session } from './open-session.ts';
import type { Vault } from './vault.ts';

/** Name of the setting that says after how many days everything is verified again; 0 is never. */
export const VERIFY_DAYS_SETTING = 'verify_days';
const USUAL_DAYS = 7;
const DAY_MS = 86_400_000;
/** An archive that was just opened is looked at by somebody, who comes first. */
const FIRST_WAIT_MS = 60_000;
const LOOK_EVERY_MS = 3_600_000;
const VERIFY_MIB = 768;

/** After how many days an archive is verified again. */
export function verifyDaysOf(setting: string | null): number {
  const days = Number(setting ?? USUAL_DAYS);
  return Number.isInteger(days) && days >= 0 ? days : USUAL_DAYS;
}

/**
 * Looks at the seals of every archive that is opened, without anybody waiting for it, and verifies everything where the last
 * verification is too long ago, in a thread of its own. What is found stands where a verification on demand puts it.
 */
export function scheduleVerifying(
  context: Pick<ServiceContext, 'announce'>,
  vault: Pick<Vault, 'watch'>,
  clock: Clock,
): { stop(): void } {
  let loop = new AbortController();
  const stopped = new AbortController();
  vault.watch((session) => {
    loop.abort();
    loop = new AbortController();
    if (session !== null && !stopped.signal.aborted) void watchOver(session, loop.signal);
  });

  async function watchOver(session: Session, signal: AbortSignal): Promise<void> {
    const state = await session.state();
    // A bundle was verified as it was opened.
    if (!state.ok || state.value.bundle) return;
    const analyst = await session.analyst();
    const found = analyst.ok ? await analyst.value.call('quickCheck', {}) : analyst;
    if (signal.aborted) return;
    if (found.ok && found.value.length > 0) {
      const { entries } = state.value;
      const problems = found.value;
      const looked = {
        ok: false,
        entries,
        days: 0,
        seals: 0,
        unsealed: 0,
        head: null,
        stamps: { count: 0, trusted: 0 },
        found: problems.length,
        problems,
      };
      keepVerified(session, verifiedOf(looked, clock.now()));
      context.announce('integrity.changed', {});
    }
    if (session.demo) return;
    await clock.sleep(FIRST_WAIT_MS, signal);
    while (!signal.aborted) {
      if (await isDue(session)) await verify(session, signal);
      await clock.sleep(LOOK_EVERY_MS, signal);
    }
  }

  async function isDue(session: Session): Promise<boolean> {
    const setting = await session.reader.call('setting', { name: VERIFY_DAYS_SETTING });
    const days = setting.ok ? verifyDaysOf(setting.value) : 0;
    const last = await lastVerified(session);
    return days > 0 && clock.now() - (last?.at ?? 0) >= days * DAY_MS;
  }

  async function verify(session: Session, signal: AbortSignal): Promise<void> {
    const done = await session.aside(VERIFY_MIB, (thread) => thread.call('verify', {}));
    if (!done.ok || signal.aborted) return;
    keepVerified(session, verifiedOf(done.value, clock.now()));
    context.announce('integrity.changed', {});
  }

  return {
    stop() {
      stopped.abort();
      loop.abort();
    },
  };
}
